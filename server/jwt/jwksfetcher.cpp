#include "server/jwt/jwksfetcher.h"

#include "server/outgoing/plainrequest.h"
#include "server/outgoing/trust.h"

#include <QNetworkReply>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace dialogue::jwt {

namespace {

constexpr std::chrono::seconds LeastAge = 5min;
constexpr std::chrono::seconds MostAge = 24h;

QNetworkRequest requestFor(const QUrl &url, std::chrono::milliseconds timeout)
{
    QNetworkRequest request = plainRequest(url);
    request.setRawHeader("Accept", "application/jwk-set+json, application/json");
    request.setTransferTimeout(static_cast<int>(timeout.count()));
    return request;
}

} // namespace

std::chrono::seconds maxAgeOf(const QByteArray &cacheControl)
{
    for (const QByteArray &part : cacheControl.split(',')) {
        const QByteArray directive = part.trimmed().toLower();
        if (!directive.startsWith("max-age="))
            continue;
        bool good = false;
        const qlonglong age = directive.mid(8).toLongLong(&good);
        if (good)
            return std::chrono::seconds(
                std::clamp<qlonglong>(age, LeastAge.count(), std::chrono::seconds(MostAge).count()));
    }
    return LeastAge;
}

JwksFetcher::JwksFetcher(const QUrl &url, const QString &caFile, Times times, Fetched fetched)
    : m_url(url)
    , m_caFile(caFile)
    , m_times(times)
    , m_fetched(std::move(fetched))
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, [this] { (void)refresh(); });
    ask();
}

JwksFetcher::~JwksFetcher()
{
    if (m_reply)
        m_reply->disconnect(this);
}

bool JwksFetcher::refresh()
{
    if (m_reply)
        return true;
    if (!m_next.hasExpired())
        return false;
    ask();
    return true;
}

void JwksFetcher::ask()
{
    m_next.setRemainingTime(m_times.pause);
    const Result<QSslConfiguration> trust = trustOf(m_caFile);
    if (!trust) {
        // Not before who asks is ready to hear of it.
        QMetaObject::invokeMethod(
            this, [this, what = trust.error().message] { failed(what); }, Qt::QueuedConnection);
        return;
    }
    QNetworkRequest request = requestFor(m_url, m_times.timeout);
    request.setSslConfiguration(*trust);
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(LargestSet + 1); // One more shows that there is more.
    connect(m_reply, &QNetworkReply::readyRead, this, [this] {
        if (m_reply && m_reply->bytesAvailable() > LargestSet)
            failed(u"it has more than %1 bytes"_s.arg(LargestSet));
    });
    connect(m_reply, &QNetworkReply::finished, this, &JwksFetcher::answered);
}

void JwksFetcher::answered()
{
    QNetworkReply *const reply = m_reply;
    if (!reply)
        return;
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 200 || reply->error() != QNetworkReply::NoError)
        return failed(status == 0 ? reply->errorString() : u"the answer was %1"_s.arg(status));
    QByteArray text = reply->readAll();
    if (text.size() > LargestSet)
        return failed(u"it has more than %1 bytes"_s.arg(LargestSet));
    m_reply = nullptr;
    reply->deleteLater();
    askIn(maxAgeOf(reply->rawHeader("Cache-Control")));
    m_fetched(std::move(text));
}

void JwksFetcher::failed(const QString &what)
{
    if (QNetworkReply *const reply = std::exchange(m_reply, {})) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
    refuse();
    m_fetched(Error{ErrorCode::Unavailable, what});
}

void JwksFetcher::refuse() { askIn(m_times.pause); }

void JwksFetcher::askIn(std::chrono::milliseconds time)
{
    // Not a moment too early, when it would be refused.
    m_due.start(std::max(time, std::chrono::milliseconds(m_next.remainingTime() + 1)));
}

} // namespace dialogue::jwt
