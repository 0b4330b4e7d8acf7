#include "server/app/healthcheck.h"

#include "core/base/foreigntext.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/app/options.h"
#include "server/app/reload.h"
#include "server/tcp/listenhosts.h"
#include "server/tcp/trustedproxies.h"
#include "server/tcp/unixaddress.h"

#include <QDeadlineTimer>
#include <QLocalSocket>
#include <QSslConfiguration>
#include <QSslSocket>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr std::chrono::seconds Patience{5};
constexpr qint64 MostOfAnAnswer = 4096;

int unhealthy(const QString &why)
{
    say(u"not healthy: "_s + why);
    return ExitFailed;
}

/** An address that this machine reaches the server at, where it may listen on all. */
QString reachable(const QString &host)
{
    const QHostAddress address(host);
    if (address == QHostAddress(QHostAddress::AnyIPv4))
        return u"127.0.0.1"_s;
    if (address == QHostAddress(QHostAddress::AnyIPv6) || address == QHostAddress(QHostAddress::Any))
        return u"::1"_s;
    return host;
}

/** As a proxy's own check: it speaks for nobody. */
QByteArray proxyHeader(const ServerConfig &config, const Peer &self)
{
    const auto proxies = TrustedProxies::parse(config.trustedProxies);
    const bool isDue = config.proxyProtocol && proxies && proxies->contains(self);
    return isDue ? "PROXY UNKNOWN\r\n" : "";
}

/** Sends the question on \a socket, which is connected, and says what came of it. */
int ask(QIODevice &socket, const QByteArray &host, const QByteArray &before, const QDeadlineTimer &deadline)
{
    socket.write(before + "GET /health HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    QByteArray answer;
    while (!answer.contains("\r\n") && answer.size() < MostOfAnAnswer) {
        if (!socket.bytesAvailable() && !socket.waitForReadyRead(static_cast<int>(deadline.remainingTime())))
            break;
        answer += socket.read(MostOfAnAnswer);
    }
    const qsizetype end = answer.indexOf("\r\n");
    const QByteArray status = end < 0 ? answer : answer.left(end);
    if (status.startsWith("HTTP/1.1 200 "))
        return ExitOk;
    if (!status.isEmpty())
        return unhealthy(u"it answers %1"_s.arg(quoted(status.left(100))));
    return unhealthy(deadline.hasExpired() ? u"no answer within %1 seconds"_s.arg(Patience.count())
                                           : u"it closed the connection: %1"_s.arg(socket.errorString()));
}

int askByUnixSocket(const ServerConfig &config, const QDeadlineTimer &deadline)
{
    const auto address = UnixAddress::parse(config.host);
    if (!address)
        return unhealthy(address.error().text());
    QLocalSocket socket;
    socket.connectToServer(address->path);
    if (!socket.waitForConnected(static_cast<int>(deadline.remainingTime())))
        return unhealthy(u"%1: %2"_s.arg(config.host, socket.errorString()));
    return ask(socket, "localhost", proxyHeader(config, {.address = {}, .isUnix = true}), deadline);
}

int askByTcp(const ServerConfig &config, const QDeadlineTimer &deadline)
{
    const QString host = reachable(config.host);
    QSslSocket socket;
    const int time = static_cast<int>(deadline.remainingTime());
    bool isConnected = false;
    if (config.tls.isSet()) {
        // No secret goes there, and the certificate is for the names that others know the server by.
        QSslConfiguration tls = socket.sslConfiguration();
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
        socket.setSslConfiguration(tls);
        socket.connectToHostEncrypted(host, config.port);
        isConnected = socket.waitForEncrypted(time);
    } else {
        socket.connectToHost(host, config.port);
        isConnected = socket.waitForConnected(time);
    }
    if (!isConnected)
        return unhealthy(u"%1 port %2: %3"_s.arg(host).arg(config.port).arg(socket.errorString()));
    const bool isV6 = socket.peerAddress().protocol() == QAbstractSocket::IPv6Protocol;
    const QByteArray name = socket.peerAddress().toString().toLatin1();
    return ask(socket, isV6 ? '[' + name + ']' : name,
               proxyHeader(config, {.address = socket.localAddress()}), deadline);
}

/** Why nobody can know where to ask. */
QString unknownPlace(const ServerConfig &config)
{
    if (!config.health.enabled)
        return u"it does not answer /health: health.enabled is false"_s;
    if (config.host == NoListener || config.host == HandedOver)
        return u"where it listens is not in the configuration (host: \"%1\")"_s.arg(config.host);
    if (config.port == 0 && !config.host.startsWith(UnixPrefix))
        return u"its port is not in the configuration (port: 0)"_s;
    if (config.tls.isSet() && !config.tls.clientCa.isEmpty() && config.tls.requireClientCertificate)
        return u"it takes in nobody without a certificate (tls.clientCertificates: required)"_s;
    return {};
}

} // namespace

int runHealthCheck(const Arguments &arguments)
{
    ServerConfig config;
    if (arguments.isSet(u"config"_s)) {
        const ConfigReport report = configFrom(arguments.value(u"config"_s));
        if (!report.config) {
            printIssues(report);
            return ExitUsage;
        }
        config = *report.config;
    }
    if (const auto applied = applyOptions(arguments, config); !applied) {
        return wrongUsage(applied.error().text(), serverSyntax().name);
    }
    if (const QString why = unknownPlace(config); !why.isEmpty())
        return unhealthy(u"cannot tell: "_s + why);
    const QDeadlineTimer deadline(Patience);
    return config.host.startsWith(UnixPrefix) ? askByUnixSocket(config, deadline)
                                              : askByTcp(config, deadline);
}

} // namespace dialogue
