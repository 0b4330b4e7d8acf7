#pragma once

#include "core/base/seldom.h"
#include "server/bridge/gateway.h"
#include "server/rooms/arrivals.h"
#include "server/rooms/clientregistry.h"
#include "server/rooms/readers.h"
#include "server/rooms/requests.h"
#include "server/rooms/returns.h"

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
    void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments) override;
    void socketDisconnected(SocketId socket, DisconnectReason reason) override;
    void socketDrained(SocketId socket, quint64 token) override;
    void socketRemains(SocketId socket, const SendRecordPtr &record) override;
    void socketHeard(SocketId socket) override { m_requests.heard(socket); }

    /** Those of the application. */
    [[nodiscard]] RequestHandlers &requestHandlers() { return m_requests.handlers(); }

    /** Expiries::revoke() */
    void revoke(const QSet<QString> &credentials) { m_expiries.revoke(credentials); }

    /** Requests::add() */
    void addRequest(RoomRequest &&request) { m_requests.add(std::move(request)); }

    /** New clients and requests are refused with SERVER_DRAINING from now on; the connected clients are told.
     */
    void drain();
    /** What waits still is answered so, too. */
    void close();
    /** Who waits until others had their answers. */
    [[nodiscard]] const RequestOrder &order() const { return m_requests.order(); }
    [[nodiscard]] const RequestOrderCounters &orderCounters() const { return m_requests.orderCounters(); }
    [[nodiscard]] SeatCounters seatCounters() const { return m_requests.seatCounters(); }
    [[nodiscard]] const RecoveryCounters &recoveryCounters() const { return m_returns.counters(); }

Q_SIGNALS:
    void clientConnected(dialogue::ConnectedClient *client);
    void clientDisconnected(dialogue::ConnectedClient *client, const QString &reason);
    void clientRecovered(dialogue::ConnectedClient *client);

private:
    /** It leaves its rooms: now, or over several turns. */
    enum class Leaves { Soon, Now };
    void left(SocketId socket, DisconnectReason reason, Leaves leaves = Leaves::Soon);
    void endLost(SocketId socket);
    void comesIn(ConnectedClient *client, std::optional<RoomsWanted> &&wanted,
                 std::optional<ComingBack> &&back);
    [[nodiscard]] Result<void> admitted(SocketId socket, const QByteArray &sid, Identity &&identity,
                                        ConnectRequest &&request);

    RoomManager &m_rooms;
    ClientRegistry &m_clients;
    Expiries m_expiries;
    Requests m_requests;
    Arrivals m_arrivals;
    Readers m_readers;
    Returns m_returns;
    Seldom m_connects;
    Seldom m_disconnects;
};

} // namespace dialogue
