#include "bench/load/websocketframe.h"
#include "tests/fuzz/require.h"

#include <algorithm>
#include <vector>

using namespace dialogue::bench;
using dialogue::fuzz::require;

namespace {

struct Heard
{
    bool isGood = true;
    std::vector<std::pair<Opcode, std::string>> messages = {};

    friend bool operator==(const Heard &, const Heard &) = default;
};

/** What a reader makes of \a bytes that come in pieces of \a piece. */
Heard heard(std::string_view bytes, std::size_t piece)
{
    MessageReader reader;
    Heard heard;
    while (heard.isGood && !bytes.empty()) {
        heard.isGood = reader.feed(bytes.substr(0, piece), [&](Opcode opcode, std::string_view payload) {
            heard.messages.emplace_back(opcode, payload);
            return true;
        });
        bytes.remove_prefix(std::min(piece, bytes.size()));
    }
    return heard;
}

/** A frame as we write it, but as a server writes it: without a mask. */
std::string unmasked(std::string_view payload)
{
    std::string frame;
    appendClientFrame(frame, Opcode::Text, payload, 0);
    const std::size_t key = 2 + (payload.size() <= 125 ? 0U : payload.size() <= 0xffff ? 2U : 8U);
    frame.erase(key, 4);
    frame[1] = static_cast<char>(frame[1] & 0x7f);
    return frame;
}

} // namespace

/** The input is what a server sends over an open WebSocket: read the same however it is cut. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const Heard whole = heard(bytes, std::max<std::size_t>(1, size));
    for (const auto &[opcode, payload] : whole.messages)
        require(payload.size() <= MessageReader::MaxMessage && opcode != Opcode::Continuation);
    require(heard(bytes, 1) == whole);
    require(heard(bytes, 7) == whole);

    const Heard own = heard(unmasked(bytes), 100);
    require(own.isGood && own.messages.size() == 1 && own.messages.front().second == bytes);
    return 0;
}
