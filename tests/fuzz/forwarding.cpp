#include "server/http/forwarding.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

namespace {

const Peer Proxy{.address = QHostAddress(QStringLiteral("10.0.0.1"))};
const TrustedProxies Proxies = *TrustedProxies::parse({QStringLiteral("10.0.0.0/8")});

Forwarding read(QByteArrayView name, QByteArrayView value)
{
    HttpHeaders headers;
    headers.append(name, value);
    const Forwarding forwarding = readForwarding(headers, Proxy, Proxies);
    fuzz::require(!forwarding.address.isNull());
    fuzz::require(!forwarding.host.contains('/') && !forwarding.host.contains(','));
    return forwarding;
}

} // namespace

/** The input is what a client and the proxies between it and us have written into one header. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray input = fuzz::view(data, size).toByteArray();
    for (const char *name : {"X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded"})
        read(name, input);
    // What a proxy of ours appends counts, whatever it is appended to.
    const QHostAddress client(QStringLiteral("192.0.2.7"));
    const Forwarding plain = read("X-Forwarded-For", input + ", 192.0.2.7");
    fuzz::require(plain.address == client && !plain.malformed);
    const Forwarding rfc7239 = read("Forwarded", input + ", for=\"192.0.2.7:80\";proto=https");
    fuzz::require(rfc7239.address == client && rfc7239.secure && !rfc7239.malformed);
    return 0;
}
