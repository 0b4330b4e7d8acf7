#pragma once

#include "server/bridge/socketfigures.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace dialogue {

class ClientTimeline;
struct TimelineEntry;

/** Why a client did not get an event, or how far it came. */
enum class Verdict {
    Refused, ///< What it would have taken to get it: a CONNECT, a join, a subscription; or the event itself.
    NotConnected,
    NotInRoom, ///< As long as is remembered.
    JoinedAfter,
    LeftBefore,
    NotSubscribed,
    Excluded, ///< It was for others.
    DroppedSlow, ///< It did not read fast enough for all.
    Replaced, ///< The same, and a newer one of its key took its place.
    ClosedFirst, ///< Its connection ended before.
    Queued, ///< It waits for the client to read.
    Written, ///< It was handed to the client's connection. Whether it arrived nobody knows: there are no
             ///< receipts.
    Unknown, ///< It is beyond what is remembered.
};
[[nodiscard]] QLatin1StringView verdictName(Verdict verdict); ///< Such as `DROPPED_SLOW`.

/** The event that is asked about. */
struct EventInQuestion
{
    QString roomId = {};
    QString event = {};
    quint64 offset = 0; ///< In the room's log; 0: it has none, and its time counts.
    quint64 seq = 0; ///< 0: it is not known.
    qint64 time = 0; ///< Milliseconds since the Unix epoch; 0: the same.
    quint64 room = 0; ///< TimelineEntry::room; 0: the same.
};

/** What is known of one client, and of its part in it. */
struct Facts
{
    const ClientTimeline &timeline;
    qint64 began = 0; ///< Nothing is remembered of what was before; milliseconds since the Unix epoch.
    SentState sent = {}; ///< Of who is there.
    /** It was for this client as well as for all who are subscribed; nothing: that is not known any more. */
    std::optional<bool> wasForIt = true;
    /** It is being sent what it missed, and has been up to here. */
    std::optional<quint64> replayedUpTo = {};
    bool isGuarded = false; ///< "*" does not bring that event to it, by the room's rules.
};

struct Judgement
{
    Verdict verdict = Verdict::Unknown;
    QString text = {}; ///< In a sentence.
    QJsonObject evidence = {};
};

/** What \a entry, a refusal, comes to. */
[[nodiscard]] Judgement refusalJudgement(const TimelineEntry &entry);
/** What a client would have needed; of one thing after the other. Pure. */
[[nodiscard]] Judgement judge(const EventInQuestion &event, const Facts &facts);

} // namespace dialogue
