#pragma once

#include "core/base/result.h"

#include <QByteArray>

namespace dialogue::cli {

inline constexpr qint64 MostStandardInput = 64LL << 20; ///< Bytes.

/** All of it; it may be waited for. IoError, PayloadTooLarge. */
[[nodiscard]] Result<QByteArray> standardInput();

} // namespace dialogue::cli
