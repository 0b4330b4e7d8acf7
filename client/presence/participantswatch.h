#pragma once

#include "client/connection/promise.h"
#include "client/connection/requesttable.h"
#include "client/presence/participantlist.h"

#include <QTimer>

#include <optional>
#include <utility>
#include <vector>

namespace dialogue {

class RoomContextPrivate;

namespace client {

/** Keeps the list of who is in one room up to date, over all the connections of its client: asks for it, and
 * asks anew where something was missed. */
class ParticipantsWatch
{
public:
    explicit ParticipantsWatch(RoomContextPrivate &room);
    Q_DISABLE_COPY_MOVE(ParticipantsWatch)

    /** Done when the list is there. */
    QFuture<Result<void>> watch();

    // What the room tells
    void joined();
    void onNotice(const protocol::PresenceNotice &notice);
    /** Those who wait for the list, which will not come. */
    [[nodiscard]] std::vector<Promise<void>> takeWaiters() { return std::exchange(m_waiters, {}); }

    [[nodiscard]] const ParticipantList &list() const { return m_list; }

private:
    /** What there is to tell the application, all at once: it may delete the room. */
    struct News
    {
        bool isReset = false;
        QList<Participant> changes = {};
        bool countsChanged = false;
        std::optional<Result<void>> outcome = {}; ///< For who waits.
    };
    void restart();
    void restartIn(std::chrono::milliseconds time) { m_retry.start(time); }
    void askPage();
    void onAnswer(quint64 asked, const Result<Reply> &answer);
    void onPage(const protocol::ParticipantsPage &page);
    void onRefused(const Error &error);
    void tell(const News &news);

    RoomContextPrivate &m_room;
    ParticipantList m_list;
    std::vector<Promise<void>> m_waiters;
    QTimer m_retry;
    quint64 m_asked = 0; ///< Times it was begun anew: answers to what was asked before do not count.
    bool m_isWatching = false;
    bool m_isAsking = false;
    bool m_wasThere = false;
};

} // namespace client
} // namespace dialogue
