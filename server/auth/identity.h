#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QJsonObject>
#include <QLatin1StringView>
#include <QString>
#include <QStringList>

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

namespace dialogue {

/** What a credential is for, where it is not for all that its user may do. */
struct Grant
{
    static constexpr QLatin1StringView See{"see"}; ///< The list of rooms, and who is in them.
    static constexpr QLatin1StringView Join{"join"}; ///< And subscribe.
    static constexpr QLatin1StringView Trigger{"trigger"};
    static constexpr QLatin1StringView History{"history"};
    static constexpr QLatin1StringView Create{"create"};
    static constexpr QLatin1StringView Delete{"delete"};
    static constexpr QLatin1StringView Request{"request"}; ///< The application's own requests and namespaces.
    static constexpr QLatin1StringView Monitor{"monitor"}; ///< What is told to who looks after the server.
    /** Over HTTP: whatever the rules of its rooms say; and who is connected, what they are sent besides
     * rooms, and whom to keep away. */
    static constexpr QLatin1StringView Manage{"manage"};
    [[nodiscard]] static QStringList allScopes()
    {
        return {See, Join, Trigger, History, Create, Delete, Request, Monitor, Manage};
    }

    QStringList scopes = {}; ///< Of those above.
    QStringList rooms = {}; ///< Their ids; one that ends in "*" is for all that begin so.

    [[nodiscard]] bool allows(QLatin1StringView scope) const { return scopes.contains(scope); }
    [[nodiscard]] bool reaches(QStringView roomId) const
    {
        return std::any_of(rooms.begin(), rooms.end(), [roomId](const QString &room) {
            return room.endsWith(u'*') ? roomId.startsWith(QStringView(room).chopped(1)) : roomId == room;
        });
    }
};

/** Who a client is. */
struct Identity
{
    QString userId;
    QJsonObject meta = {}; ///< Free for the application: roles, a display name ...
    QJsonObject claims = {}; ///< What was verified of the client, such as those of its token.
    bool verified = true; ///< False when it is only the client's own word.
    QStringList roles = {}; ///< What it may be by the rules of rooms.
    /** Until when that holds; nothing: for as long as it is connected. */
    std::optional<std::chrono::system_clock::time_point> expiresAt = {};
    /** What the authenticator knows the credential by, for the day that it is called back; no secret. */
    QString credential = {};
    std::shared_ptr<const Grant> grant = {}; ///< Null: for all that the user may do.
};

/** What is kept of a stranger's word, for as long as it is connected. */
struct ClaimLimits
{
    int userIdLength; ///< Characters.
    qint64 metaSize; ///< Bytes of JSON.
};

/**
 * The client's own word: `auth.userId`, else `auth.token`, else \a fallback (the socket's id); what else
 * there is in `auth` becomes its meta. Used only while no authenticator is configured. Unauthorized where it
 * is too long.
 */
Result<Identity> claimedIdentity(const QJsonObject &auth, const QString &fallback, const ClaimLimits &limits);

} // namespace dialogue
