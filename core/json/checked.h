#pragma once

#include "core/json/chunk_p.h"
#include "core/json/cursor.h"

/**
 * Steps over JSON that has passed check(), without a second look at what is known of it. All take where a
 * value, or a string, begins, and give what is behind it; and where the text ends, unless something is sure
 * to come before that.
 */
namespace dialogue::json::checked {

inline const char *skipBlanks(const char *at, const char *end)
{
    while (at < end && isBlank(*at))
        ++at;
    return at;
}

namespace detail {

/** Between the brackets of an array or object, where something comes, and nothing else is below a blank. */
inline const char *toToken(const char *at)
{
    while (static_cast<unsigned char>(*at) <= ' ')
        ++at;
    return at;
}

constexpr bool endsString(char c) { return c == '"' || c == '\\'; }

/** To the next quote or backslash, which is there. */
inline const char *plainEnd(const char *at, const char *end)
{
    for (; end - at >= ChunkSize; at += ChunkSize) {
        const Chunk chunk = chunkAt(at);
        const auto hits = chunk == '"' || chunk == '\\';
        if (simd::any_of(hits))
            return at + simd::find_first_set(hits);
    }
    while (at < end && !endsString(*at))
        ++at;
    return at;
}

} // namespace detail

/** The string that begins at \a at, its quote; StringToken::ascii is not looked for. */
inline StringToken string(const char *at, const char *end)
{
    StringToken token;
    const char *const begin = ++at;
    for (at = detail::plainEnd(at, end); at < end && *at == '\\'; at = detail::plainEnd(at + 2, end))
        token.escaped = true;
    token.text = QByteArrayView(begin, at);
    token.ascii = false;
    return token;
}

inline const char *skipNumber(const char *at, const char *end)
{
    while (at < end
           && ((*at >= '0' && *at <= '9') || *at == '-' || *at == '+' || *at == '.' || (*at | 0x20) == 'e'))
        ++at;
    return at;
}

/** To the next quote or bracket of whatever kind. */
DIALOGUE_CORE_EXPORT const char *toBracket(const char *at, const char *end);

DIALOGUE_CORE_EXPORT const char *skipContainer(const char *at, const char *end);

inline const char *skip(const char *at, const char *end)
{
    switch (*at) {
    case '"':
        return string(at, end).text.end() + 1;
    case '{':
    case '[':
        return skipContainer(at, end);
    case 't':
    case 'n':
        return at + 4;
    case 'f':
        return at + 5;
    default:
        return skipNumber(at, end);
    }
}

/** From behind a key to its value. */
inline const char *toValue(const char *at)
{
    at = detail::toToken(at); // To the colon.
    return detail::toToken(at + 1);
}

/** From the bracket \a at to the first key, or item; where there is none, behind the other bracket. */
inline bool first(const char *&at)
{
    at = detail::toToken(at + 1);
    if (*at != '}' && *at != ']')
        return true;
    ++at;
    return false;
}

/** From behind a value to the next. */
inline bool next(const char *&at)
{
    at = detail::toToken(at);
    const bool more = *at == ',';
    ++at;
    if (more)
        at = detail::toToken(at);
    return more;
}

} // namespace dialogue::json::checked
