#include "bench/load/mark.h"
#include "bench/load/wire.h"
#include "tests/fuzz/require.h"

using namespace dialogue::bench;
using dialogue::fuzz::require;

/** The input is the JSON of an event that the load generator receives. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view json(reinterpret_cast<const char *>(data), size);
    if (const auto mark = findMark(json)) {
        std::string again;
        appendMark(again, *mark);
        const auto same = findMark(again);
        require(same && same->run == mark->run && same->stream == mark->stream && same->number == mark->number
                && same->due == mark->due);
    }
    const bool isEvent = wire::isEvent(json, "dialogue:event");
    const bool isError = wire::isEvent(json, "dialogue:error");
    require(!isEvent || !isError);
    require(!isError || wire::names(json, "dialogue:error"));
    const wire::Refusal refusal = wire::refusal(json);
    require(refusal.code.empty() || refusal.text.starts_with(refusal.code));
    return 0;
}
