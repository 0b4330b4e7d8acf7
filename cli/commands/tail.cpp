#include "cli/commands/tail.h"

#include "cli/base/since.h"
#include "cli/commands/eventtext.h"
#include "core/base/foreigntext.h"
#include "process/print.h"

#include <QDateTime>

#include <algorithm>
#include <limits>

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

constexpr std::size_t MostHeld = 100'000; ///< Events that wait for the answer to a history request.

Result<void> readSinceOption(const Arguments &arguments, TailOptions &options)
{
    const auto since = readSince(arguments.value(u"since"_s));
    if (!since)
        return since.error();
    if (const auto *position = std::get_if<RoomPosition>(&*since)) {
        if (options.rooms.size() > 1)
            return Error{.message = u"EPOCH:OFFSET is a place in one room"_s, .path = u"--since"_s};
        options.since = *position;
    } else if (const auto *offset = std::get_if<quint64>(&*since)) {
        options.past.afterOffset = *offset;
    } else {
        options.past.fromTimestamp
            = QDateTime::currentMSecsSinceEpoch() - std::get<std::chrono::milliseconds>(*since).count();
    }
    return {};
}

/** A past that is not all there is no reason not to follow what comes; but it is said. */
QString missingPast(const QString &roomId, const Past &past)
{
    QString text = u"%1: older events may be missing"_s.arg(printable(roomId));
    if (!past.cut.contains(QString()))
        text += u" (of %1)"_s.arg(past.cut.join(u", "_s));
    return text + u": "_s
        + (past.error ? errorText(*past.error) : u"there are more than one may ask a server for at a time"_s);
}

/** Ours consists of these, and nothing else is put into a line that is meant to be pasted into a shell. */
bool isPlainEpoch(const QByteArray &epoch)
{
    return epoch.size() <= 64 && std::all_of(epoch.begin(), epoch.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-'
                   || c == '_';
           });
}

} // namespace

Result<TailOptions> tailOptions(const Arguments &arguments)
{
    TailOptions options{.rooms = arguments.operands(),
                        .isJson = arguments.isSet(u"json"_s),
                        .isDirect = arguments.isSet(u"direct"_s)};
    if (options.rooms.isEmpty() && !options.isDirect)
        return Error{.message = u"tail needs ROOM..., or --direct for what is said outside of rooms"_s};
    options.rooms.removeDuplicates();
    options.events = arguments.value(u"event"_s).split(u',', Qt::SkipEmptyParts);
    options.past.events = options.events;
    if (arguments.isSet(u"history"_s)) {
        const auto newest = arguments.wholeNumber(u"history"_s, 0, 5000);
        if (!newest)
            return newest.error();
        if (*newest > 0)
            options.past.newest = static_cast<int>(*newest);
    }
    if (arguments.isSet(u"count"_s)) {
        const auto count = arguments.wholeNumber(u"count"_s, 1, std::numeric_limits<qint64>::max());
        if (!count)
            return count.error();
        options.count = *count;
    }
    if (arguments.isSet(u"since"_s)) {
        if (options.past.newest)
            return Error{.message = u"--since and --history both say where to begin; one will do"_s};
        if (const auto read = readSinceOption(arguments, options); !read)
            return read.error();
    }
    return options;
}

Tail::Tail(Session &session, TailOptions options)
    : m_session(session)
    , m_options(std::move(options))
    , m_style(Style::of(STDOUT_FILENO))
{
    connect(&session.client(), &DialogueClient::eventReceived, this, &Tail::onEvent);
    connect(&session.client(), &DialogueClient::gap, this, &Tail::onGap);
    if (m_options.isDirect)
        connect(&session.client(), &DialogueClient::directReceived, this, &Tail::onDirect);
    m_timer.start();
}

void Tail::begin()
{
    JoinSettings settings{.subscriptions
                          = m_options.events.isEmpty() ? QStringList{u"*"_s} : m_options.events,
                          .since = m_options.since};
    for (const QString &roomId : m_options.rooms) {
        m_rooms[roomId].id = roomId;
        m_session.client()
            .join(roomId, settings)
            .then(this, [this, roomId](const Result<RoomContext *> &joined) { onJoined(roomId, joined); });
    }
}

void Tail::onJoined(const QString &roomId, const Result<RoomContext *> &joined)
{
    if (!joined)
        return m_session.fail(joined.error(), printable(roomId));
    Followed &room = m_rooms.at(roomId);
    room.context = *joined;
    connect(room.context, &RoomContext::left, this,
            [this, roomId](const QString &why) { onLeft(roomId, why); });
    say(u"following %1"_s.arg(printable(roomId)));
    if (m_options.past.isEmpty())
        return;
    room.past = std::make_unique<PastEvents>(*room.context, m_options.past,
                                             [this, roomId](const Past &past) { onPast(roomId, past); });
    room.past->ask();
}

void Tail::onPast(const QString &roomId, const Past &past)
{
    const auto found = m_rooms.find(roomId);
    if (found == m_rooms.end() || m_session.isFinished())
        return;
    if (!past.cut.isEmpty())
        say(missingPast(roomId, past));
    Followed &room = found->second;
    for (const EventMessage &message : past.events)
        showEvent(room, message);
    for (const Happening &happening : std::exchange(room.held, {})) {
        const auto *const message = std::get_if<EventMessage>(&happening);
        if (!message || message->offset == 0 || message->offset > room.shownUpTo)
            show(room, happening);
    }
    room.past.release()->deleteLater(); // we are called from within it
}

void Tail::onEvent(const EventMessage &message)
{
    if (m_options.events.isEmpty() || m_options.events.contains(message.event))
        take(message.roomId, message);
}

void Tail::onDirect(const EventMessage &message)
{
    if (!m_options.events.isEmpty() && !m_options.events.contains(message.event))
        return;
    if (put(m_options.isJson ? directJson(message) : eventLine(message, m_style)))
        countShown();
}

void Tail::take(const QString &roomId, const Happening &happening)
{
    const auto found = m_rooms.find(roomId);
    if (found == m_rooms.end())
        return;
    Followed &room = found->second;
    const bool waits = !m_options.past.isEmpty() && (!room.context || room.past);
    if (!waits)
        return show(room, happening);
    if (room.held.size() == MostHeld)
        return m_session.fail({.code = ErrorCode::Timeout, .message = u"the room's history does not come"_s});
    room.held.push_back(happening);
}

void Tail::onGap(const QString &roomId, const Gap &gap)
{
    if (gap.reason != Gap::Reason::Unrecoverable)
        return take(roomId, gap); // it stands where the events would
    QString text = u"%1: events were missed and cannot be recovered"_s.arg(printable(roomId));
    if (gap.newLog)
        text += u"; the room's log has begun anew"_s;
    else if (gap.from > 0)
        text += u" (#%1 to #%2)"_s.arg(gap.from).arg(gap.to);
    say(text);
}

void Tail::onLeft(const QString &roomId, const QString &reason)
{
    say(u"%1: no longer there (%2)"_s.arg(printable(roomId), printable(reason)));
    m_rooms.erase(roomId);
    if (m_rooms.empty() && !m_options.isDirect)
        m_session.finish(ExitRefused);
}

void Tail::show(Followed &room, const Happening &happening)
{
    if (const auto *const message = std::get_if<EventMessage>(&happening))
        showEvent(room, *message);
    else
        showDropped(room, std::get<Gap>(happening));
}

bool Tail::put(const QByteArray &line)
{
    if (m_session.isFinished())
        return false;
    switch (const Printed printed = print(line)) {
    case Printed::Whole:
        return true;
    case Printed::NobodyReads:
    case Printed::Failed:
        m_session.finish(exitCodeOf(printed));
        return false;
    case Printed::Interrupted:
        end();
        return false;
    }
    return false;
}

bool Tail::put(Followed &room, const QByteArray &line, quint64 offset)
{
    room.cutAt = offset; // For end(), should it be cut.
    const bool whole = put(line);
    if (whole)
        room.cutAt = 0;
    return whole;
}

void Tail::showDropped(Followed &room, const Gap &gap)
{
    put(room, m_options.isJson ? gapJson(room.id, gap) : gapLine(room.id, gap, m_style), gap.from);
}

void Tail::showEvent(Followed &room, const EventMessage &message)
{
    if (!put(room, m_options.isJson ? eventJson(message) : eventLine(message, m_style), message.offset))
        return;
    room.shownUpTo = qMax(room.shownUpTo, message.offset);
    countShown();
}

void Tail::countShown()
{
    ++m_shown;
    if (m_options.count && m_shown == *m_options.count)
        m_session.finish(ExitOk);
}

void Tail::end()
{
    QString text = u"%1 %2 in %3 s"_s.arg(m_shown)
                       .arg(m_shown == 1 ? u"event"_s : u"events"_s)
                       .arg(m_timer.elapsed() / 1000);
    if (m_session.losses() > 0)
        text += u", connection lost %1 times"_s.arg(m_session.losses());
    say(text);
    sayWhereToGoOn();
    m_session.finish(ExitOk);
}

void Tail::sayWhereToGoOn() const
{
    if (m_rooms.size() != 1)
        return;
    const Followed &room = m_rooms.begin()->second;
    if (!room.context || room.past)
        return;
    RoomPosition position = room.context->position();
    if (!position.isValid() || !isPlainEpoch(position.epoch))
        return;
    if (room.cutAt > 0)
        position.offset = qMin(position.offset, room.cutAt - 1);
    say(u"to go on from here: --since %1:%2"_s.arg(QString::fromLatin1(position.epoch)).arg(position.offset));
}

} // namespace dialogue::cli
