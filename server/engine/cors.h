#pragma once

#include "server/config/serverconfig.h"
#include "server/http/httpmessage.h"
#include "server/http/origin.h"

namespace dialogue::engineio {

/**
 * Which browser pages may use the server (Fetch, section 3.2: CORS). The page's Origin is checked on every
 * request, WebSocket handshakes too, because browsers do not apply CORS to those.
 */
class CorsPolicy
{
public:
    explicit CorsPolicy(const CorsConfig &config);

    /** At most one Origin header, a field value without control characters (RFC 9110, section 5.5). */
    [[nodiscard]] static bool isValidOrigin(const HttpRequest &request);
    /** No Origin, the server's own, one of the list, or any when the list says "*". */
    [[nodiscard]] bool allows(const HttpRequest &request) const;

    /** What is said to a page that \a request does not allow. */
    [[nodiscard]] static QString refusal(const HttpRequest &request);

    /** Other origins than the server's own are allowed. */
    [[nodiscard]] bool isConfigured() const { return m_any || !m_origins.isEmpty(); }

    /** The answer to OPTIONS. */
    [[nodiscard]] HttpResponse preflight(const HttpRequest &request) const;
    /** Adds what the browser asks of an answer to a page of \a origin, errors included. */
    void apply(const QByteArray &origin, HttpResponse &response) const;

private:
    [[nodiscard]] bool isListed(QByteArrayView text, const std::optional<Origin> &origin) const;

    bool m_any = false;
    bool m_credentials = false;
    QList<OriginPattern> m_origins;
};

} // namespace dialogue::engineio
