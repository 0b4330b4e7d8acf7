#pragma once

#include "server/http/httpmessage.h"

namespace dialogue {

/**
 * Whether \a request is somebody's on this machine, as far as can be told: it comes from an address of the
 * loopback, asks for one or for "localhost", and bears no trace of a proxy or of a page. A page whose name
 * points here asks for its own name, and one of another origin says that it is.
 */
[[nodiscard]] bool isFromThisMachine(const HttpRequest &request);

} // namespace dialogue
