#include "server/health/insider.h"

#include "server/http/origin.h"

#include <algorithm>

namespace dialogue {

namespace {

bool isOfThisMachine(const Authority &authority)
{
    return authority.host == "localhost" || isAddress(authority);
}

} // namespace

bool isFromThisMachine(const HttpRequest &request)
{
    if (!request.peerAddress.isLoopback())
        return false;
    // A proxy on this machine that is not in trustedProxies looks like one of us, with strangers behind it.
    constexpr const char *OfProxies[]
        = {"Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via"};
    if (std::any_of(std::begin(OfProxies), std::end(OfProxies),
                    [&](const char *name) { return request.headers.contains(name); }))
        return false;
    if (request.headers.contains("Origin"))
        return false;
    const auto authority = parseAuthority(request.host());
    return authority && isOfThisMachine(*authority);
}

} // namespace dialogue
