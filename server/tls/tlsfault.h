#pragma once

#include <QString>

namespace dialogue::tls {

/** What OpenSSL says of its last failure in this thread, which is forgotten then; in words for a log. */
[[nodiscard]] QString takeFault();

} // namespace dialogue::tls
