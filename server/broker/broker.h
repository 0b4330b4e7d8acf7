#pragma once

#include "core/base/answer.h"
#include "core/event/eventmessage.h"
#include "core/room/roomconfig.h"
#include "server/broker/erasure.h"
#include "server/broker/keptevent.h"

#include <QString>

#include <vector>

namespace dialogue {

class LogPages;

/** The log of one room. */
struct LogId
{
    const QString &roomId;
    quint64 stream; ///< No two rooms share one, nor do two of one name that follow each other.
};

/** What is to be kept. */
struct LogEntry
{
    const PublicationPtr &publication; ///< Has its offset.
    const EventMessage &message;
    const QString &origin; ///< Of who sent it, see TriggerWindow; empty where the message has no id.
};

/** A trigger that was applied under an id. */
struct KeptTrigger
{
    QString user;
    QString origin;
    QString id;
    QString event;
    quint64 offset = 0;
    qint64 timestamp = 0;
};

/** What is known of a room's log when the room is made. */
struct OpenedLog
{
    quint64 stream = 0;
    quint64 offset = 0; ///< Of the newest event that there ever was.
    quint64 completeAfter = 0; ///< From here on nothing is missing in `recent`.
    std::vector<KeptEvent> older = {}; ///< Of events with a history, up to there: of each the newest.
    std::vector<KeptEvent> recent = {};
    std::vector<KeptTrigger> triggers = {}; ///< In the order they were applied.
};

/**
 * Keeps what rooms publish before anybody gets it: memory, a store, another server. Called in the hub's
 * thread; must block nothing, but for what open() has to read.
 */
class Broker
{
public:
    Broker() = default;
    Broker(const Broker &) = delete;
    Broker &operator=(const Broker &) = delete;
    virtual ~Broker() = default;

    [[nodiscard]] virtual quint64 run() const = 0; ///< Tells its streams from those of another.
    [[nodiscard]] virtual quint64 lastSeq() const = 0; ///< No publication has a higher one yet.

    /** A room of that declaration is made; the Error says why it cannot be. */
    [[nodiscard]] virtual Result<OpenedLog> open(const RoomConfig &room) = 0;
    /** What it has of logs besides; null: nothing. */
    [[nodiscard]] virtual LogPages *pages() { return nullptr; }

    /** The room is declared anew. */
    virtual void declare(const LogId &log, const RoomConfig &room) = 0;

    /**
     * Keeps \a entry: what is submitted to one log comes in the order of their offsets, and waits for nothing
     * before. Answered within the call, or later and from any thread, in any order; what was answered goes
     * out once all before it in its log was, and only if it was kept.
     *
     * An Error says that it was not kept; then nothing may be that was submitted to that log behind it and is
     * not answered yet: all that fails with it, whatever is said of it. Unavailable that comes later, or a
     * future that ends without an answer, says that nobody knows.
     */
    [[nodiscard]] virtual Answer<void> append(const LogId &log, const LogEntry &entry) = 0;

    /**
     * Overwrites \a which in what it keeps, also of rooms that nobody has opened, and of what was submitted
     * before; their places stay. How many it had: asked again, none. An Error says that some may be left.
     */
    [[nodiscard]] virtual Answer<qint64> erase(const Erasure &which) = 0;

    /** Its room is deleted: nothing more comes, and nobody waits for what is not answered. */
    virtual void close(const LogId &log) = 0;
};

} // namespace dialogue
