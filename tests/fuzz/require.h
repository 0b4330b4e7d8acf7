#pragma once

#include <QByteArrayView>

#include <cstdint>
#include <cstdlib>

namespace dialogue::fuzz {

/** A property that must hold: where it does not, libFuzzer keeps the input. An assert would vanish in release
 * builds. */
inline void require(bool holds)
{
    if (!holds)
        std::abort();
}

inline QByteArrayView view(const uint8_t *data, size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

} // namespace dialogue::fuzz
