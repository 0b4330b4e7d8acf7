// What a room keeps of what was said in it.
#include "core/base/exceptions.h"
#include "server/rooms/room_p.h"

#include <QMetaMethod>
#include <QPointer>
#include <QPromise>

#include <algorithm>
#include <functional>
#include <memory>
#include <utility>

namespace dialogue {

void RoomMemory::giveWay() { m_room.giveWay(); }

void RoomPrivate::keep(Publication &&publication, const HistoryPolicy &policy, QList<Publication> *evicted)
{
    auto &memory = activity().memory;
    EventLog &log = activity().log;
    if (!memory)
        memory = std::make_unique<RoomMemory>(services().memory, *this);
    int most = EventLog::mostForgottenFor(publication.heapSize());
    log.append(std::move(publication), {.history = policy, .recovery = services().recovery}, evicted);
    for (; log.bytes() > services().memory.limits().perRoom && most > 0; --most) {
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

int RoomPrivate::forgetSome()
{
    constexpr int atOnce = 64;
    if (!m_activity)
        return 0;
    EventLog &log = m_activity->log;
    QList<Publication> evicted;
    QList<Publication> *const toTell = tellsEvictions() ? &evicted : nullptr;
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

void RoomPrivate::tellEvicted(const QList<Publication> &evicted)
{
    const CallDepth::Scope scope(services().calls);
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

quint64 RoomPrivate::completeAfter(const QString &event) const
{
    const EventDefinition *const definition = declared().find(event);
    return log().completeAfter(event, definition && definition->history.enabled);
}

namespace {

/** Gives \a take those of them which memory does not have, as many as are missing. */
template <class Take>
void visitLoaded(const QList<EventMessage> &loaded, HistoryRange missing, Take take)
{
    int taken = 0;
    for (const EventMessage &message : loaded) {
        const bool isKnown = missing.before > 0 && message.offset >= missing.before;
        if (isKnown)
            continue; // It was taken from memory.
        if (taken++ == missing.end - missing.start || !take(message))
            break;
    }
}

} // namespace

/** What is not kept of it; empty, where nobody has to be asked for it. */
template <class Take>
Result<HistoryRange> RoomPrivate::visitKept(const QString &event, HistoryRange range, Take take) const
{
    if (range.start < 0 || range.end < range.start) {
        return Error{
            ErrorCode::InvalidRequest,
            QStringLiteral(
                "A range of history starts at 0 or later and ends at its start or later, not %1 to %2")
                .arg(range.start)
                .arg(range.end)};
    }
    const int kept = log().kept(event);
    OffsetMerge inMemory = log().history(event, range.start);
    for (int i = range.start; i < std::min(range.end, kept); ++i) {
        const Publication *const publication = inMemory.next();
        if (!publication)
            break;
        if (!take(*publication))
            return HistoryRange{0, 0};
    }
    range.start = std::max(range.start, kept);
    if (event.isEmpty() || range.start >= range.end)
        return HistoryRange{0, 0};
    if (kept > 0)
        range.before = log().history(event, kept - 1).next()->offset;
    return range;
}

template <class Take>
Result<void> RoomPrivate::visitHistory(const QString &event, HistoryRange range, Take take) const
{
    const Result<HistoryRange> missing = visitKept(event, range, take);
    if (!missing)
        return missing.error();
    const auto &onLoad = services().hooks.onLoad;
    if (!onLoad || missing->start >= missing->end)
        return {};
    const auto loaded = onLoad(*q, event, *missing);
    // User code ran, and the room may be gone: from here on what is in this call alone.
    if (!loaded)
        return loaded.error();
    visitLoaded(*loaded, *missing, take);
    return {};
}

Result<HistoryPart> RoomPrivate::keptPage(const QString &event, HistoryRange range,
                                          const PacketLimits &limits) const
{
    HistoryPage page(limits);
    const auto missing
        = visitKept(event, range, [&page](const Publication &publication) { return page.add(publication); });
    if (!missing)
        return missing.error();
    return HistoryPart{std::move(page), *missing};
}

void HistoryPart::add(const QList<EventMessage> &loaded)
{
    visitLoaded(loaded, missing, [this](const EventMessage &message) { return page.add(message); });
}

namespace {

/** Messages for the application. */
struct Collected
{
    QString roomId;
    QList<EventMessage> messages = {};

    bool operator()(const Publication &publication)
    {
        messages.append(publication.message(roomId));
        return true;
    }
    bool operator()(const EventMessage &message)
    {
        messages.append(message);
        return true;
    }
};

} // namespace

Answer<QList<EventMessage>> RoomPrivate::history(const QString &event, HistoryRange range) const
{
    Collected take{id};
    if (services().hooks.onLoadLater) {
        const auto missing = visitKept(event, range, std::ref(take));
        if (!missing)
            return missing.error();
        if (missing->start >= missing->end)
            return std::move(take.messages);
        return loadLater(event, *missing, std::move(take.messages));
    }
    if (const auto visited = visitHistory(event, range, std::ref(take)); !visited)
        return visited.error();
    return std::move(take.messages);
}

Answer<QList<EventMessage>> RoomPrivate::loadLater(const QString &event, HistoryRange missing,
                                                   QList<EventMessage> &&kept) const
{
    using Messages = QList<EventMessage>;
    PendingAnswers &answers = services().answers;
    CallDepth &calls = services().calls;
    if (const auto allowed = answers.mayAsk(); !allowed)
        return allowed.error();
    // What comes meanwhile moves all positions: it is put together as it was when it was asked for.
    const auto complete = [collected = Collected{id, std::move(kept)}, missing](const Messages &loaded) {
        Collected all = collected;
        visitLoaded(loaded, missing, std::ref(all));
        return all.messages;
    };
    std::stop_source stop;
    const Answer<Messages> loaded = services().hooks.onLoadLater(id, event, missing, stop.get_token());
    if (loaded.isReady())
        return answers.resultOf(loaded).transform(complete);
    const auto promise = std::make_shared<QPromise<Result<Messages>>>();
    promise->start();
    answers.keep<Messages>(loaded, std::move(stop), [&calls, promise, complete](Result<Messages> &&result) {
        const CallDepth::Scope scope(calls);
        promise->addResult(result.transform(complete));
        promise->finish();
    });
    return promise->future();
}

Result<HistoryPage> RoomPrivate::historyPage(const QString &event, HistoryRange range,
                                             const PacketLimits &limits) const
{
    HistoryPage page(limits);
    const auto take = [&page](const auto &what) { return page.add(what); };
    if (const auto visited = visitHistory(event, range, take); !visited)
        return visited.error();
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
