#pragma once

#include <cstddef>

namespace dialogue {

/**
 * Call it after taking something out of \a hash, which keeps the room that it had at its fullest: gives that
 * back where next to nothing is left, so that a crowd that came and went costs nothing for ever. Takes
 * constant time, on average; iterators become invalid.
 */
template <class Hash>
void shrink(Hash &hash)
{
    constexpr std::size_t few = 256;
    constexpr std::size_t sparse = 8;
    const auto size = static_cast<std::size_t>(hash.size());
    if constexpr (requires { hash.squeeze(); }) {
        const auto capacity = static_cast<std::size_t>(hash.capacity());
        if (capacity > few && size < capacity / sparse)
            hash.squeeze();
    } else {
        const auto capacity = static_cast<std::size_t>(hash.bucket_count());
        if (capacity > few && size < capacity / sparse)
            hash.rehash(2 * size);
    }
}

} // namespace dialogue
