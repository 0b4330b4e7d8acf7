#include "client/dialogueclient_p.h"
#include "tests/fuzz/require.h"

#include <QCoreApplication>
#include <QPointer>

using namespace dialogue;
using namespace dialogue::client;

namespace {

/** In place of a socket: what the input says is what the server says. */
class ScriptedTransport : public Transport
{
public:
    void open() override { }
    void begin(const engineio::Handshake &) override { }
    void send(const engineio::Packet &) override { }
    void close() override { m_ended = true; }
    void abort() override { m_ended = true; }
    void setReading(bool) override { }
    void check() override { }

    /** False when a real transport would end the connection. */
    bool feed(QByteArrayView message, bool binary)
    {
        if (m_ended)
            return true;
        if (binary) {
            Q_EMIT packetReceived({.data = message.toByteArray(), .binary = true});
            return true;
        }
        const auto packet = engineio::decodeRecord(message.toByteArray());
        if (packet)
            Q_EMIT packetReceived(*packet);
        else
            Q_EMIT failed(packet.error(), false);
        return packet.has_value();
    }

private:
    bool m_ended = false;
};

/** One connection, made when asked. */
ClientConfig quietConfig()
{
    ClientConfig config;
    config.url = QUrl(QStringLiteral("http://127.0.0.1:1"));
    config.autoConnect = false;
    config.reconnection = false;
    config.transports = {TransportKind::WebSocket};
    return config;
}

} // namespace

/**
 * The input is all that a server says to a client in two rooms: messages, one a line; `B` in front makes a
 * binary one. What the application does in its handlers is part of it.
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static int argc = 0;
    // Never destroyed: libFuzzer leaves by exit(), where statics of Qt's that it needs may be gone before it.
    [[maybe_unused]] static auto *const app = new QCoreApplication(argc, nullptr);

    static const ClientConfig config = quietConfig();
    QPointer<ScriptedTransport> transport;
    const auto make = [&](TransportKind, const ClientConfig &) {
        auto made = std::make_unique<ScriptedTransport>();
        transport = made.get();
        return made;
    };
    auto client = DialogueClientPrivate::create(config, {.transport = make});
    QObject::connect(client.get(), &DialogueClient::roomDeleted, client.get(), [&] { client.reset(); });
    for (const auto &roomId : {QStringLiteral("chat"), QStringLiteral("lab")}) {
        client->join(roomId).then(client.get(), [](const Result<RoomContext *> &room) {
            if (!room)
                return;
            (*room)->trigger(QStringLiteral("hello"));
            (void)(*room)->subscribe(QStringLiteral("typing"));
            (void)(*room)->getHistory();
            (void)(*room)->getHistoryBetween(4, 9);
            (*room)->on(QStringLiteral("leave"), *room,
                        [room](const EventMessage &) { (void)(*room)->leave(); });
            (*room)->on(QStringLiteral("die"), *room, [room](const EventMessage &) { delete *room; });
        });
    }
    client->connectToServer();
    (void)client->listRooms();

    bool sound = true;
    QByteArrayView rest = fuzz::view(data, size);
    while (!rest.isEmpty() && transport) {
        qsizetype end = rest.indexOf('\n');
        if (end < 0)
            end = rest.size();
        const QByteArrayView line = rest.first(end);
        rest = rest.sliced(std::min(end + 1, rest.size()));
        const bool binary = line.startsWith('B');
        sound = transport->feed(binary ? line.sliced(1) : line, binary) && sound;
        QCoreApplication::sendPostedEvents();
    }
    QCoreApplication::sendPostedEvents();
    fuzz::require(sound || !client || client->state() == DialogueClient::State::Disconnected);
    client.reset();
    QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    return 0;
}
