#pragma once

#include "core/base/export.h"
#include "core/event/eventdefinition.h"
#include "core/room/presence.h"

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
    SlowReaderPolicy slowReader = SlowReaderPolicy::Disconnect;
    QString latestKey
        = {}; ///< KeepLatest: name of the top-level member of data that is the key; empty: the event name.
    Presence presence = Presence::Off; ///< What participants may know of who is in it.
    QString createdById = {}; ///< userId of the owner; empty for rooms from the config or code.

    [[nodiscard]] const EventDefinition *find(QStringView eventName) const; ///< Its definition, or null.
    [[nodiscard]] bool isOpen() const; ///< Carries any event.
    [[nodiscard]] bool allows(QStringView eventName) const { return isOpen() || find(eventName); }

    /** What is wrong with this declaration, if anything: empty id, double events, a subscription nothing
     * carries ... */
    [[nodiscard]] Result<void> check() const;
};

} // namespace dialogue
