#pragma once

#include "core/base/result.h"
#include "server/memory/memorycounters.h"
#include "server/memory/sizeclasses.h"

#include <QHash>
#include <QString>

#include <functional>
#include <memory>
#include <utility>

namespace dialogue {

/** Bytes, overhead included. */
struct MemoryLimits
{
    qint64 total; ///< Of all that is kept for rooms and users.
    qint64 perRoom; ///< Of the events that one room keeps.
    qint64 perUser; ///< Of what is kept for one user.
};

class MemoryShare;

/** Whose share it is: a user's who is known by that name where it comes from. */
using MemoryShareKey = std::pair<QString, QString>;

/** Somebody who can do with less: a room, with the events it keeps. */
class MemoryHolder : public SizeClassNode
{
public:
    MemoryHolder() = default;
    virtual ~MemoryHolder() = default;
    Q_DISABLE_COPY_MOVE(MemoryHolder)

    /** Gives up its oldest, at once, whatever that is; it holds something. */
    virtual void giveWay() = 0;
};

/**
 * What the server keeps for others, in bytes: all of it together, and the shares in it. It allocates nothing
 * itself; who keeps something says how much that is, and who would keep more than a user's share lets him is
 * refused.
 *
 * Where the total is used up whoever holds most gives way first, so that nobody pays for the thrift of
 * others. Lives in the hub's thread; must outlive whoever has memory of it.
 */
class MemoryBudget
{
public:
    explicit MemoryBudget(const MemoryLimits &limits)
        : m_limits(limits)
    { }
    ~MemoryBudget();
    Q_DISABLE_COPY_MOVE(MemoryBudget)

    [[nodiscard]] const MemoryLimits &limits() const { return m_limits; }
    [[nodiscard]] const MemoryCounters &counters() const { return m_counters; }

    /** \a overdrawn is called when a share takes what rooms have to give way for, and when they have not all:
     * settle() soon, not in it. */
    void setOverdrawn(std::function<void()> overdrawn) { m_overdrawn = std::move(overdrawn); }

    /** What \a holder holds now; it gives way where there is too little. */
    void set(MemoryHolder &holder, qint64 bytes)
    {
        const qint64 more = bytes - holder.bytes();
        m_counters.used += more;
        m_counters.rooms += more;
        m_holders.set(holder, bytes);
    }
    void countGivenUp() { ++m_counters.eventsGivenUp; }
    /** More is kept, or less, by somebody who has a bound of his own. */
    void add(qint64 bytes) { m_counters.used += bytes; }

    [[nodiscard]] bool isOverdrawn() const { return m_counters.used > m_limits.total; }
    /**
     * Has the largest holders give way until it is not overdrawn. Calls back into them: so often that it
     * would be too much for one turn, it goes on when overdrawn() has come to it, unless far too much is
     * used.
     */
    void settle();
    static constexpr int MostAsked = 256; ///< To give way, by one call.

    /** The share of a user, which lives as long as somebody has it. */
    [[nodiscard]] std::shared_ptr<MemoryShare> shareOf(const MemoryShareKey &key);

private:
    friend class MemoryShare;
    [[nodiscard]] Result<void> mayTake(qint64 bytes, qint64 already);

    const MemoryLimits m_limits;
    MemoryCounters m_counters;
    SizeClasses<MemoryHolder> m_holders;
    QHash<MemoryShareKey, std::weak_ptr<MemoryShare>> m_shares;
    std::function<void()> m_overdrawn;
};

} // namespace dialogue
