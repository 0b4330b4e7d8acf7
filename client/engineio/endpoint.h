#pragma once

#include "client/clientconfig.h"
#include "core/base/result.h"

#include <QNetworkRequest>

/** Where a server is, in the words of each transport. */
namespace dialogue::client {

/** What is wrong with the url, the path, the list of transports and so on, if anything; ConfigError. */
Result<void> checkConfig(const ClientConfig &config);

/** The address of \a transport, with `EIO=4&transport=...` and \a sid where there is one. */
QUrl endpointUrl(const ClientConfig &config, TransportKind transport, const QByteArray &sid = {});

/** A request to it, with the headers and the TLS the configuration asks for. */
QNetworkRequest endpointRequest(const ClientConfig &config, const QUrl &url);

/** The configured proxy, else the application's, else the system's for this url; none for loopback addresses.
 */
QNetworkProxy proxyFor(const ClientConfig &config);

} // namespace dialogue::client
