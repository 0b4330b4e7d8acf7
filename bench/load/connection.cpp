#include "bench/load/connection.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace dialogue::bench {

namespace {

constexpr std::size_t MostWaiting = 8U << 20;
constexpr std::size_t MostSent = 1U << 20; ///< That are kept in front of what waits.
constexpr std::size_t ReadSize = 256U << 10;

std::string systemText(const char *what, int error)
{
    return std::string(what) + ": " + std::strerror(error); // NOLINT(concurrency-mt-unsafe): one thread
}

} // namespace

Connection::Connection(Poller &poller, const Endpoint &endpoint, Owner &owner, Asked asked)
    : m_poller(poller)
    , m_endpoint(endpoint)
    , m_owner(owner)
    , m_asked(std::move(asked))
{ }

Connection::~Connection() { close(); }

void Connection::open()
{
    const auto *address = reinterpret_cast<const sockaddr *>(&m_endpoint.address.storage);
    m_socket = socket(address->sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (m_socket < 0)
        return fail(systemText("no socket", errno));
    const int on = 1;
    setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    m_state = State::Connecting;
    m_watched = EPOLLOUT;
    if (connect(m_socket, address, m_endpoint.address.size) != 0 && errno != EINPROGRESS)
        return fail(systemText("no connection", errno));
    if (!m_poller.watch(m_socket, m_watched, *this))
        fail(systemText("epoll", errno));
}

void Connection::close()
{
    m_state = State::Closed;
    if (m_socket < 0)
        return;
    m_poller.forget(m_socket);
    ::close(m_socket);
    m_socket = -1;
}

void Connection::fail(const std::string &reason, bool wasRefused)
{
    if (m_state == State::Closed)
        return;
    close();
    m_owner.onClosed(reason, wasRefused);
}

void Connection::stopReading()
{
    m_reads = false;
    watchFor(m_watched & ~std::uint32_t(EPOLLIN));
}

void Connection::resumeReading()
{
    m_reads = true;
    watchFor(m_watched | EPOLLIN);
}

void Connection::watchFor(std::uint32_t events)
{
    if (m_socket < 0 || events == m_watched)
        return;
    m_watched = events;
    m_poller.change(m_socket, events, *this);
}

void Connection::onReady(std::uint32_t events)
{
    if (events & (EPOLLOUT | EPOLLERR))
        onWritable();
    if (m_socket >= 0 && m_state != State::Connecting && events & (EPOLLIN | EPOLLHUP | EPOLLERR))
        m_state == State::Securing ? secure() : onReadable();
}

void Connection::onWritable()
{
    if (m_state == State::Connecting) {
        int error = 0;
        socklen_t size = sizeof error;
        getsockopt(m_socket, SOL_SOCKET, SO_ERROR, &error, &size);
        if (error != 0)
            return fail(systemText("no connection", error));
        m_stream.start(m_socket, m_endpoint.tls.get());
        m_state = State::Securing;
    }
    m_state == State::Securing ? secure() : flush();
}

void Connection::secure()
{
    switch (m_stream.secure()) {
    case Stream::Progress::Done:
        beginUpgrade();
        return flush();
    case Stream::Progress::WantsToRead:
        return watchFor(EPOLLIN);
    case Stream::Progress::WantsToWrite:
        return watchFor(EPOLLOUT);
    case Stream::Progress::Failed:
        return fail("no connection: " + m_stream.problem());
    }
}

void Connection::beginUpgrade()
{
    if (isStream()) {
        m_out = streamRequest(m_endpoint.target, m_asked.stream);
    } else {
        m_key = handshakeKey();
        std::memcpy(&m_mask, m_key.data(), sizeof m_mask);
        m_out = upgradeRequest(m_endpoint.target, m_key, m_asked.room);
    }
    m_state = State::Upgrading;
    watchFor(EPOLLIN);
}

bool Connection::queueEvent(std::string_view json)
{
    if (waiting() > MostWaiting)
        return false;
    if (wire() != Wire::Dialogue) {
        queueFrame(wire() == Wire::Nats ? Opcode::Binary : Opcode::Text, json);
        return true;
    }
    queuePacket("42", json);
    return true;
}

void Connection::queueRequest(std::string_view json)
{
    queuePacket("421", json); // Nobody has two on their way.
}

void Connection::queuePacket(std::string_view type, std::string_view json)
{
    thread_local std::string packet;
    packet.assign(type).append(json);
    queueFrame(Opcode::Text, packet);
}

void Connection::queueFrame(Opcode opcode, std::string_view payload)
{
    m_mask = m_mask * 1664525 + 1013904223; // another key for each frame
    appendClientFrame(m_out, opcode, payload, m_mask);
}

void Connection::flush()
{
    while (m_socket >= 0 && waiting() > 0) {
        const ssize_t sent = m_stream.write(m_out.data() + m_sent, waiting());
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0 && errno == EAGAIN) {
            if (m_sent > MostSent) {
                m_out.erase(0, m_sent);
                m_sent = 0;
            }
            return watchFor(m_watched | EPOLLOUT);
        }
        if (sent < 0)
            return fail("lost: " + m_stream.problem());
        m_sent += static_cast<std::size_t>(sent);
    }
    m_out.clear();
    m_sent = 0;
    watchFor(m_watched & ~std::uint32_t(EPOLLOUT));
}

void Connection::onReadable()
{
    if (!m_reads) // the stalled ones are woken by hang-ups alone
        return fail("closed by the server");
    // That there is more may be half a record, of which nothing can be read.
    while (readOnce() && m_socket >= 0 && m_reads && m_stream.hasMore()) { }
    if (m_socket >= 0 && waiting() > 0)
        flush();
}

bool Connection::readOnce()
{
    static thread_local std::array<char, ReadSize> buffer;
    const ssize_t size = m_stream.read(buffer.data(), buffer.size());
    if (size < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (size < 0) {
        fail("lost: " + m_stream.problem());
        return false;
    }
    if (size == 0) {
        fail("closed by the server");
        return false;
    }
    std::string_view bytes(buffer.data(), static_cast<std::size_t>(size));
    return take(bytes);
}

bool Connection::take(std::string_view bytes)
{
    if (m_state == State::Upgrading && !onUpgradeBytes(bytes))
        return m_state == State::Upgrading;
    if (isStream()) {
        if (m_events.feed(bytes, [this](const StreamEvent &event) { return onStreamEvent(event); }))
            return true;
        fail("the server's stream is none of events");
        return false;
    }
    if (m_reader.feed(bytes,
                      [this](Opcode opcode, std::string_view payload) { return onMessage(opcode, payload); }))
        return true;
    fail("the server broke the WebSocket protocol");
    return false;
}

bool Connection::onUpgradeBytes(std::string_view &bytes)
{
    m_head.append(bytes);
    const UpgradeResponse response
        = isStream() ? readStreamResponse(m_head) : readUpgradeResponse(m_head, m_key);
    if (response.state == UpgradeResponse::NeedMore)
        return false;
    if (response.state == UpgradeResponse::Refused) {
        fail((isStream() ? "the server refused the stream: " : "the server refused the WebSocket: ")
                 + response.problem,
             true);
        return false;
    }
    bytes.remove_prefix(bytes.size() - (m_head.size() - response.size));
    m_head = {};
    m_key = {};
    m_state = State::Open;
    if (wire() == Wire::Plain && !isStream())
        m_owner.onConnected();
    return m_state == State::Open;
}

bool Connection::onMessage(Opcode opcode, std::string_view payload)
{
    switch (opcode) {
    case Opcode::Text:
    case Opcode::Binary:
        return onText(payload);
    case Opcode::Ping:
        return answer(Opcode::Pong, payload);
    case Opcode::Close:
        fail("closed by the server"
             + (payload.size() > 2 ? ": " + std::string(payload.substr(2)) : std::string()));
        return false;
    default:
        return true;
    }
}

bool Connection::answer(Opcode opcode, std::string_view payload)
{
    if (waiting() > MostWaiting) {
        fail("the server asks, and does not read the answers");
        return false;
    }
    queueFrame(opcode, payload);
    return true;
}

bool Connection::onText(std::string_view text)
{
    switch (wire()) {
    case Wire::Plain:
        m_owner.onEvent(text);
        return m_state == State::Open;
    case Wire::Nats:
        return m_nats.feed(text, [this](const NatsItem &item) { return onNatsItem(item); });
    case Wire::Dialogue:
        break;
    }
    return onPacket(text);
}

// A first block comes once its reader is where it wants to be: `retry:`, or a comment.
bool Connection::onStreamEvent(const StreamEvent &event)
{
    if (!std::exchange(m_begun, true))
        m_owner.onConnected();
    if (m_state == State::Open && event.name == "dialogue:error")
        fail("the server refused: " + std::string(event.data.substr(0, 200)), true);
    else if (m_state == State::Open && !event.data.empty() && event.name != "dialogue:gap")
        m_owner.onEvent(event.data);
    return m_state == State::Open;
}

bool Connection::onNatsItem(const NatsItem &item)
{
    switch (item.kind) {
    case NatsItem::Info: // once: of changes later only those are told who connect with protocol 1
        if (!answer(Opcode::Binary, wire::NatsConnect))
            return false;
        m_owner.onConnected();
        break;
    case NatsItem::Ping:
        return answer(Opcode::Binary, wire::NatsPong);
    case NatsItem::Pong:
    case NatsItem::Message:
        m_owner.onEvent(item.text);
        break;
    case NatsItem::Error:
        fail("the server refused: " + std::string(item.text.substr(0, 200)), true);
        break;
    case NatsItem::Ok:
        break;
    }
    return m_state == State::Open;
}

bool Connection::onPacket(std::string_view packet)
{
    if (packet.starts_with("42[")) {
        m_owner.onEvent(packet.substr(2));
    } else if (packet.starts_with("43")) {
        m_owner.onAck();
    } else if (packet.starts_with('2')) {
        return answer(Opcode::Text, "3");
    } else if (packet.starts_with('0')) {
        return answer(Opcode::Text, m_endpoint.connectPacket);
    } else if (packet.starts_with("40")) {
        m_owner.onConnected();
    } else if (packet.starts_with("44")) {
        fail("the server refused the connection: " + std::string(packet.substr(2, 200)), true);
    } else if (packet.starts_with('1') || packet.starts_with("41")) {
        fail("closed by the server");
    }
    return m_state == State::Open;
}

} // namespace dialogue::bench
