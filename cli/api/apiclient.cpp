#include "cli/api/apiclient.h"

#include <QEventLoop>
#include <QJsonDocument>
#include <QNetworkReply>

#include <chrono>
#include <memory>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

constexpr std::chrono::seconds Patience{30};
constexpr qint64 LargestAnswer = 64LL << 20;

QUrl urlOf(const ClientConfig &config, const QString &path)
{
    QUrl url = config.url;
    if (url.scheme() == u"ws" || url.scheme() == u"wss")
        url.setScheme(url.scheme() == u"ws" ? u"http"_s : u"https"_s);
    QString base = url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment
                                | QUrl::StripTrailingSlash | QUrl::FullyEncoded)
        + url.path(QUrl::FullyEncoded);
    if (base.endsWith(u'/'))
        base.chop(1);
    return QUrl(base + u"/api/v1"_s + path, QUrl::StrictMode);
}

/** What a server said against it, if it is what an API says. */
Error refusalIn(const QByteArray &body, int status)
{
    const QJsonObject problem = QJsonDocument::fromJson(body).object();
    const QString detail = problem[u"detail"_s].toString();
    const auto code = codeFromName(problem[u"code"_s].toString().toUtf8());
    if (detail.isEmpty() || !code) {
        return {.code = ErrorCode::ProtocolViolation,
                .message
                = u"the server answered %1, and not as an API of Dialogue does; has it one (auth.apiKeys, "
                  u"api.port)?"_s.arg(status)};
    }
    return {.code = *code, .message = detail};
}

} // namespace

ApiClient::ApiClient(const ClientConfig &config)
    : m_config(config)
{
    if (config.proxy)
        m_network.setProxy(*config.proxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // The key is for this server.
}

Result<QByteArray> ApiClient::ask(const ApiRequest &asked)
{
    QNetworkRequest request(urlOf(m_config, asked.path));
    request.setTransferTimeout(std::chrono::milliseconds(Patience).count());
    request.setRawHeader("Accept", "application/json");
    request.setSslConfiguration(m_config.ssl);
    if (const QString key = m_config.auth()[u"token"_s].toString(); !key.isEmpty())
        request.setRawHeader("Authorization", "Bearer " + key.toUtf8());
    for (const auto &[name, value] : m_config.headers)
        request.setRawHeader(name, value);
    for (const auto &[name, value] : asked.headers)
        request.setRawHeader(name, value);
    if (!asked.body.isEmpty())
        request.setRawHeader("Content-Type", "application/json");
    const std::unique_ptr<QNetworkReply> reply(
        m_network.sendCustomRequest(request, asked.method, asked.body));
    QEventLoop loop;
    QObject::connect(reply.get(), &QNetworkReply::finished, &loop, &QEventLoop::quit);
    QObject::connect(reply.get(), &QNetworkReply::sslErrors, &loop, [&](const QList<QSslError> &errors) {
        if (m_config.trustCertificate && m_config.trustCertificate(errors))
            reply->ignoreSslErrors();
    });
    QObject::connect(reply.get(), &QNetworkReply::downloadProgress, &loop, [&](qint64 received) {
        if (received > LargestAnswer)
            reply->abort();
    });
    if (!reply->isFinished())
        loop.exec();
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0)
        return Error{.code = ErrorCode::ConnectionLost, .message = reply->errorString()};
    const QByteArray body = reply->readAll();
    if (status < 200 || status > 299)
        return refusalIn(body, status);
    if (reply->error() != QNetworkReply::NoError)
        return Error{.code = ErrorCode::ConnectionLost, .message = reply->errorString()};
    return body;
}

} // namespace dialogue::cli
