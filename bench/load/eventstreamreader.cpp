#include "bench/load/eventstreamreader.h"

#include <algorithm>

namespace dialogue::bench {

namespace {

/** What follows \a field at the beginning of \a line, without the one space that may stand there. */
bool takeField(std::string_view line, std::string_view field, std::string_view &value)
{
    if (!line.starts_with(field))
        return false;
    line.remove_prefix(field.size());
    if (line.starts_with(' '))
        line.remove_prefix(1);
    value = line;
    return true;
}

} // namespace

StreamEvent readStreamEvent(std::string_view block)
{
    StreamEvent event;
    while (!block.empty()) {
        const std::size_t end = std::min(block.find('\n'), block.size());
        const std::string_view line = block.substr(0, end);
        block.remove_prefix(std::min(end + 1, block.size()));
        if (!takeField(line, "data:", event.data))
            takeField(line, "event:", event.name);
    }
    return event;
}

} // namespace dialogue::bench
