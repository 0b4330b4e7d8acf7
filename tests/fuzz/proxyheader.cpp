#include "server/tcp/proxyheader.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

/** The input is what a proxy sends on a fresh connection. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    const auto result = parseProxyHeader(input);
    if (std::holds_alternative<NeedMore>(result)) {
        fuzz::require(input.size() < MaxProxyHeaderSize); // There is an end to waiting.
        return 0;
    }
    const auto *header = std::get_if<ProxyHeader>(&result);
    if (!header)
        return 0;
    fuzz::require(header->size > 0 && header->size <= input.size() && header->size <= MaxProxyHeaderSize);
    fuzz::require(!header->client || header->client->isUnix == header->client->address.isNull());
    // It depends neither on how it came in nor on what follows.
    for (qsizetype shorter = 0; shorter < header->size; ++shorter)
        fuzz::require(std::holds_alternative<NeedMore>(parseProxyHeader(input.first(shorter))));
    const auto alone = parseProxyHeader(input.first(header->size));
    fuzz::require(std::get<ProxyHeader>(alone).size == header->size);
    return 0;
}
