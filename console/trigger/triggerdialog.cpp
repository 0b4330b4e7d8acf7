#include "console/trigger/triggerdialog.h"

#include "console/form/dataeditor.h"
#include "console/form/jsoneditor.h"
#include "console/look/notice.h"
#include "console/look/tonedlabel.h"
#include "console/look/wording.h"
#include "console/trigger/outcomewords.h"
#include "console/trigger/sendpanel.h"
#include "console/trigger/sentlist.h"
#include "console/trigger/templatebar.h"
#include "core/base/foreigntext.h"
#include "core/protocol/admin/names.h"

#include <QComboBox>
#include <QDateTime>
#include <QFormLayout>
#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr auto AnyEvent = "*"_L1; // Whose schema is that of all that have none of their own.

} // namespace

TriggerDialog::TriggerDialog(AdminConnection &connection, const QString &room, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_room(room)
    , m_run(connection)
    , m_store(new TriggerStore(TriggerStore::usualFile(), this))
    , m_names(new QComboBox)
    , m_about(new TonedLabel(Tone::Quiet))
    , m_templates(new TemplateBar)
    , m_data(new DataEditor)
    , m_meta(new JsonEditor({.title = tr("Meta")}, nullptr))
    , m_sent(new SentList)
    , m_panel(new SendPanel)
{
    setWindowTitle(tr("Trigger an event in %1").arg(printable(room)));
    auto *const content = new QWidget;
    m_notice = new Notice(content);
    auto *const whole = new QVBoxLayout(this);
    whole->addWidget(m_notice);
    auto *const column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    auto *const head = new QFormLayout;
    head->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    head->addRow(tr("&Event"), m_names);
    head->addRow(QString(), m_about);
    head->addRow(tr("Tem&plate"), m_templates);
    m_names->setAccessibleName(tr("Event"));
    column->addLayout(head);
    column->addWidget(m_data, 1);
    column->addWidget(m_panel);
    auto *const meta = new QWidget;
    auto *const metaColumn = new QVBoxLayout(meta);
    metaColumn->addWidget(
        new TonedLabel(Tone::Quiet,
                       tr("An object that goes with the event, beside its data; {} for none. The server adds "
                          "by which account it was triggered.")));
    metaColumn->addWidget(m_meta);
    metaColumn->addStretch(1);
    m_meta->setValue(QJsonObject());
    m_data->addTab(meta, tr("&Meta"));
    m_data->addTab(m_sent, tr("&History"));
    m_templates->setCurrent([this] { return trigger(); });
    resize(720, 760);

    connect(m_names, &QComboBox::currentTextChanged, this, &TriggerDialog::chooseEvent);
    connect(m_data, &DataEditor::edited, this, &TriggerDialog::tellState);
    connect(m_data, &DataEditor::checked, this, &TriggerDialog::tellState);
    connect(m_meta, &FieldEditor::edited, this, &TriggerDialog::tellState);
    connect(m_templates, &TemplateBar::chosen, this, &TriggerDialog::present);
    connect(m_sent, &SentList::chosen, this, &TriggerDialog::present);
    connect(m_templates, &TemplateBar::failed, this, [this](const Error &error) {
        m_panel->tellOutcome(Tone::Bad, tr("✕ The template was not kept: %1").arg(printable(error.text())));
    });
    connect(m_panel, &SendPanel::countWanted, this, &TriggerDialog::count);
    connect(m_panel, &SendPanel::sendWanted, this, &TriggerDialog::send);
    connect(m_panel, &SendPanel::stopWanted, &m_run, &TriggerRun::stop);
    connect(m_panel, &SendPanel::closeWanted, this, &QDialog::reject);
    connect(&m_run, &TriggerRun::progressed, this,
            [this](int done) { m_panel->setProgress(done, m_run.order().times); });
    connect(&m_run, &TriggerRun::finished, this, &TriggerDialog::tellSent);
    connect(&m_run, &TriggerRun::counted, this, [this](const Result<qint64> &reached) {
        m_panel->tellReach(reached ? Tone::Quiet : Tone::Bad, reachWords(reached));
    });
    connect(m_notice, &Notice::actionTriggered, this, &TriggerDialog::load);
    connect(&m_connection, &AdminConnection::entered, this, &TriggerDialog::load);
    connect(&m_connection, &AdminConnection::stateChanged, this, &TriggerDialog::tellState);
    if (const Result<void> loaded = m_store->load(); !loaded)
        m_panel->tellOutcome(Tone::Bad,
                             tr("✕ There are no templates: %1").arg(printable(loaded.error().text())));
    m_templates->setStore(m_store);
    m_sent->setStore(m_store);
    load();
}

TriggerDialog::~TriggerDialog() = default;

void TriggerDialog::setStore(TriggerStore *store)
{
    if (m_store->parent() == this)
        m_store->deleteLater();
    m_store = store;
    m_templates->setStore(store);
    m_sent->setStore(store);
}

void TriggerDialog::setConfirmation(const QString &phrase) { m_panel->setConfirmation(phrase); }

void TriggerDialog::fill(const QString &event, const QJsonValue &data)
{
    present({.event = event, .data = data.isUndefined() ? QJsonValue() : data});
}

QString TriggerDialog::eventName() const
{
    // What is shown of a name may not be all of it; what is written is.
    const QString text = m_names->currentText();
    const int known = m_names->currentIndex();
    return known >= 0 && m_names->itemText(known) == text ? m_names->itemData(known).toString() : text;
}

Trigger TriggerDialog::trigger() const
{
    return {.event = eventName(), .data = m_data->value(), .meta = m_meta->value().toObject()};
}

void TriggerDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    if (m_isLoaded)
        count();
}

void TriggerDialog::keyPressEvent(QKeyEvent *event)
{
    // Enter in a field ends the field's editing, and sends nothing.
    if (event->key() != Qt::Key_Return && event->key() != Qt::Key_Enter)
        QDialog::keyPressEvent(event);
}

void TriggerDialog::done(int result)
{
    m_run.stop();
    QDialog::done(result);
}

void TriggerDialog::load()
{
    tellState();
    if (!m_connection.isIn()) {
        if (!m_isLoaded)
            m_notice->tell(tr("Not connected"),
                           tr("The room's events are asked for once there is a connection."));
        return;
    }
    if (!m_connection.hello().may(u"act") || !m_connection.hello().canDo(u"triggerEvent")) {
        return m_notice->tell(tr("Not permitted to this account"),
                              tr("Triggering events takes the permission “act”, which operators and owners "
                                 "have. The account %1 has it not.")
                                  .arg(quoted(m_connection.hello().account)));
    }
    if (!m_isLoaded)
        m_notice->tell(tr("Asking for the room's events …"), {});
    m_connection.ask(protocol::admin::names::get, {{u"what"_s, u"room"_s}, {u"id"_s, m_room}}, this,
                     [this](const Result<QJsonObject> &reply) { take(reply); });
}

void TriggerDialog::take(const Result<QJsonObject> &reply)
{
    const Result<RoomEvents> read = reply.and_then(&RoomEvents::read);
    if (!read) {
        if (!m_isLoaded || read.error().code == ErrorCode::RoomNotFound) {
            m_notice->tell(tr("The room's events are not known"), printable(read.error().text()),
                           tr("Try again"));
        }
        return;
    }
    const Trigger before = m_wanted ? *m_wanted : trigger();
    const bool keeps = m_wanted || m_isLoaded;
    const bool isSame = m_isLoaded && m_events.find(before.event) && read->find(before.event)
        && m_events.find(before.event)->schema == read->find(before.event)->schema;
    m_events = *read;
    m_isLoaded = true;
    {
        const QSignalBlocker quiet(m_names);
        m_names->clear();
        m_names->setEditable(m_events.isOpen);
        for (const RoomEvents::Event &event : std::as_const(m_events.events)) {
            if (event.name != AnyEvent)
                m_names->addItem(printable(event.name), event.name);
        }
    }
    if (m_names->count() == 0 && !m_events.isOpen) {
        return m_notice->tell(tr("No events"),
                              tr("The room %1 declares no events, and carries none.").arg(quoted(m_room)));
    }
    m_notice->showContent();
    if (!keeps)
        chooseEvent();
    else if (!isSame || m_wanted)
        present(before);
    else
        m_names->setCurrentText(printable(before.event));
    m_wanted.reset();
    count();
}

void TriggerDialog::present(const Trigger &trigger)
{
    if (!m_isLoaded) {
        m_wanted = trigger;
        return;
    }
    {
        const QSignalBlocker quiet(m_names);
        const int known = m_names->findData(trigger.event);
        m_names->setCurrentIndex(known);
        if (m_events.isOpen)
            m_names->setEditText(trigger.event);
    }
    m_event.clear();
    chooseEvent();
    m_data->setValue(trigger.data);
    m_meta->setValue(trigger.meta);
    const bool isThere = eventName() == trigger.event;
    m_panel->tellOutcome(Tone::Warning,
                         isThere ? QString()
                                 : tr("⚠ This room has no event %1: choose one.").arg(quoted(trigger.event)));
}

void TriggerDialog::chooseEvent()
{
    const QString name = eventName();
    const RoomEvents::Event *event = m_events.find(name);
    if (!event)
        event = m_events.find(AnyEvent);
    const QString about = event ? printable(event->description) : QString();
    m_about->setText(about);
    m_about->setVisible(!about.isEmpty());
    // A name that is being typed: one schema for all of them.
    const QString of = event ? event->name : QString();
    if (of != m_event || m_event.isEmpty()) {
        m_event = of;
        m_data->setSchema(event ? event->schema : QJsonObject());
    }
    tellState();
    count();
}

QString TriggerDialog::obstacle() const
{
    if (!m_connection.isIn())
        return tr("Not connected; what is written stays.");
    if (m_names->currentText().isEmpty())
        return tr("Choose an event.");
    if (!m_data->isJson())
        return tr("What is written under JSON is none.");
    if (m_meta->isBroken() || !m_meta->value().isObject())
        return tr("Meta must be an object.");
    return {};
}

void TriggerDialog::tellState()
{
    const QString why = obstacle();
    m_panel->setObstacle(why, !m_data->faults().isEmpty());
    if (!why.isEmpty())
        m_panel->tellReach(Tone::Warning, u"⚠ "_s + why);
    else if (m_isLoaded && m_hadObstacle)
        count();
    m_hadObstacle = !why.isEmpty();
}

void TriggerDialog::count()
{
    if (!isVisible() || !m_isLoaded || !obstacle().isEmpty())
        return;
    m_panel->tellReach(Tone::Quiet, tr("Counting whom it would reach …"));
    m_run.count(m_room, trigger());
}

void TriggerDialog::send()
{
    if (m_run.isRunning() || !obstacle().isEmpty() || !m_panel->isConfirmed())
        return;
    m_panel->tellOutcome(Tone::Quiet, tr("Sending …"));
    m_panel->setProgress(0, m_panel->times());
    m_panel->setRunning(true);
    m_run.start({.room = m_room,
                 .trigger = trigger(),
                 .reason = m_panel->reason(),
                 .times = m_panel->times(),
                 .interval = m_panel->interval()});
}

void TriggerDialog::tellSent(const Result<QJsonObject> &outcome)
{
    m_panel->setRunning(false);
    const QString words = outcomeWords(outcome, m_run.done());
    m_panel->tellOutcome(outcome ? Tone::Good : Tone::Bad, (outcome ? u"✓ "_s : u"✕ "_s) + words);
    m_store->add({.time = QDateTime::currentMSecsSinceEpoch(),
                  .room = m_run.order().room,
                  .trigger = m_run.order().trigger,
                  .times = m_run.done(),
                  .isGood = outcome.has_value(),
                  .outcome = words});
    // Unless something else has been written since.
    if (!outcome && m_run.order().trigger == trigger()) {
        if (const QList<SchemaFault> faults = faultsOfData(outcome.error()); !faults.isEmpty()) {
            m_data->showFaults(faults);
            m_data->goToFirstFault();
        }
    }
    tellState();
    count();
    Q_EMIT sent(outcome);
}

} // namespace dialogue::console
