#include "server/presence/roompresence.h"

#include "core/json/objectwriter.h"
#include "core/protocol/dialogue/names.h"
#include "server/socketio/packetframes.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

constexpr QLatin1String Rev("rev");

constexpr qint64 Empty = 400; ///< What a room takes in which nobody is.
constexpr qint64 Watcher = 64 + 160; ///< Here, and in its worker.

void write(json::ObjectWriter &out, const protocol::PresenceCounts &counts)
{
    out.number(QLatin1String("users"), counts.users);
    out.number(QLatin1String("connections"), counts.connections);
}

} // namespace

RoomPresence::RoomPresence(const PresenceServices &services, const QString &roomId, Presence mode)
    : m_services(services)
    , m_roomId(roomId)
    , m_mode(mode)
{
    ++m_services.counters.rooms;
    account();
}

RoomPresence::~RoomPresence()
{
    if (!m_watchers.empty())
        m_services.publisher.dropTopic(m_topic);
    m_services.counters.watchers -= static_cast<qint64>(m_watchers.size());
    --m_services.counters.rooms;
    m_services.counters.bytes -= m_bytes;
    m_services.memory.add(-m_bytes);
}

void RoomPresence::account()
{
    const qint64 bytes = Empty + m_book.bytes() + Watcher * static_cast<qint64>(m_watchers.size());
    const qint64 more = bytes - std::exchange(m_bytes, bytes);
    m_services.counters.bytes += more;
    m_services.memory.add(more);
}

void RoomPresence::enter(const QString &userId)
{
    m_book.enter(userId);
    changed();
}

void RoomPresence::leave(const QString &userId, SocketId socket)
{
    unwatch(socket);
    m_book.leave(userId);
    changed();
}

void RoomPresence::changed()
{
    ++m_services.counters.changes;
    if (m_watchers.empty()) {
        settle(); // Nobody knows otherwise.
    } else if (!m_window.isScheduled()) { // Else it goes out with the others.
        if (m_book.counts().connections <= m_services.config.atOnce)
            tell();
        else
            m_window.schedule(&m_services.deadlines, m_services.config.window);
    }
    account();
}

void RoomPresence::settle()
{
    m_book.settle();
    m_told = m_book.counts();
    m_window.cancel();
}

void RoomPresence::tell()
{
    if (m_mode == Presence::Counts)
        m_book.settle(); // Nobody is told who.
    if (!m_book.hasChanges() && m_told == m_book.counts())
        return; // They have come and gone.
    json::ObjectWriter out;
    out.string(QLatin1String("roomId"), m_roomId);
    out.number(Rev, static_cast<qint64>(++m_rev));
    write(out, m_book.counts());
    if (m_mode == Presence::Users)
        out.text(QLatin1String("changes"), m_book.takeChanges(m_services.config.noticeSize));
    m_told = m_book.counts();
    publish(encodedEventFrame(protocol::names::presence, out.take()));
    ++m_services.counters.notices;
    if (m_book.hasChanges())
        m_window.schedule(&m_services.deadlines, m_services.config.window);
    account();
}

void RoomPresence::publish(const std::shared_ptr<Frame> &frame)
{
    frame->policy = SlowReaderPolicy::KeepLatest;
    frame->stream = m_stream;
    frame->offset = m_rev;
    m_services.publisher.notify(m_topic, frame);
}

void RoomPresence::setMode(Presence mode)
{
    m_mode = mode;
    tellMissed();
}

void RoomPresence::tellMissed()
{
    if (m_watchers.empty())
        return;
    ++m_rev;
    publish(m_stream->missed(m_rev));
}

void RoomPresence::watch(SocketId socket)
{
    if (!m_watchers.insert(socket).second)
        return;
    if (m_watchers.size() == 1)
        m_topic = m_services.publisher.createTopic();
    if (!m_stream)
        m_stream = std::make_shared<PresenceStream>(m_roomId);
    m_services.publisher.subscribe(socket, m_topic);
    ++m_services.counters.watchers;
}

void RoomPresence::unwatch(SocketId socket)
{
    if (m_watchers.erase(socket) == 0)
        return;
    m_services.publisher.unsubscribe(socket, m_topic);
    --m_services.counters.watchers;
    if (!m_watchers.empty())
        return;
    m_services.publisher.dropTopic(m_topic);
    settle();
}

json::ObjectWriter RoomPresence::ask(SocketId socket, const protocol::GetParticipants &request, qint64 bytes)
{
    ++m_services.counters.snapshots;
    if (request.watch)
        watch(socket);
    else
        unwatch(socket);
    account();
    json::ObjectWriter out;
    out.string(QLatin1String("roomId"), m_roomId);
    out.number(Rev, static_cast<qint64>(m_rev));
    write(out, m_told);
    if (m_mode != Presence::Users)
        return out;
    const int most = std::min(request.limit.value_or(m_services.config.page), m_services.config.page);
    const PresenceBook::Page page = m_book.page(request.after, most, bytes);
    out.text(QLatin1String("participants"), page.users);
    if (!page.next.isEmpty())
        out.string(QLatin1String("next"), page.next);
    return out;
}

} // namespace dialogue
