#include "console/acting/actiondialog.h"

#include "console/acting/actionrun.h"
#include "console/acting/fieldeditors.h"
#include "console/look/tonedlabel.h"
#include "console/look/wording.h"
#include "core/base/foreigntext.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace dialogue::console {

namespace {

constexpr int TryAfterMs = 300; // Somebody is still typing.
constexpr qsizetype NamesShown = 4;

QLabel *wrapped(const QString &text = {})
{
    auto *const label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

ActionDialog::ActionDialog(AdminConnection &connection, ActionSpec spec, QString phrase, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_spec(std::move(spec))
    , m_phrase(std::move(phrase))
    , m_fields(new FieldEditors(m_spec.fields))
    , m_reason(new QLineEdit)
    , m_told(new TonedLabel(Tone::Quiet))
    , m_progress(new QProgressBar)
    , m_failures(new QListWidget)
    , m_do(new QPushButton(m_spec.verb))
    , m_close(new QPushButton(tr("Cancel")))
{
    setWindowTitle(m_spec.title);
    m_told->letNothingGrow();
    setMinimumWidth(fontMetrics().averageCharWidth() * 64);
    auto *const column = new QVBoxLayout(this);
    column->setSpacing(12);
    if (!m_spec.sentence.isEmpty())
        column->addWidget(wrapped(m_spec.sentence));
    if (!m_spec.targetNames.isEmpty()) {
        QStringList names = m_spec.targetNames.mid(0, NamesShown);
        for (QString &name : names)
            name = printable(name);
        const qsizetype others = m_spec.targetNames.size() - names.size();
        if (others > 0)
            names.append(tr("and %n more", nullptr, int(others)));
        auto *const shown = wrapped(names.join(u'\n'));
        shown->setIndent(fontMetrics().averageCharWidth() * 2);
        column->addWidget(shown);
    }
    m_fields->setVisible(!m_spec.fields.isEmpty());
    column->addWidget(m_fields);

    auto *const form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    m_reason->setMaxLength(AdminConnection::LongestReason);
    m_reason->setPlaceholderText(tr("for the audit log"));
    form->addRow(tr("&Reason:"), m_reason);
    if (!m_phrase.isEmpty()) {
        m_typed = new QLineEdit;
        // No buddy, whose label would take an ampersand for a mark of keys.
        auto *const phraseLabel = wrapped(tr("Type “%1” to go on:").arg(m_phrase));
        m_typed->setAccessibleName(phraseLabel->text());
        form->addRow(phraseLabel);
        form->addRow(m_typed);
        connect(m_typed, &QLineEdit::textChanged, this, &ActionDialog::update);
    }
    column->addLayout(form);
    m_progress->setRange(0, int(m_spec.targets.size()));
    m_progress->hide();
    m_failures->hide();
    m_failures->setAccessibleName(tr("What failed"));
    column->addWidget(m_told);
    column->addWidget(m_progress);
    column->addWidget(m_failures);
    column->addStretch();

    auto *const buttons = new QDialogButtonBox;
    buttons->addButton(m_close, QDialogButtonBox::RejectRole);
    buttons->addButton(m_do, QDialogButtonBox::ActionRole);
    m_do->setDefault(!m_spec.isSevere);
    m_close->setDefault(m_spec.isSevere);
    m_do->setAutoDefault(false);
    column->addWidget(buttons);
    connect(m_close, &QPushButton::clicked, this, &ActionDialog::reject);
    connect(m_do, &QPushButton::clicked, this, &ActionDialog::begin);
    connect(m_fields, &FieldEditors::changed, this, [this] { m_tryLater.start(TryAfterMs); });
    connect(&connection, &AdminConnection::stateChanged, this, &ActionDialog::tellConnection);
    m_tryLater.setSingleShot(true);
    connect(&m_tryLater, &QTimer::timeout, this, &ActionDialog::tryOut);
    update();
    tryOut();
}

QList<QJsonObject> ActionDialog::targetsWith(const QJsonObject &arguments) const
{
    QList<QJsonObject> targets = m_spec.targets;
    for (QJsonObject &target : targets) {
        for (auto each = arguments.begin(); each != arguments.end(); ++each)
            target.insert(each.key(), *each);
    }
    return targets;
}

QString ActionDialog::nameOf(qsizetype target) const
{
    return target < m_spec.targetNames.size() ? printable(m_spec.targetNames[target]) : m_spec.title;
}

void ActionDialog::tryOut()
{
    if (m_run != nullptr)
        return;
    delete std::exchange(m_try, nullptr);
    const Result<QJsonObject> arguments = m_fields->arguments();
    if (!arguments)
        return tell({}, false); // It is said when somebody wants to go on.
    m_try = new ActionRun(m_connection, m_spec.action, targetsWith(*arguments), this);
    connect(m_try, &ActionRun::reached, this, [this](qint64 count) {
        tell(count == 0 ? tr("It would reach nobody.") : tr("It would reach %1.").arg(numberText(count)),
             false);
    });
    connect(m_try, &ActionRun::failed, this, [this](const Error &error) { tell(error.text(), true); });
    m_try->tryOut();
}

void ActionDialog::begin()
{
    const Result<QJsonObject> arguments = m_fields->arguments();
    if (!arguments) {
        tell(arguments.error().text(), true);
        return m_fields->focus(arguments.error().path);
    }
    delete std::exchange(m_try, nullptr);
    delete std::exchange(m_run, nullptr);
    m_run = new ActionRun(m_connection, m_spec.action, targetsWith(*arguments), this);
    connect(m_run, &ActionRun::progressed, m_progress,
            [this](qsizetype targets) { m_progress->setValue(int(targets)); });
    connect(m_run, &ActionRun::finished, this, &ActionDialog::showEnd);
    m_progress->setVisible(m_spec.targets.size() > ActionRun::MostAtOnce);
    tell({}, false);
    m_run->start(m_reason->text());
    update();
}

void ActionDialog::showEnd()
{
    const qsizetype failed = m_run->failures().size();
    m_progress->hide();
    const qsizetype over = m_run->done() + failed;
    if (over < m_spec.targets.size()) {
        m_isOver = true;
        tell(tr("Stopped: %1 of %2 are done. What was asked for when the connection was lost may be done, "
                "too.")
                 .arg(numberText(m_run->done()), numberText(m_spec.targets.size())),
             true);
    } else if (failed == 0) {
        m_isOver = true;
        if (m_spec.targets.size() == 1 && m_run->result().isEmpty())
            return accept();
        tell(tr("Done: %1.").arg(numberText(m_run->done())), false);
    } else if (m_spec.targets.size() == 1) {
        const Error &error = m_run->failures().first().error;
        tell(error.text(), true);
        m_fields->focus(error.path);
    } else {
        m_isOver = true;
        tell(tr("Done: %1. Failed: %2.").arg(numberText(m_run->done()), numberText(failed)), true);
        for (const ActionRun::Failure &each : m_run->failures())
            m_failures->addItem(tr("%1: %2").arg(nameOf(each.target), printable(each.error.text())));
        m_failures->show();
    }
    m_run->deleteLater();
    m_run = nullptr;
    update();
}

void ActionDialog::tellConnection()
{
    update();
    if (m_run != nullptr && !m_connection.isIn())
        tell(tr("The connection is lost. It goes on when it is back."), true);
    else if (m_run != nullptr)
        tell({}, false);
    else if (m_connection.isIn() && !m_isOver)
        tryOut();
}

void ActionDialog::update()
{
    const bool isFree = m_run == nullptr && !m_isOver;
    m_fields->setEnabled(isFree);
    m_reason->setEnabled(isFree);
    if (m_typed != nullptr)
        m_typed->setEnabled(isFree);
    m_do->setEnabled(isFree && m_connection.isIn() && (m_typed == nullptr || m_typed->text() == m_phrase));
    m_do->setVisible(!m_isOver);
    m_close->setText(m_isOver ? tr("Close") : m_run != nullptr ? tr("Stop") : tr("Cancel"));
}

void ActionDialog::reject()
{
    if (m_run != nullptr && m_run->isRunning())
        return m_run->stop();
    QDialog::reject();
}

void ActionDialog::tell(const QString &text, bool isBad)
{
    m_told->setTone(isBad ? Tone::Bad : Tone::Quiet);
    m_told->setText(text);
}

} // namespace dialogue::console
