// What is erased of an application's store.
#include "server/store/ownbroker.h"

#include <algorithm>
#include <utility>

namespace dialogue {

using namespace store;

/** The newest offset of a room comes to no other event, also where the store gives that one no more. */
Result<void> OwnBroker::noteReached(EventStore &store, const QString &roomId, Known known,
                                    QHash<QString, quint64> &reached)
{
    const auto newest = store.loadEvents(roomId, {.limit = 1});
    if (!newest)
        return newest.error();
    if (newest->isEmpty() || newest->constFirst().offset <= known.offset)
        return {};
    known.offset = newest->constFirst().offset;
    known.seq = std::max(known.seq, newest->constFirst().seq);
    reached.insert(roomId, known.offset);
    return store.saveRoomState(roomId, known.toJson());
}

Answer<qint64> OwnBroker::erase(const Erasure &which)
{
    if (const auto trouble = m_thread.trouble())
        return *trouble;
    QHash<QString, Known> closed;
    for (auto known = m_known.cbegin(); known != m_known.cend(); ++known) {
        if (which.roomId.isEmpty() || which.roomId == known.key())
            closed.insert(known.key(), *known);
    }
    for (auto &[stream, log] : m_logs) {
        if (which.roomId.isEmpty() || which.roomId == log.roomId)
            saveState(log);
    }
    const EraseEvents erasing{.which = which};
    erasing.promise->start();
    QFuture<Result<qint64>> erased = erasing.promise->future();
    m_thread.postBehindSaves([this, erasing, closed, reached = m_reached](EventStore &store) {
        m_answers.post(erasing.answer(StoreThread::guarded<qint64>([&]() -> Result<qint64> {
            const Erasure &which = erasing.which;
            for (auto known = closed.cbegin(); known != closed.cend() && !which.onlyCounts; ++known) {
                if (const auto noted = noteReached(store, known.key(), *known, *reached); !noted)
                    return noted.error();
            }
            return store.eraseEvents({.roomId = which.roomId,
                                      .offset = which.offset,
                                      .from = which.user,
                                      .upToSeq = which.upTo,
                                      .onlyCounts = which.onlyCounts});
        })));
    });
    return erased;
}

} // namespace dialogue
