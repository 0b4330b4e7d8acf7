#pragma once

#include "server/memory/memorybudget.h"

#include <utility>

namespace dialogue {

/** What is kept for one user. */
class MemoryShare
{
public:
    MemoryShare(MemoryBudget &budget, MemoryShareKey key)
        : m_budget(budget)
        , m_key(std::move(key))
    { }
    ~MemoryShare();
    Q_DISABLE_COPY_MOVE(MemoryShare)

    /** LimitReached, and nothing is taken, where it would be more than the user or the server has. */
    [[nodiscard]] Result<void> take(qint64 bytes);
    /** What nobody can be refused: for the server's own code. */
    void add(qint64 bytes);
    void giveBack(qint64 bytes) { add(-bytes); }

    [[nodiscard]] qint64 used() const { return m_used; }

private:
    MemoryBudget &m_budget;
    const MemoryShareKey m_key;
    qint64 m_used = 0;
};

using MemorySharePtr = std::shared_ptr<MemoryShare>;

/** Bytes of a share that are given back when this ends. */
class MemoryCharge
{
public:
    MemoryCharge() = default;
    explicit MemoryCharge(MemorySharePtr share)
        : m_share(std::move(share))
    { }
    MemoryCharge(MemoryCharge &&other) noexcept
        : m_share(std::move(other.m_share))
        , m_bytes(std::exchange(other.m_bytes, 0))
    { }
    MemoryCharge &operator=(MemoryCharge &&other) noexcept
    {
        std::swap(m_share, other.m_share);
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    MemoryCharge(const MemoryCharge &) = delete;
    MemoryCharge &operator=(const MemoryCharge &) = delete;
    ~MemoryCharge()
    {
        if (m_share)
            m_share->giveBack(m_bytes);
    }

    [[nodiscard]] Result<void> take(qint64 bytes)
    {
        Result<void> taken = m_share->take(bytes);
        if (taken)
            m_bytes += bytes;
        return taken;
    }
    void add(qint64 bytes)
    {
        m_share->add(bytes);
        m_bytes += bytes;
    }
    void giveBack(qint64 bytes) { add(-bytes); }
    [[nodiscard]] qint64 bytes() const { return m_bytes; }
    [[nodiscard]] const MemorySharePtr &share() const { return m_share; }

private:
    MemorySharePtr m_share;
    qint64 m_bytes = 0;
};

} // namespace dialogue
