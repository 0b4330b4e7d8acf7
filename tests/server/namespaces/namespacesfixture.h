#pragma once

#include "server/namespaces/namespace_p.h"
#include "server/namespaces/namespaces.h"
#include "tests/server/rooms/roomsfixture.h"

#include <QHash>

namespace dialogue {

/** Namespaces beside a hub with rooms, over a gateway without io. */
class NamespacesFixture : public RoomsFixture
{
public:
    explicit NamespacesFixture(const ServerConfig &serverConfig = {}, const Hooks &userHooks = {})
        : RoomsFixture(serverConfig, userHooks)
        , namespaces(rooms.services(), [this](const QByteArray &nsp, SocketListener *listener) {
            if (nsp == "/")
                return Result<void>(Error{ErrorCode::ConfigError, QStringLiteral("It is open already")});
            listeners.insert(nsp, listener);
            return Result<void>();
        })
    { }

    Namespace &opened(const QString &name, NamespaceHooks own = {})
    {
        const Result<Namespace *> opened = namespaces.of(name, std::move(own));
        if (!opened)
            qFatal("%s", qPrintable(opened.error().text()));
        return **opened;
    }

    /** CONNECT, of the session \a session. */
    SocketId connectTo(const QByteArray &nsp, const QString &userId, const QByteArray &session = {})
    {
        ConnectRequest request;
        request.handshake.address = QHostAddress(QStringLiteral("192.0.2.1"));
        const SocketId socket = ++m_last;
        request.handshake.sessionId = session.isEmpty() ? "s" + QByteArray::number(socket) : session;
        request.nsp = nsp;
        if (!userId.isEmpty())
            request.auth = {{QStringLiteral("userId"), userId}};
        listeners.value(nsp)->socketConnecting(socket, std::move(request));
        return socket;
    }

    void say(const QByteArray &nsp, SocketId socket, const QString &name, const QByteArray &args = "[]",
             std::optional<quint64> ackId = 7)
    {
        listeners.value(nsp)->socketEvent(
            socket, {.name = name, .args = JsonData::fromText(args), .attachments = {}, .ackId = ackId});
    }

    QHash<QByteArray, SocketListener *> listeners;
    Namespaces namespaces;

private:
    SocketId m_last = 1000;
};

/** Of the only ack that \a got holds. */
inline QJsonValue ackIn(const QList<Received> &got)
{
    return got.size() == 1 && got[0].name == u"ack" ? got[0].payload : QJsonValue(QJsonValue::Undefined);
}

/** The code of the error that it ends with. */
inline QString codeIn(const QList<Received> &got)
{
    return got.isEmpty() ? QString() : got.constLast().payload[u"error"][u"code"].toString();
}

} // namespace dialogue
