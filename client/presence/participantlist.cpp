#include "client/presence/participantlist.h"

#include "client/presence/sortedparticipants.h"

#include <utility>

namespace dialogue::client {

void ParticipantList::restart()
{
    m_state = State::Coming;
    m_after.clear();
    m_coming.clear();
}

void ParticipantList::clear()
{
    m_state = State::Stale;
    m_shown.clear();
    m_coming.clear();
    m_counts = {};
}

ParticipantList::Outcome ParticipantList::missed()
{
    m_state = State::Stale;
    m_coming.clear();
    return Outcome::Missed;
}

ParticipantList::Outcome ParticipantList::take(const protocol::ParticipantsPage &page)
{
    if (m_state != State::Coming)
        return Outcome::Ignored;
    const bool isFirst = m_after.isEmpty();
    if (!isFirst && page.rev != m_rev)
        return missed();
    if (!page.next.isEmpty() && page.next <= m_after)
        return missed(); // It would never end.
    m_rev = page.rev;
    m_comingCounts = page.counts;
    // Who stands there was told in between, and has left before this page was made.
    const auto begin = m_coming.begin() + (isFirst ? 0 : placeOf(m_coming, m_after + QChar(u'\0')));
    const auto end = page.next.isEmpty() ? m_coming.end()
                                         : m_coming.begin() + placeOf(m_coming, page.next + QChar(u'\0'));
    m_coming.erase(begin, end);
    for (const protocol::PresentUser &user : page.users.value_or(QList<protocol::PresentUser>()))
        put(m_coming, {user.userId, user.connections});
    m_after = page.next;
    if (!page.next.isEmpty())
        return Outcome::Continues;
    m_shown = std::exchange(m_coming, {});
    m_counts = m_comingCounts;
    m_state = State::Current;
    return Outcome::Complete;
}

ParticipantList::Outcome ParticipantList::take(const protocol::PresenceNotice &notice)
{
    // Before the first page, what comes was told before it was made.
    if (m_state == State::Stale || (m_state == State::Coming && m_after.isEmpty()))
        return Outcome::Ignored;
    if (!notice.counts || notice.rev != m_rev + 1)
        return missed();
    m_rev = notice.rev;
    const bool isCurrent = m_state == State::Current;
    (isCurrent ? m_counts : m_comingCounts) = *notice.counts;
    for (const protocol::PresentUser &user : notice.changes)
        put(isCurrent ? m_shown : m_coming, {user.userId, user.connections});
    return isCurrent ? Outcome::Changed : Outcome::Ignored;
}

} // namespace dialogue::client
