#include "server/http/httpconnection.h"

#include "server/http/httpconnectionowner.h"
#include "server/http/httphandler.h"

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

/** Where the second word of a head that cannot be read, or did not come whole, begins to say what is asked.
 */
QByteArray pathIn(const QByteArray &head)
{
    const QByteArrayView line = QByteArrayView(head).first(std::min<qsizetype>(head.size(), 64));
    const qsizetype blank = line.indexOf(' ');
    return blank < 0 ? QByteArray() : line.sliced(blank + 1).toByteArray();
}

} // namespace

HttpConnection::HttpConnection(WorkerParts &parts, HttpConnectionOwner &owner,
                               std::unique_ptr<ByteStream> socket, const QByteArray &received, bool moved)
    : m_parts(parts)
    , m_owner(owner)
    , m_socket(std::move(socket))
    , m_moved(moved)
    , m_received(received)
{ }

HttpConnection::~HttpConnection() = default;

HttpHandler &HttpConnection::handler() { return m_owner.httpHandler(); }

void HttpConnection::start()
{
    m_socket->setListener(this);
    const NetConfig &config = m_parts.config;
    if (config.proxyProtocol && !m_moved && config.trustedProxies.contains(m_socket->peer()))
        m_state = State::ReadingProxyHeader;
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.headerTimeout);
    if (!m_socket->isConnected())
        disconnected();
    else if (!m_received.isEmpty())
        process();
}

void HttpConnection::readyRead()
{
    // Not zeroed: that costs more than most requests.
    ByteStream::Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    m_received.append(piece.data(), m_socket->read(piece));
    process();
}

/** False: the connection had to give way, and is gone. */
bool HttpConnection::settle()
{
    if (m_socket->settle())
        return true;
    m_socket->abort();
    return false;
}

void HttpConnection::bytesWritten()
{
    if (m_state != State::ReadingHead)
        return;
    // Nobody is idle who still takes the last answer.
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.headerTimeout);
    process();
}

void HttpConnection::requestComplete()
{
    m_body.reset();
    if (!settle())
        return;
    m_deadline.cancel();
    m_state = State::Answering;
    handler().requestReceived(this, std::exchange(m_request, {}));
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
    m_pending = nullptr;
    m_state = State::ReadingHead;
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.headerTimeout);
    if (m_parts.isShuttingDown)
        close();
    else
        process();
}

EventStream *HttpConnection::respondWithStream(const HttpResponse &head)
{
    if (m_state != State::Answering || !m_socket)
        return nullptr;
    m_state = State::Closing;
    EventStream *const stream = m_owner.openEventStream(std::move(m_socket), serializeStreamHead(head));
    finish();
    return stream;
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
    write(answerTo(refusal, m_request.path.isEmpty() ? pathIn(m_received) : m_request.path), false);
    close();
}

void HttpConnection::acceptWebSocket(qint64 maxMessageSize)
{
    if (m_state != State::Upgrading)
        return;
    const HttpRequest head = std::exchange(m_request, {});
    m_state = State::Closing;
    auto refusal = m_owner.openWebSocket(m_socket, m_received, head, maxMessageSize);
    if (!refusal) {
        finish();
        return;
    }
    m_state = State::Upgrading;
    respond(std::move(*refusal));
    handler().requestAborted(this);
}

void HttpConnection::close()
{
    if (!m_socket)
        return;
    m_state = State::Closing;
    m_deadline.schedule(&m_parts.deadlines, m_parts.config.closeTimeout);
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
    handler().requestAborted(this);
}

void HttpConnection::timedOut()
{
    const bool hasBegun = !m_received.isEmpty();
    const bool readsNothing = m_state == State::ReadingHead && m_socket->bytesToWrite() > 0;
    if (m_state == State::Closing || readsNothing) {
        m_socket->abort();
    } else if (m_state == State::ReadingProxyHeader) {
        m_owner.proxyHeaderMissing(m_socket->peer(), "no PROXY header in time");
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
            m_owner.moveAway(std::move(m_socket), m_received, worker);
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
        m_socket.release()->deleteLater(this);
    }
    m_owner.remove(this);
}

} // namespace dialogue
