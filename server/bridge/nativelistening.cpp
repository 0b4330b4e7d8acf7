#include "server/bridge/listening.h"
#include "server/connections/networker.h"
#include "server/tcp/handedsockets.h"
#include "server/tcp/listener.h"

#include <optional>

namespace dialogue {

namespace {

class NativeListening final : public Listening
{
public:
    NativeListening(ListenSocket &&socket, bool isSecure)
        : m_socket(std::move(socket))
        , m_isSecure(isSecure)
    { }

    void begin(const std::shared_ptr<Places> &places, const TrustedProxies &proxies, const Next &next,
               const tls::TlsEntries &entry) override
    {
        m_listener
            = std::make_unique<Listener>(places, proxies, [next, entry](qintptr descriptor, Place &&place) {
                  next().adopt(descriptor, std::move(place), entry());
              });
        m_listener->listen(*std::exchange(m_socket, std::nullopt));
    }
    [[nodiscard]] QUrl url() const override
    {
        const ListenSocket &socket = *m_listener->socket();
        if (!socket.isUnix())
            return httpUrl(socket.address(), socket.port(), m_isSecure);
        QUrl url;
        url.setScheme(QStringLiteral("unix"));
        url.setPath(socket.path());
        return url;
    }
    [[nodiscard]] quint16 port() const override { return m_listener->port(); }

private:
    std::optional<ListenSocket> m_socket; ///< Until it begins.
    const bool m_isSecure;
    std::unique_ptr<Listener> m_listener;
};

Result<std::vector<ListenSocket>> adoptHandedOver()
{
    const Result<QList<int>> descriptors = takeHandedSockets();
    if (!descriptors)
        return descriptors.error();
    if (descriptors->isEmpty()) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral(
                         "systemd has handed over no socket; start it by a socket unit, or give an address"),
                     QStringLiteral("host")};
    }
    std::vector<ListenSocket> sockets;
    std::optional<Error> error;
    for (const int descriptor : *descriptors) { // All of them are ours from here on.
        if (Result<ListenSocket> socket = ListenSocket::adopt(descriptor))
            sockets.push_back(*std::move(socket));
        else if (!error)
            error = socket.error();
    }
    if (error)
        return *error;
    return sockets;
}

Result<std::vector<ListenSocket>> openSockets(const ServerConfig &config)
{
    std::vector<ListenSocket> sockets;
    if (config.host == HandedOver)
        return adoptHandedOver();
    if (!config.host.startsWith(UnixPrefix)) {
        Result<ListenSocket> socket = ListenSocket::tcp(config.host, config.port);
        if (!socket)
            return socket.error();
        sockets.push_back(*std::move(socket));
        return sockets;
    }
    const Result<UnixAddress> address = UnixAddress::parse(config.host);
    if (!address)
        return address.error();
    Result<ListenSocket> socket = ListenSocket::unixSocket(*address);
    if (!socket)
        return socket.error();
    sockets.push_back(*std::move(socket));
    return sockets;
}

} // namespace

Result<Listenings> openNativeListenings(const ServerConfig &config)
{
    Result<std::vector<ListenSocket>> sockets = openSockets(config);
    if (!sockets)
        return sockets.error();
    Listenings listenings;
    for (ListenSocket &socket : *sockets)
        listenings.push_back(std::make_unique<NativeListening>(std::move(socket), config.tls.isSet()));
    return listenings;
}

} // namespace dialogue
