#include "client/engineio/pollingtransport.h"

#include "client/engineio/cookiesofhost.h"
#include "client/engineio/endpoint.h"

#include <QAuthenticator>

namespace dialogue::client {

namespace {

qsizetype encodedSize(const engineio::Packet &packet)
{
    return 2 + (packet.binary ? (packet.data.size() + 2) / 3 * 4 : packet.data.size());
}

/** In memory: what waits is bounded by it, however short its packets are. */
qsizetype heldSize(const engineio::Packet &packet)
{
    constexpr qsizetype overhead = 64;
    return overhead + packet.data.size();
}

/** A packet takes a hundred bytes here, however short it is there: a body of the shortest ones would grow a
 * fiftyfold. What a Dialogue server says is never shorter than this on the average. */
qsizetype mostPackets(const QByteArray &body)
{
    constexpr qsizetype few = 1000;
    constexpr qsizetype shortest = 16;
    return few + body.size() / shortest;
}

constexpr int TooLarge = 413; // RFC 9110, 15.5.14

/** Markup, as none of the protocol's packets begins. */
bool isPage(const QByteArray &body) { return body.trimmed().startsWith('<'); }

} // namespace

PollingTransport::PollingTransport(const ConnectionConfig &config)
    : m_config(config)
{
    m_http.setAutoDeleteReplies(true);
}

PollingTransport::~PollingTransport() { PollingTransport::abort(); }

void PollingTransport::open()
{
    m_http.setProxy(m_config.proxy.value_or(QNetworkProxy::NoProxy));
    if (hasAddress())
        m_http.setCookieJar(new CookiesOfHost(m_config.url.host())); // which owns it
    connect(&m_http, &QNetworkAccessManager::sslErrors, this,
            [this](QNetworkReply *reply, const QList<QSslError> &errors) {
                if (m_config.trustCertificate && m_config.trustCertificate(errors))
                    reply->ignoreSslErrors(errors);
                else
                    m_sslErrors = errors;
            });
    answerChallenges();
    poll();
}

void PollingTransport::answerChallenges()
{
    connect(&m_http, &QNetworkAccessManager::authenticationRequired, this,
            [this](QNetworkReply *, QAuthenticator *authenticator) {
                if (m_config.url.userName().isEmpty() || std::exchange(m_answered, true))
                    return; // they were the wrong ones
                authenticator->setUser(m_config.url.userName());
                authenticator->setPassword(m_config.url.password());
            });
}

bool PollingTransport::isChallenged()
{
    if (m_sid.isEmpty()) { // Whatever the reason, nothing is lost or doubled yet.
        m_introducedTwice = true;
        return true;
    }
    // Qt says nothing when it answers with what it knows.
    const bool mayAnswer = m_answered || !m_http.proxy().user().isEmpty();
    return m_introducedTwice && mayAnswer && m_challengesDue-- > 0;
}

void PollingTransport::begin(const engineio::Handshake &handshake)
{
    m_sid = handshake.sid;
    m_maxPayload = handshake.maxPayload;
}

void PollingTransport::setReading(bool reading)
{
    m_reading = reading;
    if (m_reading && !m_polling && !m_ended && !m_resting)
        poll();
}

void PollingTransport::comeToRest()
{
    m_resting = true;
    QMetaObject::invokeMethod(this, &PollingTransport::tellRest, Qt::QueuedConnection);
}

void PollingTransport::tellRest()
{
    if (m_resting && !m_polling && !m_posting && !m_ended)
        Q_EMIT atRest();
}

void PollingTransport::resume()
{
    m_resting = false;
    if (m_ended)
        return;
    if (m_reading && !m_polling)
        poll();
    if (!m_posting && !m_waiting.empty())
        post();
}

std::deque<engineio::Packet> PollingTransport::takeWaiting()
{
    m_bytesWaiting = 0;
    return std::exchange(m_waiting, {});
}

void PollingTransport::check()
{
    // Nobody minds a heartbeat's answer too many, and each body is answered for.
    send({.type = engineio::PacketType::Pong});
}

void PollingTransport::poll()
{
    m_polling = true;
    QNetworkReply *const reply = guard(m_http.get(makeRequest()));
    connect(reply, &QNetworkReply::finished, this, [this, reply] { onPolled(reply); });
}

bool PollingTransport::hasAddress() const
{
    // One of this link alone has no place in a url that everybody takes.
    return !m_config.address.isNull() && m_config.address.scopeId().isEmpty();
}

QNetworkRequest PollingTransport::makeRequest() const
{
    const QUrl url = endpointUrl(m_config, TransportKind::Polling, m_sid);
    QNetworkRequest request = endpointRequest(m_config, url);
    introduce(request);
    if (!hasAddress())
        return request;
    // To the address, and for the server all is as if it were to the name.
    if (!request.hasRawHeader("Host"))
        request.setRawHeader("Host", request.url().authority(QUrl::FullyEncoded).toLatin1());
    request.setPeerVerifyName(url.host());
    request.setAttribute(QNetworkRequest::Http2AllowedAttribute, false); // which names the url's host
    QUrl there = request.url();
    there.setHost(m_config.address.toString());
    request.setUrl(there);
    return request;
}

bool PollingTransport::isProxied(const QUrl &url) const
{
    const QNetworkProxy::ProxyType type = m_http.proxy().type();
    const bool isHttp = type == QNetworkProxy::HttpProxy || type == QNetworkProxy::HttpCachingProxy;
    return isHttp && url.scheme() == QLatin1String("http");
}

void PollingTransport::introduce(QNetworkRequest &request) const
{
    const QNetworkProxy proxy = m_http.proxy();
    if (isProxied(request.url()) && !proxy.user().isEmpty())
        request.setRawHeader("Proxy-Authorization", basicCredentials(proxy.user(), proxy.password()));
}

QNetworkReply *PollingTransport::guard(QNetworkReply *reply)
{
    // QNetworkAccessManager sends a request again by itself when the connection breaks before the answer.
    // What the lost answer carried, or what the server already took, is then lost or doubled without a word:
    // so the session ends, and the next one recovers.
    connect(reply, &QNetworkReply::requestSent, this, [this, sent = 0]() mutable {
        if (++sent > 1 && !isChallenged())
            fail(QStringLiteral("The connection broke during a request"));
    });
    // What one body may grow to; the buffer is bounded before it is read.
    connect(reply, &QNetworkReply::readyRead, this, [this, reply] {
        if (reply->bytesAvailable() > m_config.limits.messageSize) {
            fail(QStringLiteral("The server's answer is larger than the %1 bytes taken (limits.messageSize)")
                     .arg(m_config.limits.messageSize));
            reply->abort();
        }
    });
    return reply;
}

std::optional<QByteArray> PollingTransport::bodyOf(QNetworkReply *reply, qint64 sent)
{
    if (m_ended)
        return std::nullopt;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (reply->error() != QNetworkReply::NoError || status != 200) {
        const QByteArray said = reply->read(200);
        ConnectionFailure failure(
            kindOf(reply->error(), status),
            status == 0 ? QStringLiteral("Polling: %1").arg(reply->errorString())
                        : QStringLiteral("Polling: HTTP %1, %2").arg(status).arg(QString::fromUtf8(said)));
        using Kind = ConnectionFailure::Kind;
        const bool isAway = failure.kind == Kind::Unreachable || failure.kind == Kind::HostNotFound;
        if (isAway && isProxied(reply->url()))
            failure.kind = Kind::Proxy; // which is all that Qt was looking for
        failure.httpStatus = status;
        failure.refusedBytes = status == TooLarge ? sent : 0;
        failure.sslErrors = m_sslErrors;
        const QVariant target = reply->attribute(QNetworkRequest::RedirectionTargetAttribute);
        if (failure.kind == Kind::Redirect && target.isValid())
            failure.redirectedTo = endpointUrl(m_config, TransportKind::Polling, m_sid)
                                       .adjusted(QUrl::RemoveUserInfo)
                                       .resolved(target.toUrl());
        fail(failure);
        return std::nullopt;
    }
    return reply->readAll();
}

void PollingTransport::onPolled(QNetworkReply *reply)
{
    m_polling = false;
    const auto body = bodyOf(reply);
    if (!body)
        return;
    if (body->count('\x1e') > mostPackets(*body))
        return fail(QStringLiteral("The server's answer holds more than %1 packets in %2 bytes")
                        .arg(mostPackets(*body))
                        .arg(body->size()));
    const auto packets = engineio::decodePayload(*body);
    if (!packets && m_sid.isEmpty() && isPage(*body)) {
        ConnectionFailure failure(ConnectionFailure::Kind::CaptivePortal,
                                  QStringLiteral("Polling: %1 answers with a page for people; does this "
                                                 "network want somebody to sign in?")
                                      .arg(m_config.url.host()));
        failure.httpStatus = 200;
        return fail(failure);
    }
    if (!packets)
        return fail(packets.error().text());
    for (const engineio::Packet &packet : *packets) {
        if (m_ended)
            return;
        Q_EMIT packetReceived(packet);
    }
    if (m_ended)
        return;
    if (m_sid.isEmpty())
        return fail(QStringLiteral("The server's first answer is no Engine.IO handshake"));
    if (m_resting)
        tellRest();
    else if (m_reading)
        poll();
}

void PollingTransport::send(const engineio::Packet &packet)
{
    m_waiting.push_back(packet);
    m_bytesWaiting += heldSize(packet);
    if (!m_posting && (!m_resting || m_ended))
        post();
}

void PollingTransport::post()
{
    QList<engineio::Packet> batch;
    qint64 size = 0;
    while (!m_waiting.empty()) {
        size += encodedSize(m_waiting.front());
        if (!batch.isEmpty() && size > m_maxPayload)
            break;
        m_bytesWaiting -= heldSize(m_waiting.front());
        batch.append(m_waiting.front());
        m_waiting.pop_front();
    }
    m_posting = true;
    QNetworkRequest request = makeRequest();
    request.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("text/plain;charset=UTF-8"));
    const QByteArray body = engineio::encodePayload(batch);
    QNetworkReply *const reply = guard(m_http.post(request, body));
    connect(reply, &QNetworkReply::finished, this, [this, reply, batch, sent = body.size()] {
        m_posting = false;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (!m_ended && status == TooLarge && batch.size() > 1)
            return postInParts(batch, sent);
        const bool taken = reply->error() == QNetworkReply::NoError;
        if (!(m_ended ? taken : bodyOf(reply, sent).has_value()))
            return;
        if (!m_waiting.empty() && (!m_resting || m_ended))
            post();
        if (!m_ended)
            Q_EMIT answered();
        tellRest();
    });
}

void PollingTransport::postInParts(const QList<engineio::Packet> &batch, qint64 size)
{
    for (const engineio::Packet &packet : batch)
        m_bytesWaiting += heldSize(packet);
    m_waiting.insert(m_waiting.begin(), batch.begin(), batch.end());
    m_maxPayload = size / 2;
    post();
}

void PollingTransport::close()
{
    if (!m_sid.isEmpty() && !m_ended)
        send({.type = engineio::PacketType::Close});
    m_ended = true;
}

void PollingTransport::abort()
{
    m_ended = true;
    m_waiting.clear();
    m_bytesWaiting = 0;
}

void PollingTransport::fail(const QString &message)
{
    fail(ConnectionFailure(ConnectionFailure::Kind::Lost, message));
}

void PollingTransport::fail(const ConnectionFailure &failure)
{
    if (m_ended)
        return;
    m_ended = true;
    m_waiting.clear();
    m_bytesWaiting = 0;
    Q_EMIT failed(failure, true);
}

} // namespace dialogue::client
