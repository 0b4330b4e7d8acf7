#include "server/engine/cors.h"

#include <algorithm>

namespace dialogue::engineio {

namespace {

/** "https://example.org:443" -> "example.org": what a Host header says for the same place. */
QByteArray authority(QByteArrayView origin)
{
    const qsizetype scheme = origin.indexOf("://");
    if (scheme < 0)
        return {};
    return origin.sliced(scheme + 3).toByteArray().toLower();
}

} // namespace

CorsPolicy::CorsPolicy(const CorsConfig &config)
    : m_any(config.origins.contains(QStringLiteral("*")))
    // A wildcard never goes with credentials (Fetch, section 3.2.5).
    , m_credentials(config.credentials && !m_any)
{
    for (const QString &origin : config.origins)
        m_origins.append(origin.toUtf8().toLower());
}

bool CorsPolicy::isValidOrigin(const HttpRequest &request)
{
    const QByteArray origin = request.headers.value("Origin");
    return std::none_of(origin.begin(), origin.end(), [](char character) {
        const auto code = static_cast<uchar>(character);
        return (code < 0x20 && code != '\t') || code == 0x7f;
    });
}

bool CorsPolicy::allows(const HttpRequest &request) const
{
    const QByteArray origin = request.headers.value("Origin");
    if (origin.isEmpty() || m_any || isListed(origin))
        return true;
    // The scheme is left out: behind a proxy that ends TLS we cannot know ours.
    return authority(origin) == request.host().toLower();
}

QString CorsPolicy::refusal(const HttpRequest &request)
{
    return QStringLiteral("Pages of %1 may not use this server: cors.origins lists those that may")
        .arg(QString::fromUtf8(request.headers.value("Origin").left(200)));
}

HttpResponse CorsPolicy::preflight(const HttpRequest &request) const
{
    HttpResponse response{.status = 204};
    const QByteArray origin = request.headers.value("Origin");
    apply(origin, response);
    if (!response.headers.contains("Access-Control-Allow-Origin"))
        return response;
    response.headers.append("Access-Control-Allow-Methods", "GET,HEAD,PUT,PATCH,POST,DELETE");
    const QByteArray requested = request.headers.value("Access-Control-Request-Headers");
    if (!requested.isEmpty()) {
        response.headers.append("Vary", "Access-Control-Request-Headers");
        response.headers.append("Access-Control-Allow-Headers", requested);
    }
    return response;
}

void CorsPolicy::apply(const QByteArray &origin, HttpResponse &response) const
{
    if (m_any) {
        response.headers.append("Access-Control-Allow-Origin", "*");
        return;
    }
    if (m_origins.isEmpty())
        return;
    response.headers.append("Vary", "Origin");
    if (origin.isEmpty() || !isListed(origin))
        return;
    response.headers.append("Access-Control-Allow-Origin", origin);
    if (m_credentials)
        response.headers.append("Access-Control-Allow-Credentials", "true");
}

bool CorsPolicy::isListed(QByteArrayView origin) const
{
    return std::any_of(m_origins.begin(), m_origins.end(), [origin](const QByteArray &listed) {
        return origin.compare(listed, Qt::CaseInsensitive) == 0;
    });
}

} // namespace dialogue::engineio
