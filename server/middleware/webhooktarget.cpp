#include "server/middleware/webhooktarget.h"

#include "core/base/answer.h"
#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/socketio/packet.h"
#include "server/files/smallfile.h"
#include "server/outgoing/plainrequest.h"
#include "server/outgoing/trust.h"

#include <QDateTime>
#include <QMessageAuthenticationCode>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPointer>
#include <QPromise>
#include <QSslSocket>
#include <QTimer>
#include <QUuid>

#include <algorithm>
#include <functional>
#include <optional>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue {

namespace {

constexpr qint64 LargestSecret = 4096;
constexpr qsizetype SmallestSecret = 16;
constexpr std::chrono::milliseconds FirstPause = 100ms; // Twice as long before each further try.
constexpr std::chrono::seconds AskAgain{1};

QNetworkRequest webhookRequest(const QUrl &url)
{
    QNetworkRequest request = plainRequest(url);
    request.setHeader(QNetworkRequest::ContentTypeHeader, u"application/json"_s);
    request.setRawHeader("Accept", "application/json, application/problem+json, text/plain");
    return request;
}

Error wrongMember(const QString &path, const QString &what) { return {ErrorCode::ConfigError, what, path}; }

/** Whether no whole answer has come; the others are how Qt names those that are no success. */
bool isOfTransport(QNetworkReply::NetworkError error)
{
    return (error != QNetworkReply::NoError && error < QNetworkReply::ContentAccessDenied)
        || error == QNetworkReply::ProtocolFailure || error == QNetworkReply::ProtocolUnknownError;
}

} // namespace

/** About one event, until it is answered or nobody wants to know any more. */
class WebhookTarget::Question final : public QObject
{
public:
    Question(std::shared_ptr<WebhookTarget> target, const EventMessage &message, QByteArray body)
        : QObject(&target->m_network)
        , m_target(std::move(target))
        , m_message(message)
        , m_body(std::move(body))
    {
        m_promise.start();
        ++m_target->m_pending;
        m_target->m_bytes += m_body.size();
        ++m_target->m_counters.webhooksWaiting;
        m_target->m_counters.webhookBytes += m_body.size();
    }
    Q_DISABLE_COPY_MOVE(Question)
    ~Question() override
    {
        if (m_reply) {
            m_reply->disconnect(this);
            m_reply->abort();
            m_reply->deleteLater();
        }
        --m_target->m_pending;
        m_target->m_bytes -= m_body.size();
        --m_target->m_counters.webhooksWaiting;
        m_target->m_counters.webhookBytes -= m_body.size();
    }

    [[nodiscard]] QFuture<Result<EventMessage>> begin(const std::stop_token &stop)
    {
        QTimer::singleShot(webhook().timeout, this, [this] { fail(u"it did not answer in time"_s); });
        m_deadline.setRemainingTime(webhook().timeout);
        send();
        m_unwanted.emplace(stop, [this] { deleteLater(); });
        return m_promise.future();
    }

private:
    [[nodiscard]] const Webhook &webhook() const { return m_target->m_webhook; }

    void send()
    {
        QNetworkRequest request = webhookRequest(m_target->m_url);
        request.setSslConfiguration(m_target->m_trust);
        const QByteArray time = QByteArray::number(QDateTime::currentSecsSinceEpoch());
        request.setRawHeader("Dialogue-Delivery", m_id);
        request.setRawHeader("Dialogue-Timestamp", time);
        request.setRawHeader("Dialogue-Signature", signature(m_target->m_secret, time, m_body));
        m_reply = m_target->m_network.post(request, m_body);
        // One more shows that there is more.
        m_reply->setReadBufferSize(webhook().answerSize + 1);
        connect(m_reply, &QNetworkReply::readyRead, this, [this] {
            if (m_reply->bytesAvailable() > webhook().answerSize)
                fail(u"its answer has more than %1 bytes (answerSize)"_s.arg(webhook().answerSize));
        });
        connect(m_reply, &QNetworkReply::finished, this, &Question::finished);
    }

    void finished()
    {
        QNetworkReply *const reply = std::exchange(m_reply, {});
        reply->deleteLater();
        if (m_isOver)
            return;
        const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
        if (reply->bytesAvailable() > webhook().answerSize)
            return fail(u"its answer has more than %1 bytes (answerSize)"_s.arg(webhook().answerSize));
        // An answer that has broken off is none, whatever its status was.
        if (status == 0 || isOfTransport(reply->error()))
            return again(reply->errorString());
        const WebhookAnswer answer = readWebhookReply(
            {.status = status,
             .contentType = reply->header(QNetworkRequest::ContentTypeHeader).toByteArray(),
             .body = reply->readAll()});
        switch (answer.kind) {
        case WebhookAnswer::Kind::Pass:
            return pass(answer);
        case WebhookAnswer::Kind::Stop:
            ++m_target->m_counters.webhooksStopped;
            return end(Error{ErrorCode::EventBlocked, answer.text});
        case WebhookAnswer::Kind::Retry:
            return again(answer.text);
        case WebhookAnswer::Kind::Fail:
            return fail(answer.text);
        }
    }

    void pass(const WebhookAnswer &answer)
    {
        if (answer.data) {
            if (!socketio::placeholdersFit(*answer.data, static_cast<int>(m_message.attachments.size())))
                return fail(u"its data has a binary placeholder without its attachment"_s);
            m_message.data = *answer.data;
        }
        if (answer.meta)
            m_message.meta = *answer.meta;
        end(m_message);
    }

    void again(const QString &what)
    {
        const auto pause = FirstPause * (1 << std::min(m_retries, 16));
        if (m_retries >= webhook().retries || m_deadline.remainingTimeAsDuration() <= pause)
            return fail(what);
        ++m_retries;
        ++m_target->m_counters.webhooksRetried;
        QTimer::singleShot(pause, this, [this] {
            if (!m_isOver)
                send();
        });
    }

    void fail(const QString &what)
    {
        if (!m_isOver)
            end(m_target->failed(m_message, what));
    }

    void end(const Result<EventMessage> &outcome)
    {
        if (std::exchange(m_isOver, true))
            return;
        m_promise.addResult(outcome);
        m_promise.finish();
        deleteLater();
    }

    const std::shared_ptr<WebhookTarget> m_target;
    EventMessage m_message;
    const QByteArray m_body;
    const QByteArray m_id = QUuid::createUuid().toByteArray(QUuid::WithoutBraces); ///< Of all its tries.
    QDeadlineTimer m_deadline;
    QPointer<QNetworkReply> m_reply; ///< Of a try that is under way.
    QPromise<Result<EventMessage>> m_promise;
    std::optional<std::stop_callback<std::function<void()>>> m_unwanted;
    int m_retries = 0;
    bool m_isOver = false;
};

namespace {

Result<QByteArray> secretOf(const Webhook &webhook)
{
    Result<QByteArray> secret = contentOf(webhook.secretFile, LargestSecret);
    if (!secret)
        return wrongMember(u"secretFile"_s, secret.error().message);
    if (secret->endsWith('\n'))
        secret->chop(secret->endsWith("\r\n") ? 2 : 1);
    if (secret->size() < SmallestSecret) {
        return wrongMember(u"secretFile"_s,
                           u"%1 has %2 bytes; a secret has %3 random ones and more"_s.arg(webhook.secretFile)
                               .arg(secret->size())
                               .arg(SmallestSecret));
    }
    return secret;
}

Result<QSslConfiguration> trustedBy(const Webhook &webhook)
{
    Result<QSslConfiguration> trust = trustOf(webhook.ca);
    if (!trust)
        return wrongMember(u"ca"_s, trust.error().message);
    return trust;
}

} // namespace

Result<void> WebhookTarget::check(const Webhook &webhook)
{
    if (const auto secret = secretOf(webhook); !secret)
        return secret.error();
    if (const auto trust = trustedBy(webhook); !trust)
        return trust.error();
    return {};
}

Result<std::shared_ptr<WebhookTarget>>
WebhookTarget::create(const Webhook &webhook, QNetworkAccessManager &network, MiddlewareCounters &counters)
{
    Result<QByteArray> secret = secretOf(webhook);
    if (!secret)
        return secret.error();
    if (webhook.url.startsWith("https:"_L1, Qt::CaseInsensitive) && !QSslSocket::supportsSsl())
        return wrongMember(u"url"_s, u"is https, and Qt finds no TLS here"_s);
    const Result<QSslConfiguration> trust = trustedBy(webhook);
    if (!trust)
        return trust.error();
    return std::shared_ptr<WebhookTarget>(
        new WebhookTarget(webhook, *std::move(secret), *trust, network, counters));
}

WebhookTarget::WebhookTarget(const Webhook &webhook, QByteArray secret, const QSslConfiguration &trust,
                             QNetworkAccessManager &network, MiddlewareCounters &counters)
    : m_webhook(webhook)
    , m_url(webhook.url, QUrl::StrictMode)
    , m_secret(std::move(secret))
    , m_trust(trust)
    , m_network(network)
    , m_counters(counters)
{ }

QByteArray WebhookTarget::signature(const QByteArray &secret, const QByteArray &time, const QByteArray &body)
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, secret);
    code.addData(time);
    code.addData(".");
    code.addData(body);
    return "v1=" + code.result().toHex();
}

QFuture<Result<EventMessage>> WebhookTarget::ask(const EventMessage &message, const std::stop_token &stop)
{
    QByteArray body = protocol::encodeEventMessage(message);
    if (m_pending >= m_webhook.maxPending || m_bytes + body.size() > m_webhook.pendingBytes) {
        ++m_counters.webhooksFull;
        return later::ended<EventMessage>(
            failed(message, u"too many events wait for it already (maxPending, pendingBytes)"_s));
    }
    ++m_counters.webhooksAsked;
    return (new Question(shared_from_this(), message, std::move(body)))->begin(stop);
}

Result<EventMessage> WebhookTarget::failed(const EventMessage &message, const QString &what)
{
    ++m_counters.webhooksFailed;
    const bool passes = m_webhook.onError == WebhookFailure::Pass;
    if (const int times = m_failures.count()) {
        qCWarning(lcRooms).noquote() << "Webhook" << m_url.toString(QUrl::RemovePath | QUrl::RemoveQuery)
                                     << "could not be asked about" << times
                                     << (passes ? "events, which pass" : "events, which are refused")
                                     << "- the last time:" << printable(what);
    }
    if (passes)
        return message;
    return Error{ErrorCode::Unavailable,
                 u"The server could not ask whether this may be said; try again"_s,
                 {},
                 AskAgain};
}

} // namespace dialogue
