#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

namespace dialogue::console {

/** What can be triggered in a room: the reply to `admin:get {what: room}` (docs/admin.md), as far as that. */
struct RoomEvents
{
    struct Event
    {
        QString name = {};
        QString description = {};
        QJsonObject schema = {}; ///< Empty: anything.
    };
    static constexpr int MostEvents = 2000;

    QString name = {}; ///< Of the room.
    bool isOpen = false; ///< Other events can be triggered as well.
    QList<Event> events = {}; ///< By name; of more than MostEvents the first.

    [[nodiscard]] const Event *find(const QString &event) const;
    /** ProtocolViolation: it is no such reply. */
    [[nodiscard]] static Result<RoomEvents> read(const QJsonObject &reply);
};

} // namespace dialogue::console
