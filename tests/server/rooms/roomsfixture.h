#pragma once

#include "core/protocol/dialogue/names.h"
#include "core/protocol/socketio/packet.h"
#include "fakegateway.h"
#include "server/rooms/guardedhooks.h"
#include "server/rooms/hub.h"
#include "server/rooms/steps.h"

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

/** A hub with rooms as Dialogue composes it, over a gateway without io. */
class RoomsFixture
{
public:
    explicit RoomsFixture(ServerConfig serverConfig = {}, Hooks userHooks = {})
        : config(std::move(serverConfig))
        , hooks(guardedHooks(std::move(userHooks), calls))
        , answers({.timeout = config.hooks.timeout, .most = config.hooks.maxPending})
        , acks({.most = config.serverRequests.maxPending,
                .perSocket = config.serverRequests.maxPendingPerClient,
                .answerBytes = config.serverRequests.answerBytes})
        , budgets(config, &RoomsFixture::now)
        , memory({.total = config.memory.total,
                  .perRoom = config.memory.perRoom,
                  .perUser = config.memory.perUser})
        , sentTriggers({.perUser = config.history.triggerIdsPerUser,
                        .total = config.history.triggerIds,
                        .bytes = config.memory.triggerIds},
                       memory)
        , clients(gateway)
        , rooms({gateway, gateway, pipeline, hooks, config, sentTriggers, memory, budgets, calls, answers,
                 acks},
                clients)
        , hub(rooms, clients)
    {
        time = Budgets::Clock::time_point{} + std::chrono::hours(1);
        pipeline.appendOfSender(steps::isParticipant());
        pipeline.appendOfSender(steps::withinRate(budgets));
        pipeline.append(steps::isAllowed());
        pipeline.append(steps::matchesSchema());
        pipeline.append(steps::beforeEach(hooks));
        for (const RoomConfig &room : std::as_const(config.rooms)) {
            if (const auto created = rooms.create(room); !created)
                qFatal("%s", qPrintable(created.error().text()));
        }
    }

    SocketId connectAs(const QString &userId, const QString &address = QStringLiteral("192.0.2.1"))
    {
        ConnectRequest request;
        request.handshake.address = QHostAddress(address);
        request.nsp = "/";
        request.auth = {{QStringLiteral("userId"), userId}};
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

    FakeGateway gateway;
    const ServerConfig config;
    CallDepth calls;
    const Hooks hooks;
    /** Passes where a test says so. */
    static inline Budgets::Clock::time_point time;
    static Budgets::Clock::time_point now() { return time; }
    PendingAnswers answers;
    AwaitedAcks acks;
    Budgets budgets;
    Pipeline pipeline;
    MemoryBudget memory;
    TriggerWindow sentTriggers;
    ClientRegistry clients;
    RoomManager rooms;
    Hub hub;

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
