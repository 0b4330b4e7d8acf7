#pragma once

#include <QtGlobal>

namespace dialogue {

/** Of the certificates that clients came with, see ServerConfig::auth. */
struct CertificateUseCounters
{
    qint64 accepted = 0;
    qint64 refused = 0;
};

} // namespace dialogue
