#include "server/engine/allowedhosts.h"

#include "server/http/problem.h"

#include <algorithm>

namespace dialogue::engineio {

AllowedHosts::AllowedHosts(const QStringList &hosts)
{
    for (const QString &host : hosts) {
        if (const Result<HostPattern> pattern = HostPattern::parse(host))
            m_hosts.append(*pattern);
    }
}

bool AllowedHosts::allows(const HttpRequest &request) const
{
    if (m_hosts.isEmpty())
        return true;
    const QByteArray asked = request.host();
    if (asked.isEmpty())
        return true;
    const std::optional<Authority> authority = parseAuthority(asked);
    if (!authority)
        return false;
    const QByteArray &host = authority->host;
    return isAddress(*authority) || host == "localhost" || host.endsWith(".localhost")
        || std::any_of(m_hosts.begin(), m_hosts.end(),
                       [&host](const HostPattern &pattern) { return pattern.matches(host); });
}

HttpResponse AllowedHosts::refusal(const HttpRequest &request)
{
    return refusalAt(request.path, 421,
                     "This server does not answer to the host \"" + request.host().left(200)
                         + "\": allowedHosts names those it does.");
}

} // namespace dialogue::engineio
