#pragma once

#include "core/base/error.h"
#include "server/socketio/values.h"

#include <QString>
#include <QStringList>

#include <memory>

namespace dialogue {

/** What a client asked for, and why it was not given. Texts of strangers, cut. */
struct RefusedRequest
{
    QString request = {}; ///< Such as `dialogue:join`; `connect`.
    QString id = {}; ///< Of the event that was to be triggered.
    ErrorCode code = ErrorCode::InvalidRequest;
    QString message = {};
    QString path = {};
};

/** Something that became of a client. */
struct TimelineEntry
{
    enum class Kind {
        Connected,
        Followed, ///< It is in the room, and gets what comes after `offset`.
        Subscribed, ///< Its subscriptions there are others, for what comes after `offset`.
        Left, ///< It gets nothing that comes after `offset`.
        Missed, ///< What stands from `offset` to `until` was not there any more when it came back.
        Refused,
        Disconnected,
    };

    Kind kind = Kind::Connected;
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    QString roomId = {}; ///< Empty: it is about none.
    quint64 room = 0; ///< Which of those that have had that id.
    quint64 offset = 0; ///< In the room's log.
    quint64 until = 0;
    SocketId socket = 0; ///< Connected.
    QStringList subscriptions = {}; ///< Followed, Subscribed: all of them; "*": everything.
    bool isLimited = false; ///< "*" is not everything, by the room's rules.
    std::shared_ptr<const RefusedRequest> refused = {};
    int times = 1; ///< Refused: so often, one behind the other.
    QString reason = {}; ///< Disconnected.

    [[nodiscard]] qint64 bytes() const;
};

} // namespace dialogue
