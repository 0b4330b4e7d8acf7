#pragma once

#include "core/json/stringtoken.h"

#include <experimental/simd>

// Sixteen bytes of a text at once.

namespace dialogue::json {

namespace simd = std::experimental;

// Signed, whatever a char is on this machine.
using Chunk = simd::simd<signed char, simd::simd_abi::deduce_t<signed char, 16>>;
constexpr auto ChunkSize = qsizetype(Chunk::size());

inline Chunk chunkAt(const char *at)
{
    return Chunk(reinterpret_cast<const signed char *>(at), simd::element_aligned);
}

/**
 * In a string, from \a at to the first that is not plain: the closing quote, a backslash, a control
 * character, or one that is not ASCII (as signed bytes these are below the blank, too). \a end
 * where there is none.
 */
inline const char *plainStretch(const char *at, const char *end)
{
    constexpr signed char blank = 0x20;
    const auto isPlain = [](char c) { return static_cast<signed char>(c) >= blank && c != '"' && c != '\\'; };
    for (; end - at >= ChunkSize; at += ChunkSize) {
        const Chunk chunk = chunkAt(at);
        const auto hits = chunk < blank || chunk == '"' || chunk == '\\';
        if (simd::any_of(hits))
            return at + simd::find_first_set(hits);
    }
    while (at < end && isPlain(*at))
        ++at;
    return at;
}

} // namespace dialogue::json
