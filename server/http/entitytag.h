#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

/** Whether what the client has, by its If-None-Match, is still that (RFC 9110, section 13.1.2; there the weak
 * ones count too). */
[[nodiscard]] bool isKnown(const HttpRequest &request, const QByteArray &tag);

} // namespace dialogue
