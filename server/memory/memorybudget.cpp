#include "server/memory/memorybudget.h"

#include "server/memory/memoryshare.h"

namespace dialogue {

MemoryBudget::~MemoryBudget() = default;

void MemoryBudget::settle()
{
    const qint64 farTooMuch = m_limits.total + m_limits.total / 8;
    for (int asked = 0; isOverdrawn(); ++asked) {
        if (asked >= MostAsked && m_overdrawn && m_counters.used <= farTooMuch) {
            m_overdrawn();
            return;
        }
        MemoryHolder *const largest = m_holders.largest();
        if (!largest)
            return;
        largest->giveWay();
    }
}

std::shared_ptr<MemoryShare> MemoryBudget::shareOf(const MemoryShareKey &key)
{
    std::weak_ptr<MemoryShare> &known = m_shares[key];
    if (auto share = known.lock())
        return share;
    auto share = std::make_shared<MemoryShare>(*this, key);
    known = share;
    return share;
}

Result<void> MemoryBudget::mayTake(qint64 bytes, qint64 already)
{
    if (already + bytes > m_limits.perUser) {
        ++m_counters.refused;
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("It needs %1 bytes more for you, of whom %2 are kept; %3 are allowed "
                                    "(memory.perUser). Give something up first: a subscription, a room, a "
                                    "connection")
                         .arg(bytes)
                         .arg(already)
                         .arg(m_limits.perUser)};
    }
    // Rooms give way for it, but nothing else does.
    if (m_counters.used - m_counters.rooms + bytes > m_limits.total) {
        ++m_counters.refused;
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("The server keeps as much as it may, %1 bytes (memory.total); try again "
                                    "later")
                         .arg(m_limits.total)};
    }
    return {};
}

} // namespace dialogue
