#include "server/http/origin.h"
#include "tests/fuzz/require.h"

using namespace dialogue;

/** The input is an Origin header, and an item of a list of them. */
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input = fuzz::view(data, size);
    const std::optional<Origin> origin = parseOrigin(input);
    const Result<OriginPattern> pattern = OriginPattern::parse(QString::fromUtf8(input));
    fuzz::require(OriginPattern::problem(QString::fromUtf8(input)).isEmpty() == pattern.has_value()
                  || input == "*");
    if (origin) {
        fuzz::require(!origin->scheme.isEmpty() && origin->authority.port >= 0);
        // What was read reads the same again, and is of its own origin where it is of the web.
        const QByteArray host = origin->authority.host;
        const QByteArray port = QByteArray::number(origin->authority.port);
        const bool isWeb = origin->scheme == "http" || origin->scheme == "https" || origin->scheme == "ws"
            || origin->scheme == "wss";
        fuzz::require(isSameOrigin(*origin, host + ':' + port) == isWeb);
        // Written into a list it fits itself, wherever it is one that a browser may send.
        if (pattern)
            fuzz::require(pattern->matches(input, origin));
    } else if (pattern) {
        fuzz::require(pattern->matches(input, origin) == (input == "null"));
    }
    return 0;
}
