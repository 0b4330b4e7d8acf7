// What a room keeps of what was said in it.
#include "core/base/exceptions.h"
#include "server/rooms/room_p.h"

#include <QMetaMethod>
#include <QPointer>

#include <memory>

namespace dialogue {

void RoomMemory::giveWay() { m_room.giveWay(); }

void RoomPrivate::keep(const PublicationPtr &publication, const HistoryPolicy &policy,
                       QList<PublicationPtr> *evicted)
{
    auto &memory = activity().memory;
    EventLog &log = activity().log;
    if (!memory)
        memory = std::make_unique<RoomMemory>(services().memory, *this);
    int most = EventLog::mostForgottenFor(publication->heapSize());
    log.append(publication, {.history = policy, .recovery = services().recovery}, evicted);
    for (; log.bytes() > services().memory.limits().perRoom && most > 0; --most) {
        log.forgetOldest(evicted);
        services().memory.countGivenUp();
    }
    memory->set(log.bytes());
}

void RoomPrivate::giveWay()
{
    QList<PublicationPtr> evicted;
    activity().log.forgetOldest(tellsEvictions() ? &evicted : nullptr);
    activity().memory->set(log().bytes());
    services().memory.countGivenUp();
    tellEvicted(evicted);
}

int RoomPrivate::forgetSome()
{
    constexpr int atOnce = 64;
    if (!m_activity)
        return 0;
    EventLog &log = m_activity->log;
    QList<PublicationPtr> evicted;
    QList<PublicationPtr> *const toTell = tellsEvictions() ? &evicted : nullptr;
    int forgotten = 0;
    for (; forgotten < atOnce && log.bytes() > 0; ++forgotten)
        log.forgetOldest(toTell);
    if (forgotten > 0)
        m_activity->memory->set(log.bytes());
    tellEvicted(evicted);
    return forgotten;
}

// What leaves has not been looked at for long: it costs to bring it back only to say goodbye.
bool RoomPrivate::tellsEvictions() const
{
    static const QMetaMethod eventsEvicted = QMetaMethod::fromSignal(&Room::eventsEvicted);
    return q->isSignalConnected(eventsEvicted);
}

void RoomPrivate::tellEvicted(const QList<PublicationPtr> &evicted)
{
    const CallDepth::Scope scope(services().calls);
    // Mostly of one event; of several where memory was short.
    QStringList events;
    QHash<QString, QList<EventMessage>> messages;
    for (const PublicationPtr &publication : evicted) {
        QList<EventMessage> &ofEvent = messages[publication->event()];
        if (ofEvent.isEmpty())
            events.append(publication->event());
        ofEvent.append(publication->message(id));
    }
    const QPointer<Room> alive(q);
    const std::shared_ptr<ExceptionLog> exceptions = services().slotExceptions;
    for (const QString &event : std::as_const(events)) {
        if (!alive)
            break;
        // Whoever triggers, or joins, has nothing to do with what its slots throw.
        guarded(
            *exceptions, [] { return QStringLiteral("in eventsEvicted"); },
            [&] { Q_EMIT q->eventsEvicted(event, messages.value(event)); });
    }
}

} // namespace dialogue
