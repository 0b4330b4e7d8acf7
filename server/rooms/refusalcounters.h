#pragma once

#include "core/base/error.h"

#include <QtGlobal>

#include <array>

namespace dialogue {

/** What clients were refused: requests, and CONNECTs. */
struct RefusalCounters
{
    std::array<qint64, static_cast<std::size_t>(ErrorCode::ConnectionLost) + 1> byCode{}; ///< By ErrorCode.

    void count(ErrorCode code) { ++byCode[static_cast<std::size_t>(code)]; }
    [[nodiscard]] qint64 of(ErrorCode code) const { return byCode[static_cast<std::size_t>(code)]; }
};

} // namespace dialogue
