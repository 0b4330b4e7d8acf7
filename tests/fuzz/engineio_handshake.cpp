#include "core/protocol/engineio/packet.h"
#include "tests/fuzz/require.h"

using namespace dialogue;
using namespace dialogue::engineio;

/** The input is the body of an open packet. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const auto handshake = decodeHandshake(fuzz::view(data, size));
    if (!handshake)
        return 0;
    const auto again = decodeHandshake(encodeHandshake(*handshake));
    fuzz::require(again.has_value());
    fuzz::require(again->sid == handshake->sid && again->upgrades == handshake->upgrades);
    fuzz::require(again->pingInterval == handshake->pingInterval
                  && again->pingTimeout == handshake->pingTimeout);
    fuzz::require(again->maxPayload == handshake->maxPayload);
    return 0;
}
