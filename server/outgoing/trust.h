#pragma once

#include "core/base/result.h"

#include <QSslConfiguration>
#include <QString>

namespace dialogue {

/** Who must have signed the certificate of a server that is asked over TLS: the authorities in \a caFile
 * (PEM), and no others; without a file those that the system trusts. ConfigError, with the name, where it
 * has none. Reads the file. */
[[nodiscard]] Result<QSslConfiguration> trustOf(const QString &caFile);

} // namespace dialogue
