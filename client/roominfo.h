#pragma once

#include "client/export.h"
#include "core/room/presence.h"

#include <QObject>
#include <QString>

#include <optional>

namespace dialogue {

/** A room as the server lists it. */
struct DIALOGUE_CLIENT_EXPORT RoomInfo
{
    Q_GADGET
    Q_PROPERTY(QString id MEMBER id)
    Q_PROPERTY(QString name MEMBER name)
    Q_PROPERTY(QString description MEMBER description)
    Q_PROPERTY(int size MEMBER size)
    Q_PROPERTY(QString createdById MEMBER createdById)
public:
    QString id;
    QString name;
    QString description = {};
    int size = 0; ///< Participants when it was listed.
    std::optional<int> maxSize = {}; ///< Participants at most.
    QString createdById = {}; ///< userId of the owner; empty for rooms of the server's own.
    Presence presence = Presence::Off; ///< What it tells of who is in it.
};

/** A room to be made: DialogueClient::createRoom. */
struct NewRoom
{
    QString id;
    QString name;
    QString description = {};
    std::optional<int> maxSize = {}; ///< At least 1; nothing: what the server allows.
};

/** A place in a room's log, to come back to: RoomContext::position, JoinSettings::since. */
struct DIALOGUE_CLIENT_EXPORT RoomPosition
{
    Q_GADGET
    Q_PROPERTY(QByteArray epoch MEMBER epoch)
    Q_PROPERTY(quint64 offset MEMBER offset)
public:
    QByteArray epoch; ///< Identity of the log; empty: the server keeps none.
    quint64 offset = 0; ///< Of the last event seen.

    [[nodiscard]] bool isValid() const { return !epoch.isEmpty(); }
    friend bool operator==(const RoomPosition &, const RoomPosition &) = default;
};

/** Events of a room that may have been missed. */
struct DIALOGUE_CLIENT_EXPORT Gap
{
    Q_GADGET
    Q_PROPERTY(quint64 from MEMBER from)
    Q_PROPERTY(quint64 to MEMBER to)
    Q_PROPERTY(bool newLog MEMBER newLog)
    Q_PROPERTY(Reason reason MEMBER reason)
public:
    enum class Reason {
        Unrecoverable, ///< After a lost connection the server could not go on from where this client was.
        Dropped, ///< This client read too slowly, and the room lets events go for such readers.
        Replaced, ///< Likewise, and newer ones of the same key took their places.
    };
    Q_ENUM(Reason)

    quint64 from = 0; ///< First offset that may be missing; 0 where the server keeps no offsets.
    /** Last one. Not all of them need have been for this client; and of what was dropped or replaced, some
     * between the two may have come, or come yet. */
    quint64 to = 0;
    /** The room's log was begun anew: from and to are of the new one, and of the old one all after the last
     * event seen may be missing too. */
    bool newLog = false;
    Reason reason = Reason::Unrecoverable;
    friend bool operator==(const Gap &, const Gap &) = default;
};

} // namespace dialogue

Q_DECLARE_METATYPE(dialogue::RoomInfo)
Q_DECLARE_METATYPE(dialogue::RoomPosition)
Q_DECLARE_METATYPE(dialogue::Gap)
