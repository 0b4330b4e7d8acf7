#pragma once

#include "server/auth/clientids.h"
#include "server/gateway/gateway.h"
#include "server/net/seldomofkind.h"
#include "server/rooms/clientregistry.h"
#include "server/rooms/requests.h"

#include <QObject>

namespace dialogue {

/** Turns what sockets say into clients that come, ask and go. */
class Hub : public QObject, public SocketListener
{
    Q_OBJECT
public:
    Hub(RoomManager &rooms, ClientRegistry &clients, QObject *parent = nullptr);

    void socketConnecting(SocketId socket, ConnectRequest &&request) override;
    void socketEvent(SocketId socket, IncomingEvent &&event) override;
    void socketAck(SocketId socket, quint64 ackId, QJsonArray &&args,
                   QList<QByteArray> &&attachments) override;
    void socketDisconnected(SocketId socket, DisconnectReason reason) override;
    void socketDrained(SocketId socket, quint64 token) override;
    void socketHeard(SocketId socket) override { m_requests.heard(socket); }

    /** New clients are refused with SERVER_DRAINING from now on; the connected ones are told. */
    void drain();
    [[nodiscard]] SeatCounters seatCounters() const { return m_requests.seatCounters(); }

Q_SIGNALS:
    void clientConnected(dialogue::ConnectedClient *client);
    void clientDisconnected(dialogue::ConnectedClient *client, const QString &reason);

private:
    [[nodiscard]] Result<void> mayConnect(const ConnectRequest &request) const;
    void refuse(SocketId socket, const QHostAddress &address, const Error &error);
    [[nodiscard]] Result<Identity> identify(const ConnectRequest &request, const QString &id) const;

    RoomManager &m_rooms;
    ClientRegistry &m_clients;
    Requests m_requests;
    const ClientIds m_ids;
    SeldomOfKind<ErrorCode> m_refusals;
    Seldom m_connects;
    Seldom m_disconnects;
    bool m_draining = false;
};

} // namespace dialogue
