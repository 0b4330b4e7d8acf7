// What was said, and is not to be read any more.
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/rooms/room_p.h"
#include "server/rooms/roommanager.h"

#include <QPointer>
#include <QPromise>

#include <utility>
#include <vector>

namespace dialogue {

namespace {

using ErasedPromise = std::shared_ptr<QPromise<Result<ErasedEvents>>>;

void answer(const ErasedPromise &promise, Result<ErasedEvents> &&result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

} // namespace

bool RoomPrivate::erase(quint64 offset)
{
    if (!m_activity || !m_activity->log.erase(offset))
        return false;
    m_activity->memory->set(m_activity->log.bytes());
    return true;
}

int RoomPrivate::visitSome(quint64 &after,
                           const std::function<void(const EventMessage &, quint64 seq)> &visit)
{
    constexpr int atOnce = 64;
    constexpr qint64 bytesOfAStep = 1024; // They are parsed.
    int steps = 0;
    OffsetMerge rest = log().forward(after);
    while (steps < atOnce) {
        const PublicationPtr *const next = rest.next();
        if (!next)
            return steps;
        after = (*next)->offset();
        steps += 1 + static_cast<int>((*next)->json().size() / bytesOfAStep);
        visit(protocol::decodeEventMessage((*next)->json()), (*next)->seq());
    }
    return steps;
}

/** Goes through the memory of rooms, one after the other. */
class RoomManager::Erasing final : public SlicedWork::Task
{
public:
    Erasing(const QList<Room *> &rooms, const Erasure &which, qint64 stored, ErasedPromise promise)
        : m_rooms(rooms.cbegin(), rooms.cend())
        , m_which(which)
        , m_erased({.stored = stored})
        , m_promise(std::move(promise))
    { }

    int step() override
    {
        while (!m_rooms.empty() && !m_rooms.back())
            m_rooms.pop_back();
        if (m_rooms.empty()) {
            answer(m_promise, m_erased);
            return 0;
        }
        RoomPrivate &room = RoomPrivate::of(*m_rooms.back());
        if (const int looked = m_which.offset > 0 ? 0 : eraseSome(room))
            return looked;
        if (m_which.offset > 0)
            eraseOne(room);
        m_rooms.pop_back();
        m_after = 0;
        return 1;
    }

private:
    void eraseOne(RoomPrivate &room)
    {
        if (!m_which.onlyCounts) {
            m_erased.inMemory += room.erase(m_which.offset) ? 1 : 0;
            return;
        }
        m_erased.inMemory += room.log().backward(m_which.offset, m_which.offset).next() ? 1 : 0;
    }
    int eraseSome(RoomPrivate &room)
    {
        std::vector<quint64> found;
        const int looked = room.visitSome(m_after, [&](const EventMessage &message, quint64 seq) {
            if (message.from == m_which.user && seq <= m_which.upTo)
                found.push_back(message.offset);
        });
        m_erased.inMemory += static_cast<qint64>(found.size());
        if (m_which.onlyCounts)
            return looked;
        for (const quint64 offset : found)
            room.erase(offset);
        return looked;
    }

    std::vector<QPointer<Room>> m_rooms;
    const Erasure m_which;
    quint64 m_after = 0; ///< In the last of them.
    ErasedEvents m_erased;
    const ErasedPromise m_promise;
};

QFuture<Result<ErasedEvents>> RoomManager::erase(const Erasure &which)
{
    const auto promise = std::make_shared<QPromise<Result<ErasedEvents>>>();
    promise->start();
    QFuture<Result<ErasedEvents>> erased = promise->future();
    const bool isOfUser = !which.user.isEmpty();
    if (isOfUser == (which.offset > 0) || (!isOfUser && which.roomId.isEmpty())) {
        answer(promise,
               Error{ErrorCode::InvalidRequest,
                     QStringLiteral("What is erased is one event, by its room and offset, or a user's")});
        return erased;
    }
    // What is said from now on stays; what waits to be stored is in memory by the time the store answers.
    Erasure asked = which;
    asked.upTo = std::min(which.upTo, m_services.sequence->last());
    m_services.broker.erase(asked).then(this, [this, asked, promise](const Result<qint64> &stored) {
        if (!stored)
            return answer(promise, stored.error());
        QList<Room *> rooms = asked.roomId.isEmpty() ? m_index.all() : QList<Room *>{find(asked.roomId)};
        rooms.removeAll(nullptr);
        m_work.add(std::make_unique<Erasing>(rooms, asked, *stored, promise));
    });
    return erased;
}

} // namespace dialogue
