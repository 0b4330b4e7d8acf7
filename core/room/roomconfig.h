#pragma once

#include "core/base/export.h"
#include "core/event/eventdefinition.h"
#include "core/room/middlewareconfig.h"
#include "core/room/persistence.h"
#include "core/room/presence.h"
#include "core/room/roomrules.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace dialogue {

/** What happens to a reader whose send queue is full; the others never wait for it. */
enum class SlowReaderPolicy {
    Disconnect, ///< The client is disconnected; it can come back and recover by offset.
    DropOldest, ///< The oldest waiting events of this room make place.
    KeepLatest, ///< Per key only the newest waiting event stays.
};

/** The declaration of a room. */
struct DIALOGUE_CORE_EXPORT RoomConfig
{
    QString id;
    QString name;
    QString description = {};
    std::optional<int> maxSize = {}; ///< Participants at most; nothing: unbounded.
    QList<EventDefinition> events = {}; ///< Empty, or one named "*": any event, unvalidated.
    QStringList defaultSubscriptions = {}; ///< Event names (or "*") a participant gets at join.
    /** Events sent at join, newest first: 0 none, -1 all that is kept, else at most so many. */
    int syncHistoryOnJoin = 0;
    /** By which its events may be read: "websocket" (Socket.IO, on whatever transport) and "sse"; empty: by
     * all that are there. */
    QStringList channels = {};
    SlowReaderPolicy slowReader = SlowReaderPolicy::Disconnect;
    /** KeepLatest: name of the top-level member of data that is the key; empty: the event name. */
    QString latestKey = {};
    Presence presence = Presence::Off; ///< What participants may know of who is in it.
    RoomPersistence persistence = {}; ///< How what is said in it outlives the server.
    RoomRules rules = {}; ///< What clients may do.
    QList<MiddlewareConfig> middleware = {}; ///< What its events pass, in this order, behind the server's.
    QString createdById = {}; ///< userId of the owner; empty for rooms from the config or code.

    [[nodiscard]] const EventDefinition *find(QStringView eventName) const; ///< Its definition, or null.
    [[nodiscard]] bool isOpen() const; ///< Carries any event.
    [[nodiscard]] bool allows(QStringView eventName) const { return isOpen() || find(eventName); }

    /** What is wrong with this declaration, if anything: empty id, double events, a subscription nothing
     * carries ... */
    [[nodiscard]] Result<void> check() const;
};

} // namespace dialogue
