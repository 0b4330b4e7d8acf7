#pragma once

#include "server/http/httpmessage.h"

#include <optional>

namespace dialogue {

/** What is answered to a \a request to upgrade that is not as RFC 6455, section 4.2.1, wants it: 426 or 400.
 */
std::optional<HttpResponse> refusalOfUpgrade(const HttpRequest &request);

/**
 * The bytes of the answer to one that is (RFC 6455, section 4.2.2). Of the subprotocols the client offers it
 * gets the first, as the reference has it: we speak the one we speak, and a client that offers some ends the
 * connection where none is named. \a deflates: permessage-deflate is agreed upon, which it has to have
 * offered.
 */
QByteArray upgradeResponse(const HttpHeaders &headers, bool deflates = false);

} // namespace dialogue
