#pragma once

#include "server/http/httpmessage.h"

#include <optional>

namespace dialogue::engineio {

enum class TransportName { Polling, WebSocket };

[[nodiscard]] QByteArray wireName(TransportName transport);

/** The codes of Engine.IO's error answers. */
enum class HandshakeRefusal {
    TransportUnknown = 0,
    SessionUnknown = 1,
    BadHandshakeMethod = 2,
    BadRequest = 3,
    Forbidden = 4,
    UnsupportedVersion = 5,
};

/** What a request's query says about Engine.IO. */
struct Query
{
    std::optional<TransportName> transport; ///< Nothing: missing or unknown.
    QByteArray sid;
    bool versionOk = false; ///< EIO=4
    bool base64 = false; ///< b64=1: binary reaches this client as text.

    static Query parse(const HttpRequest &request);
};

/** What is known of the session a request names. */
enum class Known { Nothing, OnPolling, OnWebSocket };

/**
 * Whether a request that has passed the Origin check is in order: nothing, or the error to answer. Follows
 * the reference, checks in the order transport, sid, method, EIO; the session's transport is not looked at
 * for an Upgrade.
 */
[[nodiscard]] std::optional<HandshakeRefusal> verify(const Query &query, const QByteArray &method,
                                                     bool isUpgrade, Known session);

/** 400, or 403 for Forbidden, with `{"code":N,"message":"..."}`; \a message stands for the code's own text.
 */
[[nodiscard]] HttpResponse errorResponse(HandshakeRefusal refusal, const QString &message = {});

} // namespace dialogue::engineio
