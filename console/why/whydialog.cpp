#include "console/why/whydialog.h"

#include "console/connection/adminconnection.h"
#include "console/look/notice.h"
#include "console/look/tonedlabel.h"
#include "console/look/wording.h"
#include "console/why/verdictcard.h"
#include "core/protocol/admin/names.h"

#include <QComboBox>
#include <QCompleter>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QStringListModel>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int MostOffered = 500; // Rows of a page.
constexpr int LongestUserName = 255; // Characters, as the server takes them.
constexpr int MostCards = 32;

QString eventText(const WhyQuestion &question)
{
    QString text = question.offset > 0
        ? WhyDialog::tr("%1 in %2, offset %3")
              .arg(foreignText(question.event, 128), foreignText(question.room, 128),
                   numberText(question.offset))
        : WhyDialog::tr("%1 in %2, without an offset")
              .arg(foreignText(question.event, 128), foreignText(question.room, 128));
    if (question.time > 0)
        text += u" · "_s + dateTimeText(question.time);
    return text;
}

} // namespace

WhyDialog::WhyDialog(AdminConnection &connection, const WhyQuestion &question, QWidget *parent)
    : QDialog(parent)
    , m_connection(connection)
    , m_question(question)
    , m_kind(new QComboBox)
    , m_name(new QLineEdit)
    , m_ask(new QPushButton(tr("Ask")))
    , m_users(new QStringListModel(this))
    , m_clients(new QStringListModel(this))
{
    setWindowTitle(tr("Why did somebody not get this event?"));
    m_kind->addItem(tr("The user"), u"user"_s);
    m_kind->addItem(tr("The client"), u"client"_s);
    m_kind->setAccessibleName(tr("What the name is of"));
    m_name->setAccessibleName(tr("Who did not get it"));
    m_name->setPlaceholderText(tr("Whoever should have got it"));
    m_name->setMaxLength(LongestUserName);
    auto *const completer = new QCompleter(m_users, this);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    m_ask->setDefault(true);
    m_ask->setEnabled(false);
    // Pseudonyms are nobody's names.
    if (!m_connection.hello().may(u"seeUsers"_s))
        m_kind->removeItem(0);
    layOut();
    connect(m_name, &QLineEdit::textChanged, this,
            [this](const QString &name) { m_ask->setEnabled(!name.trimmed().isEmpty()); });
    connect(m_ask, &QPushButton::clicked, this, &WhyDialog::ask);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this, completer] {
        completer->setModel(m_kind->currentData() == u"user"_s ? m_users : m_clients);
    });
    if (m_kind->count() == 1)
        completer->setModel(m_clients);
    offerParticipants();
}

void WhyDialog::layOut()
{
    auto *const event = new TonedLabel(Tone::Quiet, eventText(m_question));
    event->letNothingGrow();
    auto *const who = new QHBoxLayout;
    who->addWidget(m_kind);
    who->addWidget(m_name, 1);
    who->addWidget(m_ask);
    auto *const answers = new QWidget;
    m_cards = new QVBoxLayout(answers);
    m_cards->addStretch();
    auto *const scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(answers);
    scroll->setAccessibleName(tr("Verdicts"));
    m_notice = new Notice(scroll);
    m_notice->tell(
        tr("Who did not get it?"),
        tr("Name a user or a client: the server says what became of this event on the way there."));
    auto *const buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *const column = new QVBoxLayout(this);
    column->addWidget(event);
    column->addLayout(who);
    column->addWidget(m_notice, 1);
    column->addWidget(buttons);
    const int character = fontMetrics().averageCharWidth();
    resize(character * 90, character * 70);
    m_name->setFocus();
}

// Who is in the room now is mostly who is meant.
void WhyDialog::offerParticipants()
{
    m_connection.ask(protocol::admin::names::list,
                     {{u"what"_s, u"clients"_s}, {u"room"_s, m_question.room}, {u"limit"_s, MostOffered}},
                     this, [this](const Result<QJsonObject> &reply) {
                         if (!reply)
                             return;
                         QStringList users;
                         QStringList clients;
                         const QJsonArray rows = reply->value("rows"_L1).toArray();
                         for (qsizetype i = 0; i < std::min<qsizetype>(rows.size(), MostOffered); ++i) {
                             users.append(rows[i][u"userId"].toString().left(LongestUserName));
                             clients.append(rows[i][u"id"].toString().left(LongestUserName));
                         }
                         users.removeDuplicates();
                         m_users->setStringList(users);
                         m_clients->setStringList(clients);
                     });
}

void WhyDialog::ask()
{
    const QString name = m_name->text().trimmed();
    if (name.isEmpty())
        return;
    QJsonObject request{{m_kind->currentData().toString(), name},
                        {u"room"_s, m_question.room},
                        {u"event"_s, m_question.event}};
    if (m_question.offset > 0)
        request.insert(u"offset"_s, m_question.offset);
    if (m_question.time > 0)
        request.insert(u"time"_s, m_question.time);
    if (m_question.seq > 0)
        request.insert(u"seq"_s, m_question.seq);
    clear();
    m_notice->tell(tr("Asking…"), {});
    m_connection.ask(protocol::admin::names::why, request, this,
                     [this, generation = ++m_generation](const Result<QJsonObject> &reply) {
                         if (generation != m_generation)
                             return;
                         if (reply)
                             take(*reply);
                         else
                             tellError(reply.error().text());
                     });
}

void WhyDialog::clear()
{
    while (m_cards->count() > 1) {
        QLayoutItem *const item = m_cards->takeAt(0);
        delete item->widget();
        delete item;
    }
}

void WhyDialog::tellError(const QString &text)
{
    m_notice->tell(tr("The server cannot say"), foreignText(text));
}

void WhyDialog::take(const QJsonObject &reply)
{
    const QJsonArray verdicts = reply[u"verdicts"_s].toArray();
    for (qsizetype i = 0; i < std::min<qsizetype>(verdicts.size(), MostCards); ++i) {
        auto *const card = new VerdictCard(verdicts[i].toObject());
        m_cards->insertWidget(int(i), card);
        connect(card, &VerdictCard::timelineWanted, this, [this](const QString &client) {
            Q_EMIT wanted({Place::Page::Clients, client});
        });
    }
    m_notice->showContent();
}

} // namespace dialogue::console
