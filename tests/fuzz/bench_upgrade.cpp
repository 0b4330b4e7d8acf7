#include "bench/load/upgrade.h"
#include "tests/fuzz/require.h"

#include <algorithm>

using namespace dialogue::bench;
using dialogue::fuzz::require;

/** The input is a server's answer to the WebSocket handshake: it ends at one place, and is told harmlessly.
 */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    constexpr std::string_view key = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455, 1.3, as in the corpus
    const std::string_view bytes(reinterpret_cast<const char *>(data), size);
    const UpgradeResponse response = readUpgradeResponse(bytes, key);
    switch (response.state) {
    case UpgradeResponse::Accepted:
        require(response.size > 0 && response.size <= size);
        require(readUpgradeResponse(bytes.substr(0, response.size), key).state == UpgradeResponse::Accepted);
        require(readUpgradeResponse(bytes.substr(0, response.size - 1), key).state
                == UpgradeResponse::NeedMore);
        break;
    case UpgradeResponse::NeedMore:
        require(size <= MaxResponseHead);
        break;
    case UpgradeResponse::Refused:
        require(!response.problem.empty() && response.problem.size() < 500);
        require(std::none_of(response.problem.begin(), response.problem.end(),
                             [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }));
        break;
    }
    return 0;
}
