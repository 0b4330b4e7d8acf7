#include "bench/load/natsreader.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <vector>

using namespace dialogue::bench;
using dialogue::fuzz::require;

namespace {

struct Heard
{
    bool isGood = true;
    std::vector<std::pair<NatsItem::Kind, std::string>> items = {};

    friend bool operator==(const Heard &, const Heard &) = default;
};

/** What a reader makes of \a bytes that come in pieces of \a piece. */
Heard heard(std::string_view bytes, std::size_t piece)
{
    NatsReader reader;
    Heard heard;
    while (heard.isGood && !bytes.empty()) {
        heard.isGood = reader.feed(bytes.substr(0, piece), [&](const NatsItem &item) {
            require(item.size >= 2 && item.text.size() <= item.size);
            heard.items.emplace_back(item.kind, item.text);
            return true;
        });
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    return heard;
}

} // namespace

/** The input is what a NATS server sends: read the same however it is cut. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const Heard whole = heard(bytes, std::max<std::size_t>(1, size));
    require(heard(bytes, 1) == whole);
    require(heard(bytes, 7) == whole);
    return 0;
}
