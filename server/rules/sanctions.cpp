#include "server/rules/sanctions.h"

#include <algorithm>

namespace dialogue {

Result<void> Sanctions::add(const Sanction &sanction)
{
    const bool isAnother = !contains(sanction);
    if (isAnother && m_count >= m_most)
        forgetOld();
    if (isAnother && m_count >= m_most) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral(
                         "There are %1 bans and mutes, which is the limit (limits.sanctions); lift one first")
                         .arg(m_count)};
    }
    if (m_observer) {
        if (auto kept = m_observer(sanction, false); !kept)
            return kept;
    }
    remove(sanction.kind, sanction.userId, sanction.roomId);
    m_byUser[sanction.userId].append(sanction);
    ++m_count;
    return {};
}

bool Sanctions::lift(SanctionKind kind, const QString &userId, const QString &roomId)
{
    bool held = false;
    if (remove(kind, userId, roomId, &held) > 0 && m_observer)
        (void)m_observer({.kind = kind, .userId = userId, .roomId = roomId}, true);
    return held;
}

int Sanctions::remove(SanctionKind kind, const QString &userId, const QString &roomId, bool *held)
{
    const auto user = m_byUser.find(userId);
    if (user == m_byUser.end())
        return 0;
    const auto removed = static_cast<int>(user->removeIf([&](const Sanction &each) {
        const bool isIt = each.kind == kind && each.roomId == roomId;
        if (held)
            *held = *held || (isIt && !isOver(each));
        return isIt;
    }));
    m_count -= removed;
    if (user->isEmpty())
        m_byUser.erase(user);
    return removed;
}

bool Sanctions::contains(const Sanction &sanction) const
{
    const QList<Sanction> ofUser = m_byUser.value(sanction.userId);
    return std::ranges::any_of(ofUser, [&](const Sanction &each) {
        return each.kind == sanction.kind && each.roomId == sanction.roomId;
    });
}

const Sanction *Sanctions::search(SanctionKind kind, const QString &userId, const QString &roomId) const
{
    const auto user = m_byUser.constFind(userId);
    if (user == m_byUser.cend())
        return nullptr;
    const auto holds = [&](const Sanction &each) {
        return each.kind == kind && (each.roomId.isEmpty() || each.roomId == roomId) && !isOver(each);
    };
    const auto found = std::ranges::find_if(*user, holds);
    return found == user->end() ? nullptr : &*found;
}

QList<Sanction> Sanctions::all() const
{
    QList<Sanction> holding;
    for (const QList<Sanction> &ofUser : m_byUser) {
        for (const Sanction &each : ofUser) {
            if (!isOver(each))
                holding.append(each);
        }
    }
    std::ranges::stable_sort(holding, {}, &Sanction::userId);
    return holding;
}

std::optional<std::chrono::milliseconds> Sanctions::timeLeft(const Sanction &sanction) const
{
    if (!sanction.until)
        return {};
    return std::chrono::ceil<std::chrono::milliseconds>(*sanction.until - m_now());
}

void Sanctions::forgetOld()
{
    for (auto user = m_byUser.begin(); user != m_byUser.end();) {
        m_count -= static_cast<int>(user->removeIf([this](const Sanction &each) { return isOver(each); }));
        user = user->isEmpty() ? m_byUser.erase(user) : std::next(user);
    }
}

} // namespace dialogue
