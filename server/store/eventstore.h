#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>

#include <limits>
#include <optional>

namespace dialogue {

/** The id under which an event was triggered, so that it is applied once. */
struct StoredTrigger
{
    QString origin; ///< Tells users of one name apart who were vouched for in different ways.
    QString id;

    friend bool operator==(const StoredTrigger &, const StoredTrigger &) = default;
};

/** An event as a store keeps it: what it gives back has to be what it got. */
struct StoredEvent
{
    QString roomId;
    quint64 offset = 0; ///< From 1; each room counts for itself, and not every number is there.
    quint64 seq = 0; ///< Higher than of all that came before it, in whatever room.
    QString event; ///< Its name.
    bool hasHistory = false; ///< The room keeps a history of such events.
    QString from;
    qint64 timestamp = 0; ///< Milliseconds since the Unix epoch.
    QByteArray json; ///< The whole message, to be kept byte by byte.
    QList<QByteArray> attachments = {};
    std::optional<StoredTrigger> trigger = {};

    friend bool operator==(const StoredEvent &, const StoredEvent &) = default;
};

/** Which events of a room are wanted. All that is said has to hold. */
struct EventQuery
{
    QString event = {}; ///< Empty: of every name.
    bool hasHistory = false; ///< Only those.
    quint64 from = 1; ///< Offsets, both included.
    quint64 to = std::numeric_limits<qint64>::max();
    qint64 fromTime = 0; ///< Timestamps, both included.
    qint64 toTime = std::numeric_limits<qint64>::max();
    int skip = 0; ///< So many of the newest of these are not wanted.
    int limit = 0; ///< At most so many.
};

/** Which events of a room need not stay. */
struct EventsToKeep
{
    int newest = 0; ///< So many of the room stay,
    QHash<QString, int> histories = {}; ///< and of each of these names so many, of those with a history.
    std::optional<qint64> fromTime = {}; ///< But none of before.
};

/** Which events are to be erased. All that is said has to hold. */
struct EventsToErase
{
    QString roomId = {}; ///< Empty: of all rooms.
    quint64 offset = 0; ///< Of the one; 0: all that `from` has sent.
    QString from = {};
    quint64 upToSeq = std::numeric_limits<qint64>::max(); ///< Not those of a higher one.
    bool onlyCounts = false; ///< Says how many there are, and erases none.
};

/** A room, and what the server has to know of it when it comes back. */
struct StoredRoom
{
    QString roomId;
    QJsonObject state; ///< What saveRoomState() was given last.
};

/**
 * Where events are kept, in place of a file: implement it for a database of yours, and hand it to Dialogue.
 * checkEventStore() says whether it does what is expected.
 *
 * All is called in one thread, which is not the one of the rooms: a call may take as long as it has to, and
 * the next comes when it has come back. Made in whatever thread, destroyed in that one. An Error, or an
 * exception, is taken for "not stored": who triggered is told to try again, and the server tries again once a
 * second.
 */
class DIALOGUE_SERVER_EXPORT EventStore
{
public:
    EventStore() = default;
    EventStore(const EventStore &) = delete;
    EventStore &operator=(const EventStore &) = delete;
    virtual ~EventStore();

    /** Every room that has a state. Called first, and once. */
    [[nodiscard]] virtual Result<QList<StoredRoom>> loadRooms() = 0;
    /** All of them, or none; when it comes back they outlive the server. In the order that they were said, of
     * several rooms. A room and offset that is there already is an Error. After a failure it is asked with
     * none, each second, whether it could save again. */
    [[nodiscard]] virtual Result<void> saveEvents(const QList<StoredEvent> &events) = 0;
    /** Newest first. */
    [[nodiscard]] virtual Result<QList<StoredEvent>> loadEvents(const QString &roomId,
                                                                const EventQuery &query)
        = 0;
    /** In place of the one before. The empty id stands for the server itself. */
    [[nodiscard]] virtual Result<void> saveRoomState(const QString &roomId, const QJsonObject &state) = 0;
    /** Its events and its state go; a room of that id may come again. */
    [[nodiscard]] virtual Result<void> deleteRoom(const QString &roomId) = 0;
    /** Called now and then, to let go of what need not stay: the highest offset of what went, 0: of nothing.
     * Only here may events go. Unless it is implemented, all stay. */
    [[nodiscard]] virtual Result<quint64> letGo(const QString &roomId, const EventsToKeep &keep);
    /** Nothing of them can be read any more, their triggers included, when it comes back: how many there
     * were. loadEvents() gives none of them. Unless it is implemented, NotFound: nothing can be erased. */
    [[nodiscard]] virtual Result<qint64> eraseEvents(const EventsToErase &which);
};

} // namespace dialogue
