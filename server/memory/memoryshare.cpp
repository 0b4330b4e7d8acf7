#include "server/memory/memoryshare.h"

namespace dialogue {

MemoryShare::~MemoryShare()
{
    m_budget.add(-m_used);
    m_budget.m_shares.remove(m_key);
}

Result<void> MemoryShare::take(qint64 bytes)
{
    if (auto allowed = m_budget.mayTake(bytes, m_used); !allowed)
        return allowed;
    add(bytes);
    return {};
}

void MemoryShare::add(qint64 bytes)
{
    m_used += bytes;
    m_budget.add(bytes);
    if (bytes > 0 && m_budget.isOverdrawn() && m_budget.m_overdrawn)
        m_budget.m_overdrawn();
}

} // namespace dialogue
