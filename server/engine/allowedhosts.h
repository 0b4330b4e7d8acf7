#pragma once

#include "server/config/serverconfig.h"
#include "server/http/httpmessage.h"
#include "server/http/origin.h"

namespace dialogue::engineio {

/**
 * Under which names the server answers. A page that has its own name point to the server's address (DNS
 * rebinding) is of the server's own origin, as far as its browser knows; but what it asks for is its own
 * name.
 */
class AllowedHosts
{
public:
    /** Any where \a hosts is empty. */
    explicit AllowedHosts(const QStringList &hosts);

    /** One of the list; always "localhost", names below it, and addresses, which no DNS answers for; and
     * without a host, which is no browser's. */
    [[nodiscard]] bool allows(const HttpRequest &request) const;
    /** The answer where it does not: 421 (RFC 9110, section 15.5.20). */
    [[nodiscard]] static HttpResponse refusal(const HttpRequest &request);

private:
    QList<HostPattern> m_hosts;
};

} // namespace dialogue::engineio
