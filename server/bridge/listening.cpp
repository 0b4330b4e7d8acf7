#include "server/bridge/listening.h"

#include "server/tcp/listenhosts.h"

namespace dialogue {

Result<Listenings> openListenings(const ServerConfig &config)
{
    if (config.host == NoListener)
        return Listenings();
    return config.transport == ServerTransport::Native ? openNativeListenings(config)
                                                       : openQtListenings(config);
}

Result<Listenings> openListeningsForConsoles(const ServerConfig &config)
{
    if (!config.admin.isSet() || !config.admin.port)
        return Listenings();
    ServerConfig their = config;
    their.host = config.admin.host;
    their.port = *config.admin.port;
    Result<Listenings> listenings = openListenings(their);
    if (!listenings)
        return Error{listenings.error().code, listenings.error().message, QStringLiteral("admin.port")};
    return listenings;
}

QUrl httpUrl(const QHostAddress &address, quint16 port, bool isSecure)
{
    QUrl url;
    url.setScheme(isSecure ? QStringLiteral("https") : QStringLiteral("http"));
    url.setHost(address.toString());
    url.setPort(port);
    return url;
}

} // namespace dialogue
