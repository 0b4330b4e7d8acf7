#include "core/protocol/engineio/packet.h"
#include "tests/fuzz/require.h"

using namespace dialogue;
using namespace dialogue::engineio;

/** The input is a WebSocket text message, and once more the content of a binary one. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    if (const auto packet = decodeRecord(input.toByteArray())) {
        const auto again = decodeText(encodeText(*packet));
        fuzz::require(again && *again == *packet);
        fuzz::require(packet->binary || encodeText(*packet) == input);
    }
    const auto binary = decodeText(encodeBase64(input));
    fuzz::require(binary && binary->binary && binary->data == input);
    return 0;
}
