#pragma once

#include <QtGlobal>

namespace dialogue {

/** How often certificates were read, see ServerConfig::tls. */
struct CertificateCounters
{
    qint64 read = 0; ///< Anew, as a file has changed,
    qint64 kept = 0; ///< and were bad, so that those from before stayed.
};

} // namespace dialogue
