#pragma once

#include "server/net/httpmessage.h"

#include <optional>

namespace dialogue {

/** What is answered to a \a request to upgrade that is not as RFC 6455, section 4.2.1, wants it: 426 or 400.
 */
std::optional<HttpResponse> refusalOfUpgrade(const HttpRequest &request);

/** The bytes of the answer to one that is, by its Sec-WebSocket-Key (RFC 6455, section 4.2.2). */
QByteArray upgradeResponse(const QByteArray &key);

} // namespace dialogue
