#pragma once

#include "client/dialogueclient_p.h"

#include <QJsonDocument>
#include <QPointer>

namespace dialogue::test {

/** In place of a server, without sockets: what it answers, the test says. */
class ScriptedServer : public QObject
{
public:
    using AckId = std::optional<quint64>;
    /** An event that came. */
    std::function<void(const QString &name, const QJsonObject &payload, AckId id)> answer;
    int connections = 0; ///< Since the beginning.
    QByteArray handshake = R"({"sid":"s","upgrades":[],"pingInterval":25000,"pingTimeout":20000,)"
                           R"("maxPayload":1000000})";
    int checks = 0; ///< For a sign of life.
    bool isAlive = true; ///< And gives it.
    QByteArray refusal; ///< Of CONNECT; empty: it is welcome.
    QByteArrayList pongs; ///< What they carried.
    qint64 unread = 0; ///< Bytes that the client says it sends in vain.
    std::function<void(bool reading)> heed = [](bool) {}; ///< The client reads on, or does not.

    [[nodiscard]] client::TransportFactory factory()
    {
        return [this](TransportKind, const ClientConfig &) {
            auto line = std::make_unique<Line>(*this);
            m_line = line.get();
            m_decoder = socketio::Decoder(64);
            ++connections;
            return line;
        };
    }
    [[nodiscard]] std::unique_ptr<DialogueClient> client(ClientConfig config = quick())
    {
        return DialogueClientPrivate::create(std::move(config), {.transport = factory()});
    }
    [[nodiscard]] static ClientConfig quick()
    {
        ClientConfig config;
        config.url = QUrl(QStringLiteral("http://127.0.0.1:1")); // which nobody asks
        config.reconnectionDelay = std::chrono::milliseconds(1);
        config.reconnectionDelayMax = std::chrono::milliseconds(20);
        return config;
    }

    /** An Engine.IO packet; a server says none before its handshake. */
    void say(const QByteArray &text)
    {
        if (m_line && m_line->isOpen)
            Q_EMIT m_line->packetReceived(*engineio::decodeText(text));
    }
    void emitEvent(const QString &name, const QJsonObject &payload)
    {
        say('4' + socketio::encode({.data = QJsonArray{name, payload}}));
    }
    void ack(AckId id, QJsonObject reply = {})
    {
        reply.insert(QStringLiteral("ok"), true);
        say('4' + socketio::encode({.type = socketio::PacketType::Ack, .id = id, .data = QJsonArray{reply}}));
    }
    void refuse(AckId id, const QByteArray &code, const QJsonObject &more = {})
    {
        QJsonObject error = more;
        error.insert(QStringLiteral("code"), QString::fromUtf8(code));
        error.insert(QStringLiteral("message"), QStringLiteral("no"));
        const QJsonArray args{QJsonObject{{QStringLiteral("ok"), false}, {QStringLiteral("error"), error}}};
        say('4' + socketio::encode({.type = socketio::PacketType::Ack, .id = id, .data = args}));
    }
    /** As a Dialogue server, which keeps a log. */
    void letIn(const QJsonObject &join, AckId id)
    {
        const QJsonObject joined{{QStringLiteral("roomId"), join[QStringLiteral("roomId")]},
                                 {QStringLiteral("roomName"), QStringLiteral("Room")},
                                 {QStringLiteral("epoch"), QStringLiteral("e")},
                                 {QStringLiteral("offset"), 0}};
        emitEvent(QStringLiteral("dialogue:joined"), joined);
        ack(id, joined);
    }
    /** As a server that keeps none, and says no acks. */
    void letIn(const QJsonObject &join)
    {
        emitEvent(QStringLiteral("dialogue:joined"),
                  {{QStringLiteral("roomId"), join[QStringLiteral("roomId")]},
                   {QStringLiteral("roomName"), QStringLiteral("Room")}});
    }
    void close() { say("1"); }
    void cut()
    {
        if (m_line)
            Q_EMIT m_line->failed(Error{ErrorCode::ConnectionLost, QStringLiteral("cut")}, false);
    }

private:
    class Line : public client::Transport
    {
    public:
        explicit Line(ScriptedServer &server)
            : m_server(server)
        { }
        void open() override
        {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    isOpen = true;
                    Q_EMIT packetReceived({.type = engineio::PacketType::Open, .data = m_server.handshake});
                },
                Qt::QueuedConnection);
        }
        void begin(const engineio::Handshake &) override { }
        void send(const engineio::Packet &packet) override { m_server.hear(packet); }
        void close() override { }
        void abort() override { }
        void setReading(bool reading) override { m_server.heed(reading); }
        void check() override
        {
            ++m_server.checks;
            if (m_server.isAlive)
                QMetaObject::invokeMethod(this, &Transport::answered, Qt::QueuedConnection);
        }
        [[nodiscard]] qint64 bytesWaiting() const override { return m_server.unread; }

        bool isOpen = false;

    private:
        ScriptedServer &m_server;
    };

    void hear(const engineio::Packet &packet)
    {
        if (packet.type == engineio::PacketType::Pong)
            pongs.append(packet.data);
        if (packet.type != engineio::PacketType::Message)
            return;
        const auto heard = packet.binary ? m_decoder.binary(packet.data) : m_decoder.text(packet.data);
        if (!heard || !heard->has_value())
            return;
        const socketio::Packet &said = **heard;
        if (said.type == socketio::PacketType::Connect && !refusal.isEmpty()) {
            say("44" + refusal);
        } else if (said.type == socketio::PacketType::Connect) {
            say(R"(40{"sid":"s"})");
            emitEvent(QStringLiteral("dialogue:connected"),
                      {{QStringLiteral("clientId"), QStringLiteral("s")},
                       {QStringLiteral("userId"), QStringLiteral("ann")}});
        } else if (said.isEvent() && answer) {
            const QJsonArray args = said.data.toArray();
            answer(args.at(0).toString(), args.at(1).toObject(), said.id);
        }
    }

    QPointer<Line> m_line;
    socketio::Decoder m_decoder;
};

} // namespace dialogue::test
