#include "server/rooms/moderation.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/requests.h"
#include "server/rooms/announce.h"
#include "server/rooms/connectedclient_p.h"
#include "server/rooms/permissions.h"

#include <QPointer>

#include <utility>

namespace dialogue {

namespace {

using namespace std::chrono_literals;

constexpr auto LongestSanction = std::chrono::hours(24) * 36500; // As far as clocks count.

constexpr qsizetype MostBytesOfBy = protocol::MaxNameLength; // Each is kept as long as its sanction.

QString imposerOf(const SanctionOptions &options, const QString &admin)
{
    if (!admin.isEmpty())
        return QStringLiteral("admin:") + admin;
    return options.by.isEmpty() ? QStringLiteral("application") : QStringLiteral("user:") + options.by;
}

QString timeInWords(std::chrono::milliseconds time)
{
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(time).count();
    if (seconds < 120)
        return QStringLiteral("%1 s").arg(seconds);
    if (seconds < 2 * 60 * 60)
        return QStringLiteral("%1 min").arg(seconds / 60);
    return QStringLiteral("%1 h").arg(seconds / 3600);
}

} // namespace

Error sanctioned(const Sanction &sanction, const Sanctions &all)
{
    const auto left = all.timeLeft(sanction);
    QString message = sanction.kind == SanctionKind::Ban ? QStringLiteral("You are banned")
                                                         : QStringLiteral("You are muted");
    if (!sanction.roomId.isEmpty()) {
        message += sanction.kind == SanctionKind::Ban ? QStringLiteral(" from room '%1'").arg(sanction.roomId)
                                                      : QStringLiteral(" in room '%1'").arg(sanction.roomId);
    }
    if (left)
        message += QStringLiteral(" for another %1").arg(timeInWords(*left));
    if (!sanction.reason.isEmpty())
        message += QStringLiteral(": ") + sanction.reason;
    return {ErrorCode::PermissionDenied, message, {}, left};
}

Result<void> Moderation::impose(SanctionKind kind, const QString &userId, const SanctionOptions &options,
                                const QString &admin)
{
    if (userId.isEmpty())
        return Error{ErrorCode::InvalidRequest, QStringLiteral("must not be empty"),
                     QStringLiteral("userId")};
    if (options.duration && (*options.duration <= 0ms || *options.duration > LongestSanction)) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("must be more than nothing, and no more than a hundred years"),
                     QStringLiteral("duration")};
    }
    if (options.by.toUtf8().size() > MostBytesOfBy) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("must have %1 bytes at most").arg(MostBytesOfBy), QStringLiteral("by")};
    }
    Sanction sanction{.kind = kind,
                      .userId = userId,
                      .roomId = options.roomId,
                      .until = {},
                      .reason = options.reason,
                      .by = imposerOf(options, admin),
                      .since = Sanctions::Clock::now()};
    if (options.duration)
        sanction.until = sanction.since + *options.duration;
    if (auto added = m_sanctions.add(sanction); !added)
        return added;
    qCInfo(lcRooms).noquote() << "User" << quoted(userId)
                              << (kind == SanctionKind::Ban ? "is banned" : "is muted")
                              << (options.roomId.isEmpty() ? QStringLiteral("everywhere")
                                                           : quoted(options.roomId));
    const Error error = sanctioned(sanction, m_sanctions);
    const CallDepth::Scope scope(m_rooms.services().calls);
    QList<QPointer<ConnectedClient>> clients;
    for (ConnectedClient *const client : m_clients.ofUser(userId))
        clients.append(client);
    for (const QPointer<ConnectedClient> &client : std::as_const(clients)) {
        if (!client || ConnectedClientPrivate::of(*client).gone) // Slots run when one leaves.
            continue;
        const Room *const room = m_rooms.find(options.roomId);
        const bool isConcerned = options.roomId.isEmpty() || (room && room->contains(client));
        if (!isConcerned)
            continue;
        tell(*client, error, options.roomId);
        if (kind == SanctionKind::Mute)
            continue;
        if (options.roomId.isEmpty())
            m_rooms.services().sockets.disconnect(ConnectedClientPrivate::of(*client).socket, true,
                                                  DisconnectReason::ServerDisconnect);
        else
            (void)m_rooms.leave(*client, options.roomId);
    }
    return {};
}

void Moderation::tell(const ConnectedClient &client, const Error &error, const QString &roomId) const
{
    m_rooms.services().sockets.send(ConnectedClientPrivate::of(client).socket,
                                    announce::error(error, roomId));
}

} // namespace dialogue
