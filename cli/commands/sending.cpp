#include "cli/commands/sending.h"

#include "cli/base/style.h"
#include "core/base/foreigntext.h"
#include "process/print.h"

#include <QJsonDocument>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

// Sent to a server without acks, until it is asked for something:
constexpr std::size_t MostUnread = 250; // events
constexpr qsizetype MostUnreadBytes = 1 << 20;
constexpr int MostRanges = 10;

} // namespace

Sending::Sending(Session &session, SendingOptions options)
    : m_session(session)
    , m_options(std::move(options))
    , m_fates(static_cast<std::size_t>(m_options.values.size()), Fate::NotSent)
{
    connect(&session.client(), &DialogueClient::errorOccurred, this, &Sending::onStrayError);
}

void Sending::begin()
{
    m_session.client()
        .join(m_options.roomId, {.subscriptions = QStringList()})
        .then(this, [this](const Result<RoomContext *> &room) { onJoined(room); });
}

void Sending::onJoined(const Result<RoomContext *> &room)
{
    if (!room)
        return m_session.fail(room.error());
    m_room = *room;
    goOn();
}

void Sending::goOn()
{
    if (m_isSending) // a server without acks is answered for at once, from within sendNext()
        return;
    m_isSending = true;
    while (maySend())
        sendNext();
    m_isSending = false;
    if (m_isAsking || m_sent > m_answered || m_session.isFinished())
        return;
    if (m_unread > 0)
        askForWord();
    else
        m_session.finish(m_stopped.value_or(ExitOk));
}

bool Sending::maySend() const
{
    return !m_stopped && !m_isAsking && !m_session.isFinished() && !areAllSent()
        && m_sent - m_answered < static_cast<std::size_t>(m_options.window) && m_unread < MostUnread
        && m_unreadBytes < MostUnreadBytes;
}

void Sending::sendNext()
{
    if (!m_room)
        return stop({.code = ErrorCode::NotInRoom, .message = u"the room is gone"_s});
    const std::size_t index = m_sent++;
    m_fates[index] = Fate::Unknown;
    m_room
        ->triggerWithAck(m_options.event, m_options.values.at(static_cast<qsizetype>(index)),
                         m_options.message)
        .then(this, [this, index](const Result<TriggerReceipt> &receipt) { onReceipt(index, receipt); });
}

void Sending::onReceipt(std::size_t index, const Result<TriggerReceipt> &receipt)
{
    ++m_answered;
    if (receipt) {
        if (receipt->offset > 0) {
            m_fates[index] = Fate::Applied;
        } else {
            ++m_unread;
            m_unreadBytes += m_options.values.at(static_cast<qsizetype>(index)).text().size();
        }
        showReceipt(*receipt);
    } else {
        if (exitCodeOf(receipt.error()) == ExitRefused)
            m_fates[index] = Fate::Refused;
        stop(receipt.error(), m_fates.size() > 1 ? u"event %1"_s.arg(index + 1) : QString());
    }
    goOn();
}

void Sending::askForWord()
{
    m_isAsking = true;
    if (m_room && (areAllSent() || m_stopped)) {
        m_room->leave().then(this, [this](const Result<void> &left) { onWord(left); });
        return;
    }
    m_session.client().listRooms().then(this, [this](const Result<QList<RoomInfo>> &rooms) {
        onWord(rooms ? Result<void>() : Result<void>(rooms.error()));
    });
}

void Sending::onWord(const Result<void> &word)
{
    if (m_session.isFinished()) // a lost connection leaves the room as well
        return;
    m_isAsking = false;
    m_unread = 0;
    m_unreadBytes = 0;
    if (!word)
        return m_session.fail(word.error());
    std::replace(m_fates.begin(), m_fates.end(), Fate::Unknown, Fate::Read);
    goOn();
}

/** From a server without acks: it is most likely about one of those that it was just sent. */
void Sending::onStrayError(const Error &error)
{
    if (m_unread > 0 && m_session.client().isConnected() && !m_stopped)
        m_stopped = exitCodeOf(error);
}

void Sending::stop(const Error &error, const QString &what)
{
    if (m_stopped || m_session.isFinished())
        return;
    m_stopped = exitCodeOf(error);
    say((what.isEmpty() ? QString() : what + u": "_s) + errorText(error));
}

void Sending::showReceipt(const TriggerReceipt &receipt)
{
    if (!m_isHeard || m_session.isFinished())
        return;
    QByteArray line;
    if (m_options.isJson) {
        const QJsonObject object{{u"roomId"_s, m_options.roomId},
                                 {u"event"_s, m_options.event},
                                 {u"id"_s, receipt.id},
                                 {u"offset"_s, static_cast<qint64>(receipt.offset)},
                                 {u"timestamp"_s, receipt.timestamp}};
        line = QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
    } else {
        QString text = printable(m_options.roomId);
        if (receipt.offset > 0) // else the server does not say
            text += u" #%1"_s.arg(receipt.offset);
        line = (text + u' ' + printable(m_options.event) + u'\n').toUtf8();
    }
    switch (const Printed printed = print(line)) {
    case Printed::Whole:
        return;
    case Printed::NobodyReads: // who looks at the first ones alone wants all sent
        m_isHeard = false;
        return;
    case Printed::Interrupted:
    case Printed::Failed:
        return m_session.finish(exitCodeOf(printed));
    }
}

std::size_t Sending::count(Fate fate) const
{
    return static_cast<std::size_t>(std::count(m_fates.begin(), m_fates.end(), fate));
}

/** "3, 7 to 12" */
QString Sending::eventsWith(Fate fate) const
{
    QStringList ranges;
    for (auto at = m_fates.begin();;) {
        const auto from = std::find(at, m_fates.end(), fate);
        if (from == m_fates.end())
            return ranges.join(u", "_s);
        if (ranges.size() == MostRanges)
            return ranges.join(u", "_s) + u" ..."_s;
        at = std::find_if(from, m_fates.end(), [fate](Fate other) { return other != fate; });
        const auto first = from - m_fates.begin() + 1;
        const auto last = at - m_fates.begin();
        ranges.append(first == last ? QString::number(first) : u"%1 to %2"_s.arg(first).arg(last));
    }
}

QString Sending::summary() const
{
    if (m_fates.size() == 1 && m_fates.front() != Fate::Unknown)
        return {};
    const std::size_t read = count(Fate::Read);
    QString text = read > 0
        ? u"%1 of %2 events read by the server, which does not say what it made of them"_s.arg(read).arg(
            m_fates.size())
        : u"%1 of %2 events applied"_s.arg(count(Fate::Applied)).arg(m_fates.size());
    const auto add = [&](const QString &what, Fate fate) {
        if (const QString events = eventsWith(fate); !events.isEmpty())
            text += u"; %1: %2"_s.arg(what, events);
    };
    add(u"refused"_s, Fate::Refused);
    add(u"not known whether applied"_s, Fate::Unknown);
    add(u"not sent"_s, Fate::NotSent);
    return text;
}

} // namespace dialogue::cli
