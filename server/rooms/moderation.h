#pragma once

#include "server/rooms/roommanager.h"
#include "server/rules/sanctions.h"

namespace dialogue {

/** Whom the application bans and mutes. */
class Moderation
{
public:
    Moderation(RoomManager &rooms, const ClientRegistry &clients, Sanctions &sanctions)
        : m_rooms(rooms)
        , m_clients(clients)
        , m_sanctions(sanctions)
    { }

    /** InvalidRequest for a user or a time that is none, or too long a moderator; LimitReached. Its
     * connections are told; of a ban they leave the room, or go. \a admin is the account of /admin that wants
     * it; empty: who the options say. */
    Result<void> impose(SanctionKind kind, const QString &userId, const SanctionOptions &options,
                        const QString &admin = {});

private:
    void tell(const ConnectedClient &client, const Error &error, const QString &roomId) const;

    RoomManager &m_rooms;
    const ClientRegistry &m_clients;
    Sanctions &m_sanctions;
};

/** What who is banned or muted is told, with the time until it ends. */
[[nodiscard]] Error sanctioned(const Sanction &sanction, const Sanctions &all);

} // namespace dialogue
