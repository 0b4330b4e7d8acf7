#pragma once

#include "bench/load/eventstreamreader.h"
#include "bench/load/natsreader.h"
#include "bench/load/poller.h"
#include "bench/load/stream.h"
#include "bench/load/upgrade.h"
#include "bench/load/websocketframe.h"
#include "bench/load/wire.h"

#include <memory>
#include <string>
#include <string_view>

#include <netinet/in.h>
#include <sys/socket.h>

namespace dialogue::bench {

/** The address of a server, looked up once for all connections. */
struct Address
{
    sockaddr_storage storage{};
    socklen_t size = 0;
};

/** What all connections share. */
struct Endpoint
{
    Address address;
    Target target;
    std::string connectPacket; ///< "40", with the auth object if there is a token.
    Wire wire = Wire::Dialogue;
    std::unique_ptr<TlsClient> tls = {}; ///< Where the target is spoken to over TLS.
};

/** What a connection asks for, besides the target of all. */
struct Asked
{
    std::string room = {}; ///< The one in the path of a WebSocket, with Wire::Plain.
    std::string stream = {}; ///< The path of a stream of server-sent events, in place of a WebSocket.
};

/**
 * One client over a WebSocket of its own; with Wire::Dialogue, a Socket.IO client in the default namespace.
 * Or a reader of server-sent events, who sends nothing. It answers heartbeats by itself. Not a QWebSocket:
 * 10,000 of those with Qt's dispatcher would be what is measured.
 */
class Connection final : public Pollable
{
public:
    /** Who uses the connection. It may send and close from within, but not delete the connection. */
    class Owner
    {
    public:
        virtual void onConnected()
            = 0; ///< With Socket.IO: the namespace is joined; of a stream: it has begun.
        /** `["name",...]`; with the other wires and of a stream an event's data, or NATS' answer to a PING.
         */
        virtual void onEvent(std::string_view json) = 0;
        virtual void onAck() { } ///< With Socket.IO: of what queueRequest() asked, whatever it says.
        virtual void onClosed(const std::string &reason, bool wasRefused) = 0; ///< Not after an own close().

    protected:
        ~Owner() = default;
    };

    Connection(Poller &poller, const Endpoint &endpoint, Owner &owner, Asked asked = {});
    ~Connection();
    Connection(const Connection &) = delete;
    Connection &operator=(const Connection &) = delete;

    void open();
    void close();
    void stopReading();
    void resumeReading();

    [[nodiscard]] Wire wire() const { return m_endpoint.wire; }
    [[nodiscard]] bool isStream() const { return !m_asked.stream.empty(); }

    /** Queues \a json, after `42` with Socket.IO; flush() sends. False when more than 8 MB wait already. */
    bool queueEvent(std::string_view json);
    /** The same with Socket.IO alone, and asks for an ack. */
    void queueRequest(std::string_view json);
    void flush();
    void sendEvent(std::string_view json)
    {
        queueEvent(json);
        flush();
    }

    void onReady(std::uint32_t events) override;

private:
    enum class State { Idle, Connecting, Securing, Upgrading, Open, Closed };

    void onWritable();
    void onReadable();
    bool readOnce(); ///< False when there was nothing, or it was the end.
    bool take(std::string_view bytes);
    void secure();
    void beginUpgrade();
    bool onUpgradeBytes(std::string_view &bytes);
    bool onMessage(Opcode opcode, std::string_view payload);
    bool onText(std::string_view text);
    bool onPacket(std::string_view packet);
    bool onNatsItem(const NatsItem &item);
    bool onStreamEvent(const StreamEvent &event);
    void queuePacket(std::string_view type, std::string_view json);
    void queueFrame(Opcode opcode, std::string_view payload);
    bool answer(Opcode opcode, std::string_view payload); ///< False when that was too much, and the end.
    void fail(const std::string &reason, bool wasRefused = false);
    void watchFor(std::uint32_t events);
    [[nodiscard]] std::size_t waiting() const { return m_out.size() - m_sent; }

    Poller &m_poller;
    const Endpoint &m_endpoint;
    Owner &m_owner;
    const Asked m_asked;
    int m_socket = -1;
    Stream m_stream;
    State m_state = State::Idle;
    bool m_reads = true;
    std::uint32_t m_watched = 0;
    std::uint32_t m_mask = 0x9e3779b9;
    std::string m_key;
    std::string m_head;
    std::string m_out;
    std::size_t m_sent = 0;
    MessageReader m_reader;
    NatsReader m_nats;
    EventStreamReader m_events;
    bool m_begun = false; ///< A first block of the stream has come.
};

} // namespace dialogue::bench
