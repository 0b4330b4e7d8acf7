#pragma once

#include "core/protocol/dialogue/names.h"
#include "core/protocol/socketio/packet.h"
#include "fakegateway.h"
#include "server/broker/memorybroker.h"
#include "server/rooms/hubparts.h"

#include <QJsonArray>
#include <QJsonObject>

namespace dialogue {

/** What a client got: an event, or the ack of its request. */
struct Received
{
    QString name; ///< "ack" for an ack.
    QJsonValue payload;
    QList<QByteArray> attachments;
    std::optional<quint64> ackId = {}; ///< Of what it is asked.
};

/** What a hub stands on in tests: a gateway without io, and a clock that passes where a test says so. */
struct FakeGround
{
    explicit FakeGround(ServerConfig serverConfig)
        : config(std::move(serverConfig))
    { }

    FakeGateway gateway;
    const ServerConfig config;
    const Encodings encodings{.kept = socketio::eventEncoding()};
    MemoryBroker broker;
    static inline Budgets::Clock::time_point time;
    static Budgets::Clock::time_point now() { return time; }
};

/** A hub with rooms as Dialogue composes it. */
class RoomsFixture : public FakeGround, public HubParts
{
public:
    explicit RoomsFixture(ServerConfig serverConfig = {}, Hooks userHooks = {}, Broker *otherBroker = nullptr)
        : FakeGround(std::move(serverConfig))
        , HubParts({.config = config,
                    .sockets = gateway,
                    .publisher = gateway,
                    .encodings = encodings,
                    .broker = otherBroker ? *otherBroker : broker,
                    .now = &RoomsFixture::now},
                   std::move(userHooks))
    {
        time = Budgets::Clock::time_point{} + std::chrono::hours(1);
        for (const RoomConfig &room : std::as_const(config.rooms)) {
            if (const auto created = rooms.create(room); !created)
                qFatal("%s", qPrintable(created.error().text()));
        }
    }

    SocketId connectAs(const QString &userId, const QString &address = QStringLiteral("192.0.2.1"))
    {
        return connectWith({}, userId, address);
    }
    /** As one who only reads. */
    SocketId read(RoomsWanted wanted, const QString &userId = QStringLiteral("reader"))
    {
        ConnectRequest request;
        request.handshake.transport = "sse";
        request.wanted = std::move(wanted);
        return connectWith(std::move(request), userId, QStringLiteral("192.0.2.1"));
    }
    SocketId connectWith(ConnectRequest request, const QString &userId, const QString &address)
    {
        request.handshake.address = QHostAddress(address);
        request.nsp = "/";
        request.auth.insert(QStringLiteral("userId"), userId);
        const SocketId socket = ++m_lastSocket;
        request.handshake.sessionId = "session-" + QByteArray::number(socket);
        hub.socketConnecting(socket, std::move(request));
        return socket;
    }

    ConnectedClient *client(SocketId socket) { return clients.find(socket); }

    /** A request with an ack id; gives back the ack. */
    QJsonObject ask(SocketId socket, QLatin1String name, const QJsonValue &payload = QJsonValue::Undefined,
                    const QList<QByteArray> &attachments = {})
    {
        IncomingEvent event{.name = name, .args = QJsonArray(), .attachments = attachments, .ackId = 7};
        if (!payload.isUndefined())
            event.args = QJsonArray{payload};
        return ask(socket, std::move(event));
    }

    /** The same as it comes from a socket, as text. */
    QJsonObject ask(SocketId socket, QLatin1String name, const QByteArray &payload)
    {
        return ask(
            socket,
            {.name = name, .args = JsonData::fromText('[' + payload + ']'), .attachments = {}, .ackId = 7});
    }

    SocketId joined(const QString &userId, const QString &roomId)
    {
        const SocketId socket = connectAs(userId);
        if (!client(socket)->join(roomId).result())
            qFatal("could not join");
        take(socket);
        return socket;
    }

    /** What \a socket got since the last take(). */
    QList<Received> take(SocketId socket)
    {
        const QList<Received> received = peek(socket);
        gateway.sent.remove(socket);
        return received;
    }

    /** It has read all that was sent to it. False: nobody wants to know. */
    bool drain(SocketId socket)
    {
        const QList<quint64> tokens = gateway.drainTokens.take(socket);
        for (const quint64 token : tokens)
            hub.socketDrained(socket, token);
        return !tokens.isEmpty();
    }

    QStringList takeNames(SocketId socket)
    {
        QStringList names;
        for (const Received &received : take(socket))
            names.append(received.name);
        return names;
    }

    QList<Received> peek(SocketId socket) const
    {
        QList<Received> all;
        for (const FramePtr &frame : gateway.sent.value(socket))
            all.append(decode(*frame));
        return all;
    }

private:
    QJsonObject ask(SocketId socket, IncomingEvent &&event)
    {
        hub.socketEvent(socket, std::move(event));
        const QList<Received> got = peek(socket);
        return got.isEmpty() ? QJsonObject() : got.constLast().payload.toObject();
    }

    static Received decode(const Frame &frame)
    {
        socketio::Decoder decoder;
        std::optional<socketio::Packet> packet;
        for (const Frame::Message &message : frame.messages()) {
            const QByteArray payload = frame.payload(message).toByteArray();
            const auto result = message.binary ? decoder.binary(payload) : decoder.text(payload.mid(1));
            if (!result)
                qFatal("%s", qPrintable(result.error().text()));
            packet = *result;
        }
        const QJsonArray args = packet->data.toArray();
        if (packet->isAck())
            return {QStringLiteral("ack"), args.at(0), packet->attachments};
        return {args.at(0).toString(), args.at(1), packet->attachments, packet->id};
    }

    SocketId m_lastSocket = 0;
};

/** The room most tests use. */
inline RoomConfig chatRoom()
{
    return {.id = QStringLiteral("chat"),
            .name = QStringLiteral("Chat"),
            .events = {defineEvent(QStringLiteral("message"),
                                   Schema::object({{"text", Schema::string().min(1).max(10)}}),
                                   {.enabled = true, .limit = 3}),
                       defineEvent(QStringLiteral("typing"))},
            .defaultSubscriptions = {QStringLiteral("message")}};
}

inline QJsonObject textData(const QString &text) { return {{QStringLiteral("text"), text}}; }

/** What a request to trigger says. */
inline QJsonObject trigger(const QString &event, const QJsonValue &data,
                           const QString &room = QStringLiteral("chat"))
{
    return {
        {QStringLiteral("roomId"), room}, {QStringLiteral("event"), event}, {QStringLiteral("data"), data}};
}

} // namespace dialogue
