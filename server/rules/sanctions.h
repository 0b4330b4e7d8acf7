#pragma once

#include "core/base/result.h"
#include "server/rules/sanction.h"

#include <QHash>
#include <QList>

#include <functional>
#include <utility>

namespace dialogue {

/** Bans and mutes, as many as may be kept. What is over counts for nothing, and goes when there has to be
 * room. */
class Sanctions
{
public:
    using Clock = std::chrono::system_clock;
    using Now = Clock::time_point (*)();
    /** \a sanction holds from now on, or \a isLifted. An Error, which only the first may have: it cannot. */
    using Observer = std::function<Result<void>(const Sanction &sanction, bool isLifted)>;

    explicit Sanctions(int most, Now now = &Clock::now)
        : m_most(most)
        , m_now(now)
    { }

    void setObserver(Observer observer) { m_observer = std::move(observer); }

    /** In place of one of that kind, user and room. LimitReached; what the observer says. */
    [[nodiscard]] Result<void> add(const Sanction &sanction);
    /** False: there was none. */
    bool lift(SanctionKind kind, const QString &userId, const QString &roomId);
    /** The one that holds for \a userId everywhere, or in \a roomId; null: none does. Until the next add().
     */
    [[nodiscard]] const Sanction *find(SanctionKind kind, const QString &userId, const QString &roomId) const
    {
        return m_byUser.isEmpty() ? nullptr : search(kind, userId, roomId);
    }
    /** Those that hold, by user. */
    [[nodiscard]] QList<Sanction> all() const;
    /** How long \a sanction holds still; nothing: until it is lifted. */
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeLeft(const Sanction &sanction) const;

private:
    [[nodiscard]] const Sanction *search(SanctionKind kind, const QString &userId,
                                         const QString &roomId) const;
    [[nodiscard]] bool isOver(const Sanction &sanction) const
    {
        return sanction.until && *sanction.until <= m_now();
    }
    /** How many went: none or one; and whether that one held. */
    int remove(SanctionKind kind, const QString &userId, const QString &roomId, bool *held = nullptr);
    [[nodiscard]] bool contains(const Sanction &sanction) const;
    void forgetOld();

    const int m_most;
    const Now m_now;
    Observer m_observer;
    int m_count = 0;
    QHash<QString, QList<Sanction>> m_byUser; ///< None is empty.
};

} // namespace dialogue
