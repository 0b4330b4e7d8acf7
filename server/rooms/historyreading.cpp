// What was said in a room, as it is asked for: from memory first, and then from who has what memory has not.
#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/room_p.h"

#include <QPromise>

#include <algorithm>
#include <functional>
#include <limits>
#include <memory>
#include <utility>

namespace dialogue {

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

template <class Take>
void visitLoaded(const LogPage &loaded, HistoryRange, Take take)
{
    for (const KeptEvent &event : loaded.events) {
        if (!take(event))
            break;
    }
}

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
    bool operator()(const KeptEvent &event)
    {
        messages.append(protocol::decodeEventMessage(event.json));
        messages.last().attachments = event.attachments;
        return true;
    }
};

/** What \a loaded brings, behind what was \a collected. What comes meanwhile moves all positions: it is put
 * together as it was when it was asked for. */
template <class T>
Answer<QList<EventMessage>> joinedLater(const RoomServices &services, const Answer<T> &loaded,
                                        std::stop_source stop, Collected &&collected, HistoryRange missing)
{
    using Messages = QList<EventMessage>;
    const auto complete = [collected = std::move(collected), missing](const T &rest) {
        Collected all = collected;
        visitLoaded(rest, missing, std::ref(all));
        return all.messages;
    };
    if (loaded.isReady())
        return services.answers.resultOf(loaded).transform(complete);
    const auto promise = std::make_shared<QPromise<Result<Messages>>>();
    promise->start();
    services.answers.keep<T>(loaded, std::move(stop),
                             [&calls = services.calls, promise, complete](Result<T> &&result) {
                                 const CallDepth::Scope scope(calls);
                                 promise->addResult(result.transform(complete));
                                 promise->finish();
                             });
    return promise->future();
}

} // namespace

quint64 RoomPrivate::completeAfter(const QString &event) const
{
    const EventDefinition *const definition = declared().find(event);
    return log().completeAfter(event, definition && definition->history.enabled);
}

LogPages *RoomPrivate::pagesFor(const QString &event) const
{
    const Hooks &hooks = services().hooks;
    const bool looksItself = !event.isEmpty() && (hooks.onLoad || hooks.onLoadLater);
    return looksItself ? nullptr : services().broker.pages();
}

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
    // Of all events together, the rest comes from where one of them is missing: the others may have more.
    const bool isOfAll = event.isEmpty();
    const int kept = isOfAll && pagesFor(event) ? log().keptWhole() : log().kept(event);
    OffsetMerge inMemory = log().history(event, range.start);
    for (int i = range.start; i < std::min(range.end, kept); ++i) {
        const PublicationPtr *const publication = inMemory.next();
        if (!publication)
            break;
        if (!take(**publication))
            return HistoryRange{0, 0};
    }
    range.start = std::max(range.start, kept);
    if ((isOfAll && !pagesFor(event)) || range.start >= range.end)
        return HistoryRange{0, 0};
    range.before = kept > 0 ? log().history(event, kept - 1).next()->get()->offset() : 0;
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

LogQuery RoomPrivate::queryFor(const QString &event, HistoryRange missing) const
{
    const int kept = event.isEmpty() ? log().keptWhole() : log().kept(event);
    return {.roomId = id,
            .stream = stream,
            .event = event,
            .hasHistory = true,
            .offsets = {.from = 1, .to = missing.before > 0 ? missing.before - 1 : log().offset()},
            .skip = missing.start - kept,
            .most = missing.end - missing.start,
            .bytes = std::numeric_limits<qint64>::max()};
}

Result<HistoryPart> RoomPrivate::keptPage(const QString &event, HistoryRange range,
                                          const permissions::EventFilter &filter,
                                          const PacketLimits &limits) const
{
    HistoryPacket page(limits);
    page.setFilter(filter);
    const auto missing
        = visitKept(event, range, [&page](const Publication &publication) { return page.add(publication); });
    if (!missing)
        return missing.error();
    HistoryPart part{std::move(page), *missing};
    if (part.isMissing() && pagesFor(event)) {
        part.query = queryFor(event, *missing);
        part.query->bytes = part.page.bytesLeft();
    }
    return part;
}

void HistoryPart::add(const QList<EventMessage> &loaded)
{
    visitLoaded(loaded, missing, [this](const EventMessage &message) { return page.add(message); });
}

void HistoryPart::add(const LogPage &loaded)
{
    visitLoaded(loaded, missing, [this](const KeptEvent &event) { return page.add(event); });
    if (loaded.more && !loaded.events.empty() && loaded.events.size() < std::size_t(query->most))
        page.cut();
}

Answer<QList<EventMessage>> RoomPrivate::history(const QString &event, HistoryRange range) const
{
    Collected take{id};
    const auto &onLoadLater = services().hooks.onLoadLater;
    LogPages *const pages = pagesFor(event);
    if (!pages && !onLoadLater) {
        if (const auto visited = visitHistory(event, range, std::ref(take)); !visited)
            return visited.error();
        return std::move(take.messages);
    }
    const auto missing = visitKept(event, range, std::ref(take));
    if (!missing)
        return missing.error();
    if (missing->start >= missing->end)
        return std::move(take.messages);
    if (const auto allowed = services().answers.mayAsk(); !allowed)
        return allowed.error();
    std::stop_source stop;
    if (pages) {
        const Answer<LogPage> loaded = pages->read(queryFor(event, *missing), stop.get_token());
        return joinedLater(services(), loaded, std::move(stop), std::move(take), *missing);
    }
    const Answer<QList<EventMessage>> loaded = onLoadLater(id, event, *missing, stop.get_token());
    return joinedLater(services(), loaded, std::move(stop), std::move(take), *missing);
}

Result<HistoryPacket> RoomPrivate::historyPage(const QString &event, HistoryRange range,
                                               const permissions::EventFilter &filter,
                                               const PacketLimits &limits) const
{
    HistoryPacket page(limits);
    page.setFilter(filter);
    const auto take = [&page](const auto &what) { return page.add(what); };
    if (const auto visited = visitHistory(event, range, take); !visited)
        return visited.error();
    return page;
}

StretchPart RoomPrivate::historyStretch(const protocol::GetHistory &asked, int most,
                                        const permissions::EventFilter &filter,
                                        const PacketLimits &limits) const
{
    constexpr int MostLooks = 4096; // At publications, wanted or not: how many are kept, the config decides.
    const QString &event = asked.eventName;
    protocol::OffsetRange offsets = asked.offsets.value_or(protocol::OffsetRange{1, log().offset()});
    offsets.to = std::max(offsets.from, std::min(offsets.to, log().offset()));
    StretchPart stretch{.page = HistoryPacket(limits), .covered = offsets};
    stretch.page.setFilter(filter);

    const quint64 complete
        = services().broker.pages() ? completeAfter(event.isEmpty() ? QStringLiteral("*") : event) : 0;
    OffsetMerge kept = log().backward(std::max(offsets.from, complete + 1), offsets.to, event);
    for (int looks = 0; const PublicationPtr *const publication = kept.next(); ++looks) {
        const bool isWanted = (event.isEmpty() || (*publication)->event() == event)
            && (!asked.times || asked.times->contains((*publication)->time()));
        if (looks < MostLooks && !isWanted)
            continue;
        if (looks >= MostLooks || stretch.page.count() == most || !stretch.page.add(**publication)) {
            stretch.more = true;
            stretch.covered.from = (*publication)->offset() + 1;
            return stretch;
        }
    }
    if (offsets.from > complete)
        return stretch;
    const bool isFull = stretch.page.count() == most || stretch.page.bytesLeft() == 0;
    if (isFull) {
        stretch.more = true;
        stretch.covered.from = complete + 1;
        return stretch;
    }
    stretch.missing = LogQuery{.roomId = id,
                               .stream = stream,
                               .event = event,
                               .offsets = {.from = offsets.from, .to = std::min(offsets.to, complete)},
                               .times = asked.times,
                               .most = most - stretch.page.count(),
                               .bytes = stretch.page.bytesLeft()};
    return stretch;
}

void StretchPart::add(const LogPage &loaded)
{
    quint64 last = missing->offsets.to + 1;
    more = loaded.more && !loaded.events.empty();
    for (const KeptEvent &event : loaded.events) {
        if (!page.add(event)) {
            more = true;
            break;
        }
        last = event.position.offset;
    }
    if (more)
        covered.from = last;
}

} // namespace dialogue
