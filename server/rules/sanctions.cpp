#include "server/rules/sanctions.h"

#include <algorithm>

namespace dialogue {

Result<void> Sanctions::add(const Sanction &sanction)
{
    (void)lift(sanction.kind, sanction.userId, sanction.roomId);
    if (m_count >= m_most)
        forgetOld();
    if (m_count >= m_most) {
        return Error{ErrorCode::LimitReached,
                     QStringLiteral(
                         "There are %1 bans and mutes, which is the limit (limits.sanctions); lift one first")
                         .arg(m_count)};
    }
    m_byUser[sanction.userId].append(sanction);
    ++m_count;
    return {};
}

bool Sanctions::lift(SanctionKind kind, const QString &userId, const QString &roomId)
{
    const auto user = m_byUser.find(userId);
    if (user == m_byUser.end())
        return false;
    bool held = false;
    const qsizetype removed = user->removeIf([&](const Sanction &each) {
        const bool isIt = each.kind == kind && each.roomId == roomId;
        held = held || (isIt && !isOver(each));
        return isIt;
    });
    m_count -= static_cast<int>(removed);
    if (user->isEmpty())
        m_byUser.erase(user);
    return held;
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
