#include "core/protocol/engineio/packet.h"
#include "tests/fuzz/require.h"

using namespace dialogue;
using namespace dialogue::engineio;

/** The input is the body of a polling request. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    const auto packets = decodePayload(input);
    if (!packets)
        return 0;
    fuzz::require(!packets->isEmpty());
    const auto again = decodePayload(encodePayload(*packets));
    fuzz::require(again && *again == *packets);
    return 0;
}
