#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the API keys that clients came with, see ServerConfig::auth. */
struct ApiKeyCounters
{
    qint64 accepted = 0;
    qint64 refused = 0; ///< For whatever reason but the next.
    qint64 expired = 0;
    qint64 revoked = 0; ///< Secrets that were taken out of the file, or changed, while it was used.
    qint64 keysRead = 0; ///< Times that the keys were read anew, as the file has changed,
    qint64 keysKept = 0; ///< and that they were bad, and those from before stayed.
};

} // namespace dialogue
