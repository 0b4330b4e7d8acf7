#include "server/sse/ssereader.h"

#include "core/protocol/dialogue/errors.h"
#include "server/fanout/publication.h"
#include "server/fanout/roomstream.h"
#include "server/http/httpconnection.h"
#include "server/sse/sserefusal.h"
#include "server/sse/sserequest.h"

#include <QRandomGenerator>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::sse {

namespace {

/** A comment, which readers skip. */
FramePtr comment()
{
    static const FramePtr frame = Frame::raw(":\n\n");
    return frame;
}

} // namespace

SseReader::SseReader(SseReaderOwner &owner, const SseShared &shared, HttpConnection &connection,
                     const HttpRequest &request)
    : ChannelReader(shared.host.nextId())
    , m_owner(owner)
    , m_shared(shared)
    , m_connection(&connection)
    , m_origin(request.headers.value("Origin"))
    , m_readsEvents(readsEvents(request))
{
    connection.setPending(this);
}

SseReader::~SseReader()
{
    if (m_stream)
        m_stream->abort();
}

Delivered SseReader::deliver(const Publication &publication, Occasion occasion)
{
    if (publication.isVolatile() && (!m_stream || m_stream->isStuck()))
        return Delivered::Behind;
    return send(publication.encodedFor(occasion, m_shared.encoding));
}

Delivered SseReader::tellGap(const Gap &gap)
{
    return send(gap.room->in(m_shared.encoding)->gapFrame(gap.from, gap.to, gap.reason));
}

Delivered SseReader::send(const FramePtr &frame)
{
    if (m_stream) {
        m_saidSomething = true;
        (void)m_stream->send(frame);
    } else if (m_connection) {
        m_earlyBytes += frame->bytes().size();
        m_early.push_back(frame);
        if (m_earlyBytes > m_shared.sendQueue)
            disconnect(DisconnectReason::SlowReader);
    }
    return Delivered::Sent;
}

void SseReader::accepted(const QByteArray &)
{
    HttpResponse head
        = HttpResponse::of(200, "text/event-stream",
                           "retry: " + QByteArray::number(qint64(m_shared.config.retry.count())) + "\n\n");
    head.headers.append("Cache-Control", "no-store");
    head.headers.append("X-Accel-Buffering", "no"); // nginx would gather it.
    m_shared.host.dress(m_origin, head);
    HttpConnection *const connection = std::exchange(m_connection, nullptr);
    if (!connection)
        return;
    connection->setPending(nullptr);
    m_stream = connection->respondWithStream(head);
    if (!m_stream)
        return gone(DisconnectReason::TransportClosed);
    m_stream->setListener(this);
    for (const FramePtr &frame : std::exchange(m_early, {}))
        (void)m_stream->send(frame);
    m_heartbeat.schedule(&m_shared.host.deadlines(), m_shared.config.heartbeat);
}

void SseReader::refused(const QString &message, const QJsonValue &data)
{
    const auto code = codeFromName(data[u"code"_s].toString().toLatin1());
    Error error{code.value_or(ErrorCode::Unauthorized), message};
    if (const QJsonValue wait = data[u"retryAfter"_s]; wait.isDouble())
        error.retryAfter = std::chrono::milliseconds(wait.toInteger());
    respond(refusal(error, m_readsEvents, m_shared.config.retry));
    gone(DisconnectReason::ServerDisconnect);
}

void SseReader::respond(HttpResponse &&response)
{
    if (HttpConnection *const connection = std::exchange(m_connection, nullptr)) {
        m_shared.host.dress(m_origin, response);
        connection->setPending(nullptr);
        connection->respond(std::move(response));
    }
}

void SseReader::disconnect(DisconnectReason reason)
{
    respond(refusal({ErrorCode::Unavailable, u"The server has ended the stream before it began"_s},
                    m_readsEvents, m_shared.config.retry));
    if (m_stream) {
        if (reason == DisconnectReason::ServerShutdown) {
            // Not all of them at once.
            const qint64 retry = m_shared.config.retry.count();
            const auto spread = retry + QRandomGenerator::global()->bounded(retry + 1);
            (void)m_stream->send(Frame::raw("retry: " + QByteArray::number(spread) + "\n\n"));
        }
        if (reason == DisconnectReason::SlowReader)
            m_stream->abort();
        else
            m_stream->close();
        m_stream.clear();
    }
    gone(reason);
}

void SseReader::tellWhenDrained(qint64 mark, quint64 token)
{
    m_drainToken = token;
    if (m_stream)
        m_stream->tellWhenDrained(mark);
    else
        m_shared.host.drained(*this, token);
}

void SseReader::drained() { m_shared.host.drained(*this, m_drainToken); }

// It never says anything; what it takes is all that is known of it.
void SseReader::askWhetherAlive()
{
    if (m_stream && !m_stream->isStuck())
        m_shared.host.heard(*this);
}

qint64 SseReader::queuedBytes() const { return m_stream ? m_stream->queuedBytes() : m_earlyBytes; }

// A peer that is gone without a word is noticed by what it does not take.
void SseReader::beat()
{
    if (!m_stream)
        return;
    const bool isStuck = m_stream->isStuck() && !m_stream->takeMoved();
    if (isStuck && m_wasStuck) {
        m_stream->abort();
        m_stream.clear();
        gone(DisconnectReason::PingTimeout);
        return;
    }
    m_wasStuck = isStuck;
    if (!std::exchange(m_saidSomething, false) && !isStuck)
        (void)m_stream->send(comment());
    m_heartbeat.schedule(&m_shared.host.deadlines(), m_shared.config.heartbeat);
}

void SseReader::aborted()
{
    m_connection = nullptr;
    gone(DisconnectReason::TransportClosed);
}

void SseReader::streamClosed() { gone(DisconnectReason::TransportClosed); }

void SseReader::sendQueueOverflowed() { disconnect(DisconnectReason::SlowReader); }

void SseReader::gone(DisconnectReason reason)
{
    if (std::exchange(m_isGone, true))
        return;
    m_heartbeat.cancel();
    m_early.clear();
    m_shared.host.gone(*this, reason);
    m_owner.remove(*this);
}

} // namespace dialogue::sse
