#pragma once

#include "client/connectionfailure.h"
#include "core/base/result.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>

#include <optional>

/** Where a server is, in the words of each transport. */
namespace dialogue::client {

/** What is wrong with the url, the path, the list of transports and so on, if anything; ConfigError. */
Result<void> checkConfig(const ClientConfig &config);

/** The address of \a transport, with `EIO=4&transport=...` and \a sid where there is one. */
QUrl endpointUrl(const ClientConfig &config, TransportKind transport, const QByteArray &sid = {});

/** Of \a url, its scheme's where it has none of its own. */
int portOf(const QUrl &url);

/** RFC 6454, section 4; and from http to https at their own ports, which is the usual redirect: it is the
 * same server, and what it is told there it was told in the clear just now. */
bool isSameServer(const QUrl &from, const QUrl &to);

/** A request to it, with the headers and the TLS the configuration asks for. */
QNetworkRequest endpointRequest(const ClientConfig &config, const QUrl &url);

/** RFC 7617. */
QByteArray basicCredentials(const QString &user, const QString &password);

/** The configured proxy, else the application's for this url, else none for loopback addresses. Nothing: the
 * system is to be asked. */
std::optional<QNetworkProxy> knownProxy(const ClientConfig &config);

/** What to ask the system. */
QNetworkProxyQuery proxyQuery(const ClientConfig &config);

/** \a config with the url that \a target, which a server redirected to, means. Without whatever is a secret,
 * where that is another origin: another host, or another port, which may be somebody else's. Nothing where we
 * do not go: no http address, or from https to http. */
std::optional<ClientConfig> redirected(const ClientConfig &config, const QUrl &target);

/** What Qt's errors are. */
ConnectionFailure::Kind kindOf(QNetworkReply::NetworkError error, int httpStatus);
ConnectionFailure::Kind kindOf(QAbstractSocket::SocketError error);

} // namespace dialogue::client
