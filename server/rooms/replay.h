#pragma once

#include "server/bridge/gateway.h"
#include "server/fanout/publication.h"
#include "server/history/logreader.h"

#include <QHash>
#include <QStringList>

#include <functional>
#include <limits>
#include <optional>

namespace dialogue {

class ConnectedClient;
class Room;
struct ReplayCounters;

/** What may be sent, and looked at, in one go. */
struct ReplayPortion
{
    qint64 bytes;
    int events;
    int looks; ///< At publications, wanted or not.
    bool isUntouched = true; ///< Nothing of it has been sent: then whatever comes first goes, however large.

    [[nodiscard]] bool isUsedUp() const { return bytes <= 0 || events <= 0 || looks <= 0; }
};

/**
 * What one client missed in one room, on its way there. It follows the room's log piece by piece, with what
 * comes meanwhile, and while it does the client gets nothing of the room by its topics; when it has come to
 * the end, the client takes part as any other, in the same turn and so without a gap.
 *
 * What was there when the client joined is sent in any case, unless the client is so slow that the log cannot
 * keep it: then it is told of the gap, or disconnected, as the room's policy for slow readers says.
 */
class Replay final : private LogReader
{
public:
    /** Told once that all that was missed has been sent, or will not be, with the subscriptions in force. */
    using CaughtUp = std::function<void(const QStringList &subscriptions)>;

    /** Of what comes after \a offset. \a counters outlive it. */
    Replay(Room &room, ConnectedClient &client, quint64 offset, CaughtUp caughtUp, ReplayCounters &counters);
    ~Replay() override;

    enum class Progress {
        More, ///< There is more, or may be.
        AtEnd, ///< All has been sent; unless it ends in the same turn, there may be more again.
        Gone, ///< And with it the client.
    };
    /** Sends as much as \a portion allows, which gets smaller by it, of what went out no later than \a last.
     */
    Progress send(ReplayPortion &portion, quint64 last = std::numeric_limits<quint64>::max());
    /** Departure::order of what it is to look at next; nothing: there is nothing. */
    [[nodiscard]] std::optional<quint64> next() const;
    /** It ends here: the client takes part as any other, if it still does. */
    void end();

    [[nodiscard]] const Room *room() const { return &m_room; }
    [[nodiscard]] quint64 doneUpTo() const { return m_cursor; } ///< What is after it is to be looked at yet.
    /** The client wants this event from now on. */
    void subscribed(const QString &event);

private:
    // LogReader
    void fellBehind() override;

    [[nodiscard]] bool wants(const Publication &publication) const;
    /** Of what the client wants nothing after this is missing from the log. */
    [[nodiscard]] quint64 completeAfter() const;
    void disconnect();
    void told();
    bool skipGap();
    [[nodiscard]] quint64 startOf(const QString &event) const { return m_starts.value(event, 0); }

    Room &m_room;
    ConnectedClient &m_client;
    quint64 m_cursor; ///< The last offset that is done with.
    const quint64 m_promised; ///< The newest when the client joined.
    CaughtUp m_caughtUp;
    ReplayCounters &m_counters;
    QHash<QString, quint64> m_starts; ///< Of what was subscribed to meanwhile: wanted behind that offset.
    bool m_hasGap = false; ///< It was told of one.
    bool m_tooSlow = false; ///< It is being disconnected.
};

} // namespace dialogue
