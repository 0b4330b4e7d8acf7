#pragma once

#include "server/http/httpmessage.h"

#include <QByteArray>
#include <QHostAddress>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace dialogue {

/** How a client came in. */
struct HandshakeInfo
{
    QHostAddress address = noAddress();
    HttpHeaders headers = {};
    HttpQuery query = {};
    bool secure = false;
    PeerCertificatePtr certificate = {}; ///< HttpRequest::certificate
    QByteArray transport = {}; ///< "polling", "websocket" or "sse", at the time of CONNECT.
    QByteArray sessionId = {}; ///< The Engine.IO sid.
};

/** Rooms that a client asks for with CONNECT, where it can ask for nothing afterwards. */
struct RoomsWanted
{
    /** What it has of them: all up to this. */
    struct Place
    {
        quint64 run = 0; ///< Broker::run()
        quint64 seq = 0;
    };

    QStringList rooms; ///< Each once.
    std::optional<QStringList> events = {}; ///< In place of the rooms' default subscriptions.
    std::optional<Place> after = {}; ///< Nothing: from now on.
};

/** What a client of Socket.IO says that has lost its connection and comes back. */
struct SessionWanted
{
    QByteArray pid;
    QByteArray offset;
};

/** A client's wish to come in, as Hooks::authenticate gets it. */
struct ConnectRequest
{
    QByteArray nsp; ///< The namespace, such as "/"; those that nobody has opened never come this far.
    QJsonObject auth; ///< What the client sent with CONNECT: its own word.
    HandshakeInfo handshake;
    std::optional<RoomsWanted> wanted = {};
    std::optional<SessionWanted> session = {}; ///< Where it may be had; not in auth then.
};

} // namespace dialogue
