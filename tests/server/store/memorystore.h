#pragma once

#include "server/store/eventstore.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>

namespace dialogue::test {

/** A store of an application's, in memory: what it has outlives it. */
class MemoryStore : public EventStore
{
public:
    /** What is kept, and what it does wrong. */
    struct Kept
    {
        std::mutex mutex; ///< Guards all else.
        std::map<std::pair<QString, quint64>, StoredEvent> events;
        std::map<QString, QJsonObject> states;
        int saves = 0; ///< Calls.
        bool fails = false;
        bool throws = false;
        // Faults that checkEventStore() is to find.
        bool forgetsAttachments = false;
        bool savesHalf = false;
        bool oldestFirst = false;
        bool ignoresLimit = false;
        bool mixesCase = false;
        bool keepsDeleted = false;
        bool losesState = false;
        bool losesEvents = false;
        bool roundsSeq = false;
        bool erasesEverywhere = false;
        bool cannotErase = false; ///< No fault.
    };
    explicit MemoryStore(std::shared_ptr<Kept> kept)
        : m_kept(std::move(kept))
    { }

    Result<QList<StoredRoom>> loadRooms() override
    {
        const std::lock_guard lock(m_kept->mutex);
        QList<StoredRoom> rooms;
        for (const auto &[id, state] : m_kept->states)
            rooms.append({.roomId = id, .state = state});
        if (m_kept->losesEvents)
            m_kept->events.clear();
        return rooms;
    }
    Result<void> saveEvents(const QList<StoredEvent> &events) override
    {
        const std::lock_guard lock(m_kept->mutex);
        ++m_kept->saves;
        if (m_kept->throws)
            throw std::runtime_error("the cable was pulled");
        if (m_kept->fails)
            return Error{ErrorCode::IoError, QStringLiteral("the disk is full")};
        auto all = m_kept->events;
        for (StoredEvent event : events) {
            if (m_kept->forgetsAttachments)
                event.attachments.clear();
            if (m_kept->roundsSeq)
                event.seq = static_cast<quint64>(static_cast<double>(event.seq));
            if (!all.emplace(std::pair(idOf(event.roomId), event.offset), event).second)
                return Error{ErrorCode::IoError, QStringLiteral("it is there already")};
            if (m_kept->savesHalf)
                m_kept->events = all;
        }
        m_kept->events = std::move(all);
        return {};
    }
    Result<QList<StoredEvent>> loadEvents(const QString &roomId, const EventQuery &query) override
    {
        const std::lock_guard lock(m_kept->mutex);
        QList<StoredEvent> found;
        for (const auto &[key, event] : m_kept->events) {
            const bool isAsked = key.first == idOf(roomId) && event.offset >= query.from
                && event.offset <= query.to && event.timestamp >= query.fromTime
                && event.timestamp <= query.toTime && (query.event.isEmpty() || event.event == query.event)
                && (!query.hasHistory || event.hasHistory);
            if (isAsked)
                found.append(event);
        }
        if (!m_kept->oldestFirst)
            std::ranges::reverse(found);
        found = found.mid(query.skip);
        return m_kept->ignoresLimit ? found : found.mid(0, query.limit);
    }
    Result<void> saveRoomState(const QString &roomId, const QJsonObject &state) override
    {
        const std::lock_guard lock(m_kept->mutex);
        if (!m_kept->losesState || !m_kept->states.contains(roomId))
            m_kept->states[roomId] = state;
        return {};
    }
    Result<void> deleteRoom(const QString &roomId) override
    {
        const std::lock_guard lock(m_kept->mutex);
        m_kept->states.erase(roomId);
        if (!m_kept->keepsDeleted)
            std::erase_if(m_kept->events, [&](const auto &event) { return event.first.first == roomId; });
        return {};
    }

    Result<qint64> eraseEvents(const EventsToErase &which) override
    {
        const std::lock_guard lock(m_kept->mutex);
        if (m_kept->cannotErase)
            return EventStore::eraseEvents(which);
        const auto isWanted = [&](const auto &each) {
            const StoredEvent &event = each.second;
            const bool isAsked = which.offset > 0 ? event.offset == which.offset : event.from == which.from;
            return isAsked && event.seq <= which.upToSeq
                && (m_kept->erasesEverywhere || which.roomId.isEmpty()
                    || each.first.first == idOf(which.roomId));
        };
        if (which.onlyCounts)
            return std::ranges::count_if(m_kept->events, isWanted);
        return static_cast<qint64>(std::erase_if(m_kept->events, isWanted));
    }

    /** All but the newest so many. */
    Result<quint64> letGo(const QString &roomId, const EventsToKeep &keep) override
    {
        const std::lock_guard lock(m_kept->mutex);
        std::vector<quint64> offsets;
        for (const auto &[key, event] : m_kept->events) {
            if (key.first == roomId)
                offsets.push_back(event.offset);
        }
        if (offsets.size() <= static_cast<std::size_t>(keep.newest))
            return 0;
        const quint64 last = offsets[offsets.size() - static_cast<std::size_t>(keep.newest) - 1];
        std::erase_if(m_kept->events, [&](const auto &event) {
            return event.first.first == roomId && event.first.second <= last;
        });
        return last;
    }

private:
    [[nodiscard]] QString idOf(const QString &id) const { return m_kept->mixesCase ? id.toLower() : id; }

    const std::shared_ptr<Kept> m_kept;
};

} // namespace dialogue::test
