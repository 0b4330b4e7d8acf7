// What a room keeps of what was said in it.
#include "server/rooms/room_p.h"

#include <QMetaMethod>
#include <QPointer>

#include <algorithm>

namespace dialogue {

void RoomMemory::giveWay() { m_room.giveWay(); }

void RoomPrivate::keep(Publication &&publication, const HistoryPolicy &policy, QList<Publication> *evicted)
{
    auto &memory = activity().memory;
    EventLog &log = activity().log;
    if (!memory)
        memory = std::make_unique<RoomMemory>(services().memory, *this);
    log.append(std::move(publication), {.history = policy, .recovery = services().recovery}, evicted);
    while (log.bytes() > services().memory.limits().perRoom) {
        log.forgetOldest(evicted);
        services().memory.countGivenUp();
    }
    memory->set(log.bytes());
}

void RoomPrivate::giveWay()
{
    QList<Publication> evicted;
    activity().log.forgetOldest(tellsEvictions() ? &evicted : nullptr);
    activity().memory->set(log().bytes());
    services().memory.countGivenUp();
    tellEvicted(evicted);
}

// What leaves has not been looked at for long: it costs to bring it back only to say goodbye.
bool RoomPrivate::tellsEvictions() const
{
    static const QMetaMethod eventsEvicted = QMetaMethod::fromSignal(&Room::eventsEvicted);
    return q->isSignalConnected(eventsEvicted);
}

void RoomPrivate::tellEvicted(const QList<Publication> &evicted)
{
    // Mostly of one event; of several where memory was short.
    QStringList events;
    QHash<QString, QList<EventMessage>> messages;
    for (const Publication &publication : evicted) {
        QList<EventMessage> &ofEvent = messages[publication.event];
        if (ofEvent.isEmpty())
            events.append(publication.event);
        ofEvent.append(publication.message(id));
    }
    const QPointer<Room> alive(q);
    for (const QString &event : std::as_const(events)) {
        if (alive)
            Q_EMIT q->eventsEvicted(event, messages.value(event));
    }
}

quint64 RoomPrivate::completeAfter(const QString &event) const
{
    const EventDefinition *const definition = declared().find(event);
    return log().completeAfter(event, definition && definition->history.enabled);
}

/** Whether it is Hooks::onLoad that answers. */
bool RoomPrivate::reachesBeyond(const QString &event, HistoryRange range) const
{
    return services().hooks.onLoad && !event.isEmpty() && range.end > log().kept(event);
}

Result<QList<EventMessage>> RoomPrivate::history(const QString &event, HistoryRange range) const
{
    if (range.start < 0 || range.end < range.start) {
        return Error{
            ErrorCode::InvalidRequest,
            QStringLiteral(
                "A range of history starts at 0 or later and ends at its start or later, not %1 to %2")
                .arg(range.start)
                .arg(range.end)};
    }
    if (reachesBeyond(event, range))
        return services().hooks.onLoad(*q, event, range);
    QList<EventMessage> messages;
    OffsetMerge kept = log().history(event, range.start);
    for (int i = range.start; i < range.end; ++i) {
        const Publication *const publication = kept.next();
        if (!publication)
            break;
        messages.append(publication->message(id));
    }
    return messages;
}

Result<HistoryPage> RoomPrivate::historyPage(const QString &event, HistoryRange range,
                                             const PacketLimits &limits) const
{
    HistoryPage page(limits);
    if (!reachesBeyond(event, range)) {
        OffsetMerge kept = log().history(event, range.start);
        for (int i = range.start; i < range.end; ++i) {
            const Publication *const publication = kept.next();
            if (!publication || !page.add(*publication))
                break;
        }
        return page;
    }
    const auto loaded = services().hooks.onLoad(*q, event, range);
    if (!loaded)
        return loaded.error();
    for (const EventMessage &message : *loaded) {
        if (!page.add(message))
            break;
    }
    return page;
}

HistoryStretch RoomPrivate::historyStretch(const QString &event, protocol::OffsetRange asked, int most,
                                           const PacketLimits &limits) const
{
    constexpr int MostLooks = 4096; // At publications, wanted or not: how many are kept, the config decides.
    HistoryStretch stretch{.page = HistoryPage(limits),
                           .covered = {asked.from, std::max(asked.from, std::min(asked.to, log().offset()))}};
    OffsetMerge kept = log().backward(asked.from, asked.to, event);
    for (int looks = 0; const Publication *const publication = kept.next(); ++looks) {
        const bool isWanted = event.isEmpty() || publication->event == event;
        if (looks < MostLooks && !isWanted)
            continue;
        if (looks >= MostLooks || stretch.page.count() == most || !stretch.page.add(*publication)) {
            stretch.more = true;
            stretch.covered.from = publication->offset + 1;
            break;
        }
    }
    return stretch;
}

} // namespace dialogue
