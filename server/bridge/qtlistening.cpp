#include "server/bridge/listening.h"
#include "server/connections/networker.h"
#include "server/tcp/listenhosts.h"
#include "server/tcp/qtlistener.h"
#include "server/tcp/qtstream.h"

namespace dialogue {

namespace {

class QtListening final : public Listening
{
public:
    QtListening(std::unique_ptr<QtListener> listener, bool isSecure)
        : m_listener(std::move(listener))
        , m_isSecure(isSecure)
    { }

    void begin(const std::shared_ptr<Places> &places, const TrustedProxies &proxies, const Next &next,
               const tls::TlsEntries &entry) override
    {
        m_listener->begin(places, proxies, [next, entry](std::unique_ptr<QtStream> stream) {
            NetWorker &worker = next();
            stream->moveTo(worker.thread());
            worker.adopt(std::move(stream), entry());
        });
    }
    [[nodiscard]] QUrl url() const override
    {
        return httpUrl(m_listener->serverAddress(), m_listener->serverPort(), m_isSecure);
    }
    [[nodiscard]] quint16 port() const override { return m_listener->serverPort(); }

private:
    std::unique_ptr<QtListener> m_listener;
    const bool m_isSecure;
};

} // namespace

Result<Listenings> openQtListenings(const ServerConfig &config)
{
    if (config.host == HandedOver || config.host.startsWith(UnixPrefix)) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("\"%1\" needs transport: native; with transport: qt an address of IP is "
                                    "listened on")
                         .arg(config.host),
                     QStringLiteral("host")};
    }
    auto listener = std::make_unique<QtListener>();
    if (const Result<void> listening = listener->open(config.host, config.port); !listening)
        return listening.error();
    Listenings listenings;
    listenings.push_back(std::make_unique<QtListening>(std::move(listener), config.tls.isSet()));
    return listenings;
}

} // namespace dialogue
