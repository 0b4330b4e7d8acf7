#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the tokens that clients came with, see ServerConfig::auth. */
struct TokenCounters
{
    int pending = 0; ///< Being checked, now.
    qint64 accepted = 0;
    qint64 refused = 0; ///< For whatever reason but the next two.
    qint64 expired = 0;
    qint64 unchecked = 0; ///< As auth.jwt.maxPending were being checked.
    qint64 keysRead = 0; ///< Times that keys were read anew, as a file has changed,
    qint64 keysKept = 0; ///< and that they were bad, and those from before stayed.
    qint64 keysFetched = 0; ///< Times that keys came from auth.jwt.jwks.url,
    qint64 fetchesFailed = 0; ///< and that none did, or bad ones.
};

} // namespace dialogue
