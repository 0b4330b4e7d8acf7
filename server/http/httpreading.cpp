#include "server/http/httpconnection.h"

#include "server/http/httpconnectionowner.h"
#include "server/http/httphandler.h"
#include "server/tcp/proxyheader.h"

#include <algorithm>
#include <utility>

// What an HTTP connection does with the bytes that come: one request after the other is read and handed up.

namespace dialogue {

namespace {

/** Of pipelined requests, before TCP holds the peer back. */
constexpr int ReadAhead = 65536;
/** Left of the answers to a peer that does not read them, before its next request has to wait. */
constexpr qint64 WriteAhead = 65536;
/** Heads and bodies of pipelined requests before others have their turn. */
constexpr int StepsPerTurn = 16;

} // namespace

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
        m_parts.nextTurn.schedule(&m_processOn);
    limitReadAhead();
    // What serves nothing gives way when there is too much of it; what has a session at its other end serves
    // it.
    const bool servesNothing = m_state == State::ReadingHead || m_state == State::ReadingProxyHeader
        || (m_state == State::ReadingBody && !m_pending);
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
    case State::Answering:
        return hurryAnswer();
    default:
        return false;
    }
}

void HttpConnection::limitReadAhead()
{
    if (m_socket)
        m_socket->setReadPaused(m_received.size() >= std::max(ReadAhead, m_parts.config.maxHeaderSize + 2));
}

bool HttpConnection::readProxyHeader()
{
    const auto result = parseProxyHeader(m_received);
    if (const auto *wrong = std::get_if<NotProxied>(&result)) {
        m_owner.proxyHeaderMissing(m_socket->peer(), wrong->reason);
        m_socket->abort();
        return false;
    }
    const auto *header = std::get_if<ProxyHeader>(&result);
    if (!header)
        return false;
    take(header->size);
    if (header->client && !m_owner.becomeOf(*m_socket, *header->client)) {
        m_socket->abort();
        return false;
    }
    m_state = State::ReadingHead;
    return true;
}

std::variant<NeedMore, HttpHead, HttpRefusal> HttpConnection::nextHead() const
{
    const int limit = m_parts.config.maxHeaderSize;
    if (m_received.isEmpty())
        return NeedMore();
    return parseHttpHead(QByteArrayView(m_received).first(std::min<qsizetype>(m_received.size(), limit + 2)),
                         limit);
}

/** Whether the request in hand was answered, for another waits behind it. */
bool HttpConnection::hurryAnswer()
{
    if (!m_keepAlive || !std::holds_alternative<HttpHead>(nextHead()))
        return false; // Of a broken one it is soon enough to hear when it is its turn.
    handler().nextRequestWaits(this);
    return m_state == State::ReadingHead;
}

bool HttpConnection::readHead()
{
    if (m_socket->bytesToWrite() > WriteAhead)
        return false; // bytesWritten() goes on.
    auto result = nextHead();
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
    m_owner.describeClient(request, m_socket->peer());
    request.ofConsole = m_socket->isOfConsoles();

    if (!m_moved) {
        if (const int home = handler().homeOf(request); home != m_owner.index()) {
            moveTo(home);
            return false;
        }
    }
    m_moved = false; // The next request on this connection may belong elsewhere again.
    m_pending = nullptr;
    m_method = request.method;
    m_keepAlive = head.keepAlive && !m_parts.isShuttingDown;

    if (head.upgradesToWebSocket && head.contentLength == 0) {
        if (!settle())
            return false;
        take(head.size); // What came along with it are the client's first frames.
        m_deadline.cancel();
        m_state = State::Upgrading;
        m_request = std::move(request);
        handler().upgradeRequested(this, m_request);
        return false;
    }
    take(head.size);
    if (head.contentLength == 0) {
        m_request = std::move(request);
        requestComplete();
        return true; // Whether there is more tells the state.
    }
    m_state = State::ReadingBody;
    m_body.emplace(head, handler().bodyLimit(request));
    m_request = std::move(request);
    handler().bodyBegins(this, m_request);
    if (m_state != State::ReadingBody || (m_pending && !settle()))
        return false;
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.bodyTimeout);
    if (head.expectsContinue && m_received.isEmpty() && m_body->mayFit())
        m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    return m_socket != nullptr;
}

bool HttpConnection::readBody()
{
    const auto result = m_body->consume(m_received);
    if (const auto *refusal = std::get_if<HttpRefusal>(&result)) {
        HttpResponse response = answerTo(*refusal, m_request.path);
        handler().bodyRefused(this, m_request, response);
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

} // namespace dialogue
