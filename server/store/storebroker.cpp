#include "server/store/storebroker.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/store/storedroom.h"
#include "server/store/storeschema.h"

#include <QPromise>

#include <algorithm>
#include <utility>

namespace dialogue {

using namespace store;

Result<std::unique_ptr<StoreBroker>> StoreBroker::open(const ServerConfig &config)
{
    Result<StoreFile> file = StoreFile::open(config.persistence);
    if (!file)
        return file.error();
    Result<StoreReader> reader = StoreReader::open(config.persistence.path);
    if (!reader)
        return reader.error();
    Result<std::unique_ptr<StoreHistory>> history = StoreHistory::open(config.persistence.path);
    if (!history)
        return history.error();
    std::unique_ptr<StoreBroker> broker(
        new StoreBroker(config, std::move(*file), std::move(*reader), std::move(*history)));
    if (const auto begun = broker->begin(); !begun)
        return begun.error();
    return broker;
}

StoreBroker::StoreBroker(const ServerConfig &config, StoreFile &&file, StoreReader &&reader,
                         std::unique_ptr<StoreHistory> history)
    : m_config(config)
    , m_file(std::move(file))
    , m_reader(std::move(reader))
    , m_history(std::move(history))
    , m_answers(&tell)
    , m_run(m_file.run())
    , m_writer(m_file, std::max(config.history.triggerIds, 1), m_answers)
{ }

StoreBroker::~StoreBroker() = default;

Result<void> StoreBroker::begin()
{
    auto rooms = m_reader.rooms();
    if (!rooms)
        return rooms.error();
    const auto dropped = m_reader.droppedRooms();
    if (!dropped)
        return dropped.error();
    const auto lastRoom = m_reader.lastRoom();
    if (!lastRoom)
        return lastRoom.error();
    const auto lastSeq = m_reader.lastSeq(*rooms);
    if (!lastSeq)
        return lastSeq.error();
    auto triggers = m_reader.triggers(m_config.history.triggerIds);
    if (!triggers)
        return triggers.error();
    if (const auto started = m_writer.start(); !started)
        return started;

    m_known = std::move(*rooms);
    m_triggers = std::move(*triggers);
    m_lastRoom = *lastRoom;
    m_lastSeq = m_known.isEmpty() ? 0 : *lastSeq + SeqMargin;
    m_lastStream = (m_file.starts() << StreamBits) + FirstOfRun;
    for (const quint64 room : *dropped)
        m_writer.post(DropRoom{.room = room});
    qCInfo(lcStore).noquote() << "The store" << quoted(m_file.path()) << "knows" << m_known.size()
                              << (m_known.size() == 1 ? "room" : "rooms");
    if (m_file.renewed() > 0) {
        qCWarning(lcStore) << "The last run did not end in order, or the store comes from a backup:"
                           << m_file.renewed()
                           << "of them may lack events that were sent, and clients that come back are told";
    }
    return {};
}

Result<quint64> StoreBroker::makeRoom(const RoomConfig &room, quint64 stream, quint64 offset)
{
    if (m_lastRoom >= MostRooms)
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("The store has had all the rooms it can number")};
    MakeRoom made{.room = ++m_lastRoom, .id = room.id, .stream = stream, .offset = offset};
    if (!room.createdById.isEmpty()) {
        made.creator = room.createdById;
        made.declaration = declarationOf(room);
    }
    m_writer.post(std::move(made));
    return m_lastRoom;
}

Result<void> StoreBroker::holdToSchemas(const RoomConfig &room, quint64 number)
{
    Result<QList<StoredSchema>> changed = m_reader.hold(number, room, [this](QList<ReplacedEvent> &&events) {
        ReplaceEvents replacing{.events = std::move(events), .done = {}};
        std::future<Result<void>> done = replacing.done.get_future();
        m_writer.post(std::move(replacing));
        return done.get();
    });
    if (!changed)
        return changed.error();
    if (!changed->isEmpty())
        m_writer.post(HoldSchemas{.room = number, .schemas = *std::move(changed)});
    return {};
}

Result<OpenedLog> StoreBroker::open(const RoomConfig &room)
{
    const StorePolicy policy = StorePolicy::of(room, m_config);
    OpenedLog opened;
    Log log{.state = {}, .policy = policy};
    const auto known = m_known.constFind(room.id);
    const bool isStored = policy.durability != Durability::None;
    if (known == m_known.cend()) {
        opened.stream = ++m_lastStream;
    } else if (isStored) {
        if (const auto held = holdToSchemas(room, known->room); !held)
            return held.error();
        Result<OpenedLog> read = m_reader.log(*known, policy, m_config.history.recoveryBytes);
        if (!read) {
            return Error{ErrorCode::IoError,
                         QStringLiteral("What room '%1' has said cannot be read from the store: %2")
                             .arg(room.id, read.error().message)};
        }
        opened = std::move(*read);
        opened.triggers = m_triggers.take(known->room);
    } else {
        // What is said from now on is not stored: who comes back to what is must not take it for all.
        opened.stream = ++m_lastStream;
        m_writer.post(RenewRoom{.room = known->room, .stream = ++m_lastStream});
    }
    if (isStored) {
        quint64 number = known == m_known.cend() ? 0 : known->room;
        if (number == 0) {
            const Result<quint64> made = makeRoom(room, opened.stream, 0);
            if (!made)
                return made.error();
            number = *made;
            if (const auto held = holdToSchemas(room, number); !held)
                return held.error();
        }
        log.state = std::make_shared<LogState>(number);
        log.offset = opened.offset;
        m_writer.post(DeclareRoom{.room = number, .policy = policy});
    }
    if (known != m_known.cend())
        m_known.erase(known);
    m_logs.insert_or_assign(opened.stream, std::move(log));
    return opened;
}

void StoreBroker::declare(const LogId &id, const RoomConfig &room)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return;
    Log &log = found->second;
    const StorePolicy policy = StorePolicy::of(room, m_config);
    if (policy.durability == Durability::None) {
        if (log.state)
            m_writer.post(RenewRoom{.room = log.state->room, .stream = ++m_lastStream});
    } else if (!log.state) {
        const Result<quint64> made = makeRoom(room, id.stream, log.offset);
        if (!made) {
            qCCritical(lcStore).noquote() << quoted(id.roomId) << "is not stored:" << made.error().message;
            return;
        }
        log.state = std::make_shared<LogState>(*made);
    }
    log.policy = policy;
    if (log.state)
        m_writer.post(DeclareRoom{.room = log.state->room, .policy = policy});
}

Result<void> StoreBroker::mayAppend(const Log &log, const LogEntry &entry)
{
    if (const auto trouble = m_writer.trouble()) {
        ++m_refused;
        return *trouble;
    }
    if (log.policy.durability != Durability::Async)
        return {};
    const auto may = mayQueue(m_writer.queuedBytes(), entry.publication->heapSize(), m_config.persistence);
    if (!may)
        ++m_refused;
    return may;
}

Answer<void> StoreBroker::append(const LogId &id, const LogEntry &entry)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return Error{ErrorCode::RoomNotFound, QStringLiteral("The store has no such room")};
    Log &log = found->second;
    log.offset = entry.publication->offset();
    if (log.policy.durability == Durability::None)
        return {};
    if (const auto may = mayAppend(log, entry); !may)
        return may.error();
    const bool waits = log.policy.durability != Durability::Async;
    AppendEvent event{.log = log.state,
                      .publication = entry.publication,
                      .time = entry.message.timestamp,
                      .sender = entry.message.from,
                      .id = entry.message.id,
                      .origin = entry.origin,
                      .isNamed = log.policy.histories.contains(entry.message.event),
                      .syncs = log.policy.durability == Durability::Sync,
                      .generation = log.state->generation.load(std::memory_order_acquire)};
    if (!waits) {
        m_writer.post(std::move(event));
        return {};
    }
    event.promise = std::make_unique<QPromise<Result<void>>>();
    event.promise->start();
    const QFuture<Result<void>> kept = event.promise->future();
    m_writer.post(std::move(event));
    return kept;
}

Answer<qint64> StoreBroker::erase(const Erasure &which)
{
    if (const auto trouble = m_writer.trouble())
        return *trouble;
    EraseEvents erasing{.which = which};
    erasing.promise->start();
    const QFuture<Result<qint64>> erased = erasing.promise->future();
    m_writer.post(std::move(erasing));
    return erased;
}

void StoreBroker::close(const LogId &id)
{
    const auto found = m_logs.find(id.stream);
    if (found == m_logs.end())
        return;
    if (found->second.state)
        m_writer.post(DropRoom{.room = found->second.state->room});
    m_logs.erase(found);
}

QList<RoomConfig> StoreBroker::createdRooms() const
{
    QList<RoomConfig> rooms;
    for (const KnownRoom &known : m_known)
        addDeclared(rooms, known.declaration);
    return rooms;
}

StoreCounters StoreBroker::counters() const
{
    StoreCounters counters = m_writer.counters();
    counters.refused = m_refused;
    return counters;
}

} // namespace dialogue
