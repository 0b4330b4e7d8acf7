#include "core/json/checked.h"

namespace dialogue::json::checked {

const char *toBracket(const char *at, const char *end)
{
    using namespace detail;
    for (; end - at >= ChunkSize; at += ChunkSize) {
        const Chunk chunk = chunkAt(at);
        const Chunk folded = chunk | Chunk(0x20); // The two kinds differ in this bit.
        const auto hits = chunk == '"' || folded == '{' || folded == '}';
        if (simd::any_of(hits))
            return at + simd::find_first_set(hits);
    }
    while (at < end && *at != '"' && (*at | 0x20) != '{' && (*at | 0x20) != '}')
        ++at;
    return at;
}

const char *skipContainer(const char *at, const char *end)
{
    int depth = 0;
    while (at < end) {
        if (*at == '"') {
            at = string(at, end).text.end() + 1;
        } else {
            depth += (*at | 0x20) == '{' ? 1 : -1;
            ++at;
            if (depth == 0)
                break;
        }
        at = toBracket(at, end);
    }
    return at;
}

} // namespace dialogue::json::checked
