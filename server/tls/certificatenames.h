#pragma once

#include "server/tcp/peercertificate.h"

#include <chrono>

#include <openssl/types.h>

namespace dialogue::tls {

/** What \a certificate says, whose signature was checked before. */
[[nodiscard]] PeerCertificatePtr namesIn(X509 *certificate);

/** Of a certificate's ends, such as X509_get0_notAfter(). */
[[nodiscard]] std::chrono::system_clock::time_point timeOf(const ASN1_TIME *time);

} // namespace dialogue::tls
