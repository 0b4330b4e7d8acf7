#pragma once

#include "server/auth/connectrequest.h"
#include "server/auth/identity.h"
#include "server/budgets/budgets.h"
#include "server/budgets/insistence.h"
#include "server/memory/memoryshare.h"
#include "server/socketio/values.h"

#include <chrono>
#include <memory>

namespace dialogue {

struct RoomServices;

/** A socket that was let in, in whatever namespace, and whoever is behind it: what it may still do, and what
 * is kept of it. */
class SocketClient
{
public:
    SocketClient(SocketId socketId, QString clientId, Identity who, ConnectRequest how,
                 const RoomServices &services);

    /** LimitReached where what it says of itself is too much to be kept. */
    Result<void> keepItself();
    void setMeta(const QJsonObject &meta);
    /** Of the same user. */
    void setIdentity(Identity &&now);
    [[nodiscard]] QJsonObject claims() const; ///< Those that were verified.
    [[nodiscard]] QStringList roles() const; ///< The same.
    [[nodiscard]] QJsonObject handshakeAuth() const;

    const SocketId socket;
    const QString id;
    Identity identity;
    /** JSON: as a tree it would take several times as much, for as long as the client is here. */
    QByteArray auth;
    const HandshakeInfo handshake;
    Budgets::Holder budget; ///< Its user's, or its address'.
    const QString origin; ///< Where it comes from, which it cannot make up: see Budgets::nameOf().
    MemoryCharge kept; ///< Of what it says of itself, and of its subscriptions, in its user's share.
    qint64 keptOfItself = 0; ///< Bytes of it.
    std::unique_ptr<Insistence> insistence; ///< Once it was refused.
    std::chrono::milliseconds refusedBy{
        0}; ///< The window of the limit that refused its request; 0: none did.
    bool gone = false; ///< Its socket is; nothing can be joined or sent any more.

private:
    [[nodiscard]] qint64 bytesOfItself() const;
    void keepAnew();
};

} // namespace dialogue
