#include "server/rules/sanctions.h"

#include <tuple>

namespace dialogue {

bool operator<(const Sanctions::Place &a, const Sanctions::Place &b)
{
    return std::tie(a.userId, a.kind, a.roomId) < std::tie(b.userId, b.kind, b.roomId);
}

Result<void> Sanctions::add(const Sanction &sanction)
{
    const Place place = placeOf(sanction);
    if (!m_all.contains(place)) {
        if (isFull())
            forgetOld();
        if (isFull()) {
            return Error{
                ErrorCode::LimitReached,
                QStringLiteral(
                    "There are %1 bans and mutes, which is the limit (limits.sanctions); lift one first")
                    .arg(m_all.size())};
        }
    }
    if (m_observer) {
        if (auto kept = m_observer(sanction, false); !kept)
            return kept;
    }
    if (m_all.insert_or_assign(place, sanction).second)
        ++m_users[sanction.userId];
    return {};
}

bool Sanctions::lift(SanctionKind kind, const QString &userId, const QString &roomId)
{
    const auto found = m_all.find({userId, kind, roomId});
    if (found == m_all.end())
        return false;
    const bool held = holds(found->second);
    const Sanction lifted{.kind = kind, .userId = userId, .roomId = roomId};
    erase(found);
    if (m_observer)
        (void)m_observer(lifted, true);
    return held;
}

const Sanction *Sanctions::search(SanctionKind kind, const QString &userId, const QString &roomId) const
{
    if (!m_users.contains(userId))
        return nullptr;
    const Sanction *const everywhere = holding({userId, kind, {}});
    return everywhere || roomId.isEmpty() ? everywhere : holding({userId, kind, roomId});
}

const Sanction *Sanctions::holding(const Place &place) const
{
    const auto found = m_all.find(place);
    return found != m_all.end() && holds(found->second) ? &found->second : nullptr;
}

QList<Sanction> Sanctions::all() const
{
    QList<Sanction> holding;
    forEachAfter({}, [&](const Sanction &each) {
        if (holds(each))
            holding.append(each);
        return true;
    });
    return holding;
}

void Sanctions::forEachAfter(const std::optional<Place> &after,
                             const std::function<bool(const Sanction &sanction)> &visit) const
{
    for (auto each = after ? m_all.upper_bound(*after) : m_all.begin(); each != m_all.end(); ++each) {
        if (!visit(each->second))
            return;
    }
}

std::optional<std::chrono::milliseconds> Sanctions::timeLeft(const Sanction &sanction) const
{
    if (!sanction.until)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(*sanction.until - m_now());
}

Sanctions::All::iterator Sanctions::erase(All::iterator each)
{
    const auto user = m_users.find(each->first.userId);
    if (--*user == 0)
        m_users.erase(user);
    return m_all.erase(each);
}

void Sanctions::forgetOld()
{
    for (auto each = m_all.begin(); each != m_all.end();)
        each = holds(each->second) ? std::next(each) : erase(each);
}

} // namespace dialogue
