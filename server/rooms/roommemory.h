#pragma once

#include "server/memory/memorybudget.h"

namespace dialogue {

class RoomPrivate;

/** What a room's events take of the server's memory; they give way where others need it more. */
class RoomMemory final : public MemoryHolder
{
public:
    RoomMemory(MemoryBudget &budget, RoomPrivate &room)
        : m_budget(budget)
        , m_room(room)
    { }
    ~RoomMemory() override { m_budget.set(*this, 0); }

    void set(qint64 bytes) { m_budget.set(*this, bytes); }
    void giveWay() override;

private:
    MemoryBudget &m_budget;
    RoomPrivate &m_room;
};

} // namespace dialogue
