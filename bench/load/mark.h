#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dialogue::bench {

/** What an event of ours says of itself, in a form that is found in a frame without parsing its JSON. */
struct Mark
{
    std::uint32_t run = 0; ///< Events of other runs, which a history may bring, are told apart.
    std::uint32_t stream = 0;
    std::uint64_t number = 0; ///< From 0, in its stream.
    std::int64_t due = 0; ///< When it was to be sent; nanoseconds of the monotonic clock.
};

/** "~b<run>~<stream>~<number>~<due>~" */
void appendMark(std::string &out, const Mark &mark);

/** The first mark within \a text. */
std::optional<Mark> findMark(std::string_view text);

/** `{"mark":"...","pad":"..."}`, padded so that it has \a size bytes, or as few as it takes. */
void appendData(std::string &out, const Mark &mark, std::size_t size);

} // namespace dialogue::bench
