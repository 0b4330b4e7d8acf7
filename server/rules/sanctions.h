#pragma once

#include "core/base/result.h"
#include "server/rules/sanction.h"

#include <QHash>
#include <QList>

#include <functional>
#include <map>
#include <optional>
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

    /** There is one sanction at each, and they have an order. */
    struct Place
    {
        QString userId = {};
        SanctionKind kind = SanctionKind::Ban;
        QString roomId = {};

        friend bool operator<(const Place &a, const Place &b);
    };
    [[nodiscard]] static Place placeOf(const Sanction &sanction)
    {
        return {sanction.userId, sanction.kind, sanction.roomId};
    }

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
        return m_all.empty() ? nullptr : search(kind, userId, roomId);
    }
    /** Those that hold, by user. */
    [[nodiscard]] QList<Sanction> all() const;
    /** All behind \a after (nothing: all there are), in their order, until \a visit says false. Ask holds().
     */
    void forEachAfter(const std::optional<Place> &after,
                      const std::function<bool(const Sanction &sanction)> &visit) const;
    [[nodiscard]] bool holds(const Sanction &sanction) const { return !isOver(sanction); }
    /** How long \a sanction holds still; nothing: until it is lifted. */
    [[nodiscard]] std::optional<std::chrono::milliseconds> timeLeft(const Sanction &sanction) const;

private:
    using All = std::map<Place, Sanction>;

    [[nodiscard]] const Sanction *search(SanctionKind kind, const QString &userId,
                                         const QString &roomId) const;
    [[nodiscard]] const Sanction *holding(const Place &place) const;
    [[nodiscard]] bool isOver(const Sanction &sanction) const
    {
        return sanction.until && *sanction.until <= m_now();
    }
    All::iterator erase(All::iterator each);
    void forgetOld();
    [[nodiscard]] bool isFull() const { return m_all.size() >= std::size_t(m_most); }

    const int m_most;
    const Now m_now;
    Observer m_observer;
    All m_all;
    /** How many of each there are: most have none, and that is asked for each event. */
    QHash<QString, int> m_users;
};

} // namespace dialogue
