#pragma once

#include "core/base/result.h"

#include <QNetworkRequest>

#include <optional>

/** The client's side of the WebSocket's opening handshake (RFC 6455, section 4). Pure functions over bytes.
 */
namespace dialogue::client {

/** The head of an HTTP answer. */
struct HandshakeAnswer
{
    int status = 0;
    QByteArray reason; ///< What the status is in words; of strangers.
    QByteArray location; ///< Of a redirect.
    qsizetype size = 0; ///< Of the head, in bytes.
    QString fault; ///< Why it is no answer to a WebSocket though its status says so; empty: it is one.
};

/** As many bytes as a head may take. */
constexpr qsizetype LongestHead = 32768;

/** For Sec-WebSocket-Key. */
[[nodiscard]] QByteArray handshakeKey();

/** Asks for a WebSocket at the url of \a request, with its headers; those that are the handshake's own and
 * those that are none are left out. */
[[nodiscard]] QByteArray handshakeRequest(const QNetworkRequest &request, const QByteArray &key);

/** What \a bytes answer to a request made with \a key; nothing yet: more is needed. ProtocolViolation. */
[[nodiscard]] Result<std::optional<HandshakeAnswer>> readHandshake(QByteArrayView bytes,
                                                                   const QByteArray &key);

} // namespace dialogue::client
