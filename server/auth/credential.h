#pragma once

#include "server/auth/connectrequest.h"

#include <QByteArray>

#include <optional>

namespace dialogue {

/** Something that says who its bearer is; a secret, and never logged. */
struct Credential
{
    enum class From {
        Auth, ///< `auth.token` of CONNECT,
        Bearer, ///< `Authorization: Bearer`,
        Cookie,
    };
    QByteArray text;
    From from = From::Auth;
};

/** The one that \a request brings, in the order above; \a cookie: the name of one that may hold it, or empty.
 */
[[nodiscard]] std::optional<Credential> credentialOf(const ConnectRequest &request,
                                                     const QByteArray &cookie = {});

/** The value of the cookie \a name (RFC 6265, section 5.4), of several the first; empty: there is none. */
[[nodiscard]] QByteArray cookieOf(const HttpHeaders &headers, QByteArrayView name);

/**
 * Whether a cookie that came with \a headers says who wanted it sent: browsers send it with whatever page's
 * request. A page of another origin names it, and was let in by `cors.origins`; a GET of the server's own
 * page names none, and says so by Sec-Fetch-Site. Of a WebSocket every browser names it.
 */
[[nodiscard]] bool mayCookieSpeak(const HttpHeaders &headers);

} // namespace dialogue
