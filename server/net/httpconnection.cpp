#include "server/net/httpconnection.h"

#include "server/net/networker.h"
#include "server/net/proxyheader.h"
#include "server/net/websockethandshake.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

/** Of pipelined requests, before TCP holds the peer back. */
constexpr int ReadAhead = 65536;
/** Left of the answers to a peer that does not read them, before its next request has to wait. */
constexpr qint64 WriteAhead = 65536;
/** Heads and bodies of pipelined requests before others have their turn. */
constexpr int StepsPerTurn = 16;

HttpResponse refusalResponse(int status, const QByteArray &reason)
{
    HttpResponse response = HttpResponse::text(reason + "\n", status);
    response.close = true;
    return response;
}

} // namespace

HttpConnection::HttpConnection(NetWorker *worker, std::unique_ptr<ClientSocket> socket,
                               const QByteArray &received, bool moved)
    : m_worker(worker)
    , m_socket(std::move(socket))
    , m_moved(moved)
    , m_received(received)
{ }

HttpConnection::~HttpConnection() = default;

void HttpConnection::start()
{
    m_socket->setListener(this);
    const NetConfig &config = m_worker->config();
    if (config.proxyProtocol && !m_moved && config.trustedProxies.contains(m_socket->peer()))
        m_state = State::ReadingProxyHeader;
    m_deadline.schedule(&m_worker->deadlines(), m_worker->config().headerTimeout);
    if (!m_socket->isConnected())
        disconnected();
    else if (!m_received.isEmpty())
        process();
}

void HttpConnection::readyRead()
{
    // Not zeroed: that costs more than most requests.
    ClientSocket::Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    m_received.append(piece.data(), m_socket->read(piece));
    process();
}

void HttpConnection::process()
{
    // An answer given from inside the handler's call comes back here; the loop below goes on with what
    // follows it.
    if (std::exchange(m_processing, true)) {
        limitReadAhead();
        return;
    }
    bool progress = true;
    int steps = 0;
    while (progress && steps++ < StepsPerTurn)
        progress = step();
    m_processing = false;
    if (progress)
        m_worker->nextTurn().schedule(&m_processOn);
    limitReadAhead();
    // What serves nothing gives way when there is too much of it; what has a session at its other end serves
    // it.
    const bool servesNothing = m_state == State::ReadingHead || m_state == State::ReadingProxyHeader
        || (m_state == State::ReadingBody && !m_context);
    if (m_socket && !progress && servesNothing && m_socket->bytesToWrite() == 0)
        m_socket->wait();
}

/** Whether there may be another. */
bool HttpConnection::step()
{
    switch (m_state) {
    case State::ReadingHead:
        return readHead();
    case State::ReadingBody:
        return readBody();
    case State::ReadingProxyHeader:
        return readProxyHeader();
    default:
        return false;
    }
}

/** False: the connection had to give way, and is gone. */
bool HttpConnection::settle()
{
    if (m_socket->settle())
        return true;
    m_socket->abort();
    return false;
}

void HttpConnection::limitReadAhead()
{
    if (m_socket)
        m_socket->setReadPaused(m_received.size()
                                >= std::max(ReadAhead, m_worker->config().maxHeaderSize + 2));
}

void HttpConnection::bytesWritten()
{
    if (m_state != State::ReadingHead)
        return;
    // Nobody is idle who still takes the last answer.
    m_deadline.schedule(&m_worker->deadlines(), m_worker->config().headerTimeout);
    process();
}

bool HttpConnection::readProxyHeader()
{
    const auto result = parseProxyHeader(m_received);
    if (const auto *wrong = std::get_if<NotProxied>(&result)) {
        m_worker->proxyHeaderMissing(m_socket->peer(), wrong->reason);
        m_socket->abort();
        return false;
    }
    const auto *header = std::get_if<ProxyHeader>(&result);
    if (!header)
        return false;
    take(header->size);
    if (header->client && !m_worker->becomeOf(*m_socket, *header->client)) {
        m_socket->abort();
        return false;
    }
    m_state = State::ReadingHead;
    return true;
}

bool HttpConnection::readHead()
{
    if (m_socket->bytesToWrite() > WriteAhead)
        return false; // bytesWritten() goes on.
    const int limit = m_worker->config().maxHeaderSize;
    if (m_received.isEmpty())
        return false;
    auto result = parseHttpHead(
        QByteArrayView(m_received).first(std::min<qsizetype>(m_received.size(), limit + 2)), limit);
    if (auto *refusal = std::get_if<HttpRefusal>(&result)) {
        refuse(*refusal);
        return false;
    }
    auto *head = std::get_if<HttpHead>(&result);
    return head && dispatch(std::move(*head));
}

bool HttpConnection::dispatch(HttpHead &&head)
{
    HttpRequest &request = head.request;
    const Peer &peer = m_socket->peer();
    request.peerAddress = peer.address;
    request.secure = peer.isSecure;
    if (m_worker->config().trustedProxies.contains(peer))
        m_worker->readForwarding(request, peer);

    ConnectionHandler *handler = m_worker->handler();
    if (!m_moved) {
        if (const int home = handler->homeOf(request); home != m_worker->index()) {
            moveTo(home);
            return false;
        }
    }
    m_moved = false; // The next request on this connection may belong elsewhere again.
    m_context = nullptr;
    m_method = request.method;
    m_keepAlive = head.keepAlive && !m_worker->isShuttingDown();

    if (head.upgradesToWebSocket && head.contentLength == 0) {
        if (!settle())
            return false;
        take(head.size); // What came along with it are the client's first frames.
        m_deadline.cancel();
        m_state = State::Upgrading;
        m_request = std::move(request);
        handler->upgradeRequested(this, m_request);
        return false;
    }
    take(head.size);
    if (head.contentLength == 0) {
        m_request = std::move(request);
        requestComplete();
        return true; // Whether there is more tells the state.
    }
    m_state = State::ReadingBody;
    m_body.emplace(head, handler->bodyLimit(request));
    m_request = std::move(request);
    handler->bodyBegins(this, m_request);
    if (m_state != State::ReadingBody || (m_context && !settle()))
        return false;
    m_deadline.schedule(&m_worker->deadlines(), m_worker->config().bodyTimeout);
    if (head.expectsContinue && m_received.isEmpty() && m_body->mayFit())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return m_socket != nullptr;
}

bool HttpConnection::readBody()
{
    const auto result = m_body->consume(m_received);
    if (const auto *refusal = std::get_if<HttpRefusal>(&result)) {
        HttpResponse response = refusalResponse(refusal->status, refusal->reason);
        m_worker->handler()->bodyRefused(this, m_request, response);
        write(response, false);
        close();
        return false;
    }
    take(std::get<qsizetype>(result));
    if (!m_body->isDone())
        return false;
    m_request.body = m_body->takeBody();
    requestComplete();
    return true;
}

void HttpConnection::take(qsizetype size)
{
    if (size == m_received.size())
        m_received = {}; // Idle connections keep no buffer.
    else
        m_received.remove(0, size);
}

void HttpConnection::requestComplete()
{
    m_body.reset();
    if (!settle())
        return;
    m_deadline.cancel();
    m_state = State::Answering;
    m_worker->handler()->requestReceived(this, std::exchange(m_request, {}));
}

void HttpConnection::respond(HttpResponse &&response)
{
    if (m_state == State::Upgrading)
        response.close = true; // What follows a refused upgrade need not be HTTP.
    else if (m_state != State::Answering)
        return;
    const bool keepAlive = m_keepAlive && !response.close;
    write(response, keepAlive);
    if (!m_socket)
        return;
    if (!keepAlive) {
        close();
        return;
    }
    m_context = nullptr;
    m_state = State::ReadingHead;
    m_deadline.schedule(&m_worker->deadlines(), m_worker->config().headerTimeout);
    if (m_worker->isShuttingDown())
        close();
    else
        process();
}

void HttpConnection::write(const HttpResponse &response, bool keepAlive)
{
    if (!m_socket)
        return;
    m_state = State::Closing; // The request is answered, also where the peer proves to be gone.
    // On a fault disconnected() comes from in here, and the socket is gone.
    m_socket->write(serializeHttpResponse(response, m_method, keepAlive));
}

void HttpConnection::refuse(const HttpRefusal &refusal)
{
    write(refusalResponse(refusal.status, refusal.reason), false);
    close();
}

void HttpConnection::acceptWebSocket(qint64 maxMessageSize)
{
    if (m_state != State::Upgrading)
        return;
    if (auto refusal = refusalOfUpgrade(m_request)) {
        respond(std::move(*refusal));
        m_worker->handler()->requestAborted(this);
        return;
    }
    const HttpRequest head = std::exchange(m_request, {});
    m_state = State::Closing;
    m_worker->openWebSocket(std::move(m_socket), m_received, head, upgradeResponse(head.headers),
                            maxMessageSize);
    finish();
}

void HttpConnection::close()
{
    if (!m_socket)
        return;
    m_state = State::Closing;
    m_deadline.schedule(&m_worker->deadlines(), m_worker->config().closeTimeout);
    m_socket->closeGently(); // disconnected() comes when the peer has closed too.
}

void HttpConnection::abort()
{
    if (!m_socket)
        return;
    m_state = State::Closing;
    m_socket->abort();
}

void HttpConnection::reset()
{
    if (m_socket)
        m_socket->abort(); // disconnected() follows at once.
}

void HttpConnection::shutDown()
{
    m_keepAlive = false;
    if (m_state == State::ReadingBody)
        abortRequest();
    else if (m_state != State::ReadingHead && m_state != State::ReadingProxyHeader)
        return;
    close();
}

// Its handler may shut the worker down, or answer others whose next requests do; it hears of this one once.
void HttpConnection::abortRequest()
{
    m_state = State::Closing;
    m_worker->handler()->requestAborted(this);
}

void HttpConnection::timedOut()
{
    const bool hasBegun = !m_received.isEmpty();
    const bool readsNothing = m_state == State::ReadingHead && m_socket->bytesToWrite() > 0;
    if (m_state == State::Closing || readsNothing) {
        m_socket->abort();
    } else if (m_state == State::ReadingProxyHeader) {
        m_worker->proxyHeaderMissing(m_socket->peer(), "no PROXY header in time");
        m_socket->abort();
    } else if (m_state == State::ReadingBody) {
        abortRequest();
        refuse({408, "The request body took too long"});
    } else if (hasBegun) {
        refuse({408, "The request head took too long"});
    } else {
        close();
    }
}

void HttpConnection::disconnected()
{
    if (m_state == State::Answering || m_state == State::Upgrading || m_state == State::ReadingBody)
        abortRequest();
    finish();
}

// Later: the socket may be in the middle of telling us of what arrived, and must not be touched by two
// threads.
void HttpConnection::moveTo(int worker)
{
    m_state = State::Closing;
    m_deadline.cancel();
    m_socket->setListener(nullptr);
    QMetaObject::invokeMethod(
        this,
        [this, worker] {
            m_worker->moveAway(std::move(m_socket), m_received, worker);
            finish();
        },
        Qt::QueuedConnection);
}

void HttpConnection::finish()
{
    m_state = State::Closing;
    m_deadline.cancel();
    if (m_socket) {
        m_socket->setListener(nullptr);
        m_socket.release()->deleteLater();
    }
    m_worker->remove(this);
}

} // namespace dialogue
