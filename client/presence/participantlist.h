#pragma once

#include "client/participant.h"
#include "core/protocol/dialogue/presence.h"

#include <QList>

namespace dialogue::client {

/**
 * Who is in a room, as pages and notices tell it: whatever comes last of a user holds, as long as no notice
 * is missed. What was known stays until all of it is known anew.
 */
class ParticipantList
{
public:
    enum class Outcome {
        Ignored,
        Changed, ///< As the notice says, which was the next.
        Continues, ///< There is another page: see after().
        Complete, ///< It is there, all of it anew.
        Missed, ///< Something did not come: restart(), and ask from the first page.
    };

    void restart(); ///< The first page is asked for.
    Outcome take(const protocol::ParticipantsPage &page);
    Outcome take(const protocol::PresenceNotice &notice);
    void clear();

    [[nodiscard]] const QString &after() const { return m_after; }
    [[nodiscard]] const QList<Participant> &participants() const { return m_shown; }
    [[nodiscard]] protocol::PresenceCounts counts() const { return m_counts; }

private:
    enum class State {
        Stale, ///< What comes is not what follows.
        Coming,
        Current,
    };
    Outcome missed();

    State m_state = State::Stale;
    quint64 m_rev = 0;
    QString m_after;
    QList<Participant> m_shown; ///< In the order of user ids,
    QList<Participant> m_coming; ///< and so is this, which takes its place.
    protocol::PresenceCounts m_counts;
    protocol::PresenceCounts m_comingCounts;
};

} // namespace dialogue::client
