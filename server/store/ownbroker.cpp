#include "server/store/ownbroker.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/store/storedroom.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QRandomGenerator>

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace dialogue {

using namespace store;

namespace {

// The server's own state.
constexpr QLatin1String RunKey("run");
constexpr QLatin1String StartsKey("starts");
constexpr QLatin1String CleanKey("clean");
// A room's.
constexpr QLatin1String StreamKey("stream");
constexpr QLatin1String OffsetKey("offset");
constexpr QLatin1String SeqKey("seq");
constexpr QLatin1String CompleteAfterKey("completeAfter");
constexpr QLatin1String DurabilityKey("durability");
constexpr QLatin1String DeclarationKey("declaration");

/** Streams of one start follow one another; they fit the whole numbers of JSON. */
constexpr int StartBits = 24;

/** Numbers of JSON lose what is beyond 53 bits. */
QString exact(quint64 number) { return QString::number(number); }
quint64 exact(const QJsonValue &value) { return value.toString().toULongLong(); }

KeptEvent keptOf(const StoredEvent &event)
{
    return {.position = {.offset = event.offset, .seq = event.seq, .time = event.timestamp},
            .json = event.json,
            .attachments = event.attachments};
}

/** Oldest first. */
std::vector<KeptEvent> backwards(const QList<StoredEvent> &events)
{
    std::vector<KeptEvent> kept;
    kept.reserve(static_cast<std::size_t>(events.size()));
    std::transform(events.crbegin(), events.crend(), std::back_inserter(kept), keptOf);
    return kept;
}

Result<LogPage> pageOf(EventStore &store, const LogQuery &query)
{
    constexpr quint64 Most = std::numeric_limits<qint64>::max();
    const protocol::TimeRange times = query.times.value_or(protocol::TimeRange());
    const auto events = store.loadEvents(query.roomId,
                                         {.event = query.event,
                                          .hasHistory = query.hasHistory,
                                          .from = query.offsets.from,
                                          .to = std::min(query.offsets.to, Most),
                                          .fromTime = times.from,
                                          .toTime = times.to,
                                          .skip = query.skip,
                                          .limit = query.most + 1});
    if (!events)
        return events.error();
    LogPage page;
    qint64 bytes = 0;
    for (const StoredEvent &event : *events) {
        bytes += event.json.size();
        for (const QByteArray &attachment : event.attachments)
            bytes += attachment.size();
        const bool fits = page.events.empty() || bytes <= query.bytes;
        page.more = page.events.size() == static_cast<std::size_t>(query.most) || !fits;
        if (page.more)
            break;
        page.events.push_back(keptOf(event));
    }
    return page;
}

} // namespace

QJsonObject OwnBroker::Known::toJson() const
{
    QJsonObject json{{StreamKey, exact(stream)},
                     {OffsetKey, exact(offset)},
                     {SeqKey, exact(seq)},
                     {CompleteAfterKey, exact(completeAfter)},
                     {DurabilityKey, static_cast<int>(durability)}};
    if (!declaration.isEmpty())
        json.insert(DeclarationKey, declaration);
    return json;
}

OwnBroker::Known OwnBroker::Known::fromJson(const QJsonObject &json)
{
    const int durability = json.value(DurabilityKey).toInt(-1);
    const bool isKnown = durability >= 0 && durability <= static_cast<int>(Durability::Sync);
    return {.stream = exact(json.value(StreamKey)),
            .offset = exact(json.value(OffsetKey)),
            .seq = exact(json.value(SeqKey)),
            .completeAfter = exact(json.value(CompleteAfterKey)),
            .durability = isKnown ? static_cast<Durability>(durability) : Durability::None,
            .declaration = json.value(DeclarationKey).toObject()};
}

Result<std::unique_ptr<OwnBroker>> OwnBroker::open(const ServerConfig &config,
                                                   std::unique_ptr<EventStore> store)
{
    std::unique_ptr<OwnBroker> broker(new OwnBroker(config, std::move(store)));
    if (const auto begun = broker->begin(); !begun)
        return begun.error();
    return broker;
}

OwnBroker::OwnBroker(const ServerConfig &config, std::unique_ptr<EventStore> store)
    : m_config(config)
    , m_answers(&tell)
    , m_thread(std::move(store), m_answers)
{ }

OwnBroker::~OwnBroker()
{
    if (m_starts == 0)
        return; // It never began.
    for (auto &[stream, log] : m_logs)
        saveState(log);
    const QJsonObject now{{RunKey, exact(m_run)}, {StartsKey, exact(m_starts)}, {CleanKey, true}};
    m_thread.endWith([now](EventStore &store) {
        if (const auto saved = store.saveRoomState({}, now); !saved)
            qCCritical(lcStore).noquote()
                << "The store was not left in order:" << printable(saved.error().message);
    });
}

Result<void> OwnBroker::begin()
{
    using Rooms = QList<StoredRoom>;
    const auto rooms = m_thread.call<Rooms>([](EventStore &store) { return store.loadRooms(); });
    if (!rooms)
        return rooms.error();
    QJsonObject own;
    for (const StoredRoom &room : *rooms) {
        if (room.roomId.isEmpty())
            own = room.state;
        else
            m_known.insert(room.roomId, Known::fromJson(room.state));
    }
    const bool isNew = own.isEmpty();
    const bool wasStopped = isNew || own.value(CleanKey).toBool();
    m_run = isNew ? QRandomGenerator::system()->generate64() >> 1 : exact(own.value(RunKey));
    m_starts = exact(own.value(StartsKey)) + 1;
    m_lastStream = m_starts << StartBits;
    const QJsonObject now{{RunKey, exact(m_run)}, {StartsKey, exact(m_starts)}, {CleanKey, false}};
    int renewed = 0;
    for (Known &known : m_known) {
        m_lastSeq = std::max(m_lastSeq, known.seq);
        const bool mayLack
            = known.durability == Durability::None || (known.durability == Durability::Async && !wasStopped);
        if (mayLack) {
            known.stream = ++m_lastStream;
            ++renewed;
        }
    }
    if (!m_known.isEmpty())
        m_lastSeq += SeqMargin;
    const auto marked = m_thread.call<void>([this, now](EventStore &store) -> Result<void> {
        for (auto known = m_known.cbegin(); known != m_known.cend(); ++known) {
            if (const auto saved = store.saveRoomState(known.key(), known->toJson()); !saved)
                return saved;
        }
        return store.saveRoomState({}, now);
    });
    if (!marked)
        return marked;
    qCInfo(lcStore).noquote() << "The application's store knows" << m_known.size()
                              << (m_known.size() == 1 ? "room" : "rooms");
    if (renewed > 0)
        qCWarning(lcStore) << "Of these may lack events that were sent:" << renewed
                           << "- clients that come back are told";
    return {};
}

Result<OpenedLog> OwnBroker::read(const QString &roomId, const Known &known, const StorePolicy &policy)
{
    return m_thread.call<OpenedLog>([&](EventStore &store) -> Result<OpenedLog> {
        OpenedLog log{.stream = known.stream, .offset = std::max(known.offset, m_reached->take(roomId))};
        const int most = std::max(policy.recoveryEvents, 1);
        const auto recent = store.loadEvents(roomId, {.limit = most});
        if (!recent)
            return recent.error();
        log.recent = backwards(*recent);
        if (!log.recent.empty())
            log.offset = std::max(log.offset, log.recent.back().position.offset);
        // Fewer than were asked for: there are no more.
        const bool isAll = recent->size() < most;
        log.completeAfter = std::max(known.completeAfter, isAll ? 0 : log.recent.front().position.offset - 1);
        std::erase_if(log.recent,
                      [&log](const KeptEvent &event) { return event.position.offset <= log.completeAfter; });
        for (auto history = policy.histories.cbegin(); history != policy.histories.cend(); ++history) {
            const auto older = store.loadEvents(
                roomId, {.event = history.key(), .to = log.completeAfter, .limit = history.value()});
            if (!older)
                return older.error();
            std::ranges::move(backwards(*older), std::back_inserter(log.older));
        }
        std::ranges::sort(log.older, {}, [](const KeptEvent &event) { return event.position.offset; });
        std::for_each(recent->crbegin(), recent->crend(), [&log](const StoredEvent &event) {
            if (event.trigger) {
                log.triggers.push_back({.user = event.from,
                                        .origin = event.trigger->origin,
                                        .id = event.trigger->id,
                                        .event = event.event,
                                        .offset = event.offset,
                                        .timestamp = event.timestamp});
            }
        });
        return log;
    });
}

Result<OpenedLog> OwnBroker::open(const RoomConfig &room)
{
    Log log{.roomId = room.id, .known = {}, .state = {}, .policy = StorePolicy::of(room, m_config)};
    const auto found = m_known.constFind(room.id);
    OpenedLog opened;
    if (found != m_known.cend())
        log.known = *found;
    const bool isStored = log.policy.durability != Durability::None;
    if (found == m_known.cend() || !isStored)
        log.known.stream = ++m_lastStream;
    opened.stream = log.known.stream;
    if (found != m_known.cend() && isStored) {
        auto read = this->read(room.id, log.known, log.policy);
        if (!read) {
            return Error{ErrorCode::IoError,
                         QStringLiteral("What room '%1' has said cannot be read from the store: %2")
                             .arg(room.id, read.error().message)};
        }
        opened = *std::move(read);
        log.known.offset = opened.offset;
    } else if (found != m_known.cend()) {
        opened.offset = opened.completeAfter = log.known.offset;
    }
    log.known.durability = log.policy.durability;
    if (!room.createdById.isEmpty())
        log.known.declaration = QJsonDocument::fromJson(declarationOf(room)).object();
    log.state = std::make_shared<LogState>(opened.stream);
    log.completeAfter = std::make_shared<quint64>(log.known.completeAfter);
    letSomeGo(log);
    m_known.remove(room.id);
    m_logs.insert_or_assign(opened.stream, std::move(log));
    return opened;
}

void OwnBroker::declare(const LogId &id, const RoomConfig &room)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return;
    Log &log = found->second;
    log.policy = StorePolicy::of(room, m_config);
    // A room that was not stored for a while begins anew at the next start, whatever it is by then.
    if (log.known.durability != Durability::None)
        log.known.durability = log.policy.durability;
    saveState(log);
}

void OwnBroker::saveState(Log &log)
{
    log.saved = log.known.offset;
    m_thread.post([roomId = log.roomId, known = log.known,
                   completeAfter = log.completeAfter](EventStore &store) mutable {
        known.completeAfter = *completeAfter;
        if (const auto saved = store.saveRoomState(roomId, known.toJson()); !saved)
            qCWarning(lcStore).noquote()
                << "The state of" << quoted(roomId) << "was not stored:" << printable(saved.error().message);
    });
}

void OwnBroker::letSomeGo(Log &log)
{
    log.trimmed = std::chrono::steady_clock::now();
    EventsToKeep keep{.newest
                      = std::max(log.policy.recoveryEvents, log.policy.retention.maxEvents.value_or(0)),
                      .histories = log.policy.histories};
    if (const auto age = log.policy.retention.maxAge)
        keep.fromTime = QDateTime::currentMSecsSinceEpoch() - static_cast<qint64>(age->count());
    m_thread.post([roomId = log.roomId, keep, completeAfter = log.completeAfter](EventStore &store) {
        const Result<quint64> gone = store.letGo(roomId, keep);
        if (gone)
            *completeAfter = std::max(*completeAfter, *gone);
        else
            qCWarning(lcStore).noquote()
                << "Old events of" << quoted(roomId) << "stay:" << printable(gone.error().message);
    });
    saveState(log);
}

Answer<void> OwnBroker::append(const LogId &id, const LogEntry &entry)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return Error{ErrorCode::RoomNotFound, QStringLiteral("The store has no such room")};
    Log &log = found->second;
    const Publication &publication = *entry.publication;
    log.known.offset = publication.offset();
    log.known.seq = publication.seq();
    if (log.policy.durability == Durability::None)
        return {};
    if (const auto trouble = m_thread.trouble()) {
        ++m_refused;
        return *trouble;
    }
    const qint64 bytes = publication.heapSize();
    const bool waits = log.policy.durability != Durability::Async;
    if (!waits) {
        if (auto may = mayQueue(m_thread.queuedBytes(), bytes, m_config.persistence); !may) {
            ++m_refused;
            return may.error();
        }
    }
    constexpr quint64 Between = 1000; // What goes without a state, should the store let go of the newest.
    constexpr std::chrono::minutes LookAfter{1};
    const bool isAged
        = log.policy.retention.maxAge && std::chrono::steady_clock::now() - log.trimmed >= LookAfter;
    if (log.known.offset >= log.saved + Between || isAged)
        letSomeGo(log);
    StoreThread::Save save{.log = log.state,
                           .event = {.roomId = log.roomId,
                                     .offset = publication.offset(),
                                     .seq = publication.seq(),
                                     .event = publication.event(),
                                     .hasHistory = log.policy.histories.contains(publication.event()),
                                     .from = entry.message.from,
                                     .timestamp = entry.message.timestamp,
                                     .json = publication.json().toByteArray(),
                                     .attachments = publication.attachments()},
                           .bytes = bytes,
                           .generation = log.state->generation.load(std::memory_order_acquire)};
    if (!entry.message.id.isEmpty())
        save.event.trigger = StoredTrigger{.origin = entry.origin, .id = entry.message.id};
    if (!waits) {
        m_thread.save(std::move(save));
        return {};
    }
    save.promise = std::make_unique<QPromise<Result<void>>>();
    save.promise->start();
    const QFuture<Result<void>> kept = save.promise->future();
    m_thread.save(std::move(save));
    return kept;
}

void OwnBroker::close(const LogId &id)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return;
    // What waits to be saved into it is not any more.
    found->second.state->generation.fetch_add(1, std::memory_order_release);
    m_thread.post([roomId = found->second.roomId](EventStore &store) {
        if (const auto gone = store.deleteRoom(roomId); !gone)
            qCWarning(lcStore).noquote()
                << quoted(roomId)
                << "was deleted, and is still in the store:" << printable(gone.error().message);
    });
    m_logs.erase(found);
}

QFuture<Result<LogPage>> OwnBroker::read(LogQuery query, std::stop_token stop)
{
    const auto promise = std::make_shared<QPromise<Result<LogPage>>>();
    promise->start();
    QFuture<Result<LogPage>> page = promise->future();
    m_thread.post([query = std::move(query), stop = std::move(stop), promise](EventStore &store) {
        if (!stop.stop_requested())
            promise->addResult(StoreThread::guarded<LogPage>([&] { return pageOf(store, query); }));
        promise->finish();
    });
    return page;
}

QList<RoomConfig> OwnBroker::createdRooms() const
{
    QList<RoomConfig> rooms;
    for (const Known &known : m_known) {
        if (!known.declaration.isEmpty())
            addDeclared(rooms, QJsonDocument(known.declaration).toJson(QJsonDocument::Compact));
    }
    return rooms;
}

StoreCounters OwnBroker::counters() const
{
    StoreCounters counters = m_thread.counters();
    counters.refused = m_refused;
    return counters;
}

} // namespace dialogue
