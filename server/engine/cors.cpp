#include "server/engine/cors.h"

#include <algorithm>

namespace dialogue::engineio {

CorsPolicy::CorsPolicy(const CorsConfig &config)
    : m_any(config.origins.contains(QStringLiteral("*")))
    , m_credentials(config.credentials)
{
    for (const QString &origin : config.origins) {
        if (const Result<OriginPattern> pattern = OriginPattern::parse(origin))
            m_origins.append(*pattern);
    }
}

bool CorsPolicy::isValidOrigin(const HttpRequest &request)
{
    if (request.headers.count("Origin") > 1)
        return false; // One could be checked and the other be meant.
    const QByteArray origin = request.headers.value("Origin");
    return std::none_of(origin.begin(), origin.end(), [](char character) {
        const auto code = static_cast<uchar>(character);
        return (code < 0x20 && code != '\t') || code == 0x7f;
    });
}

bool CorsPolicy::allows(const HttpRequest &request) const
{
    const QByteArray text = request.headers.value("Origin");
    // PHP's client names "*", which is no origin; no browser does.
    if (text.isEmpty() || text == "*" || m_any)
        return true;
    const std::optional<Origin> origin = parseOrigin(text);
    return (origin && isSameOrigin(*origin, request.host(), request.unnamedPort)) || isListed(text, origin);
}

QString CorsPolicy::refusal(const HttpRequest &request)
{
    return QStringLiteral(
               "Pages of %1 may not use this server: cors.origins lists those that may. If it is the "
               "server's own page, let the proxy in front pass its Host on (docs/deployment.md)")
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
    if (m_any) { // Which never goes with credentials (Fetch, section 3.2.5).
        response.headers.append("Access-Control-Allow-Origin", "*");
        return;
    }
    if (!isConfigured())
        return;
    response.headers.append("Vary", "Origin");
    if (origin.isEmpty() || !isListed(origin, parseOrigin(origin)))
        return;
    response.headers.append("Access-Control-Allow-Origin", origin);
    if (m_credentials)
        response.headers.append("Access-Control-Allow-Credentials", "true");
}

bool CorsPolicy::isListed(QByteArrayView text, const std::optional<Origin> &origin) const
{
    return std::any_of(m_origins.begin(), m_origins.end(),
                       [&](const OriginPattern &pattern) { return pattern.matches(text, origin); });
}

} // namespace dialogue::engineio
