#pragma once

#include "core/base/result.h"
#include "core/base/seldom.h"
#include "server/net/places.h"
#include "server/net/trustedproxies.h"

#include <QHostAddress>
#include <QSocketNotifier>
#include <QTcpServer>

#include <chrono>
#include <functional>
#include <memory>

namespace dialogue {

/**
 * The listening socket: accepts, counts against the limits, and hands each descriptor on. Lives in one
 * thread, the hub's; reads and writes nothing.
 */
class Listener : public QObject
{
    Q_OBJECT

public:
    /** Owns \a descriptor from now on. Called in the listener's thread. */
    using Accepted = std::function<void(qintptr descriptor, Place &&place)>;

    /** How many connections the kernel may hold until we accept them (capped by net.core.somaxconn). */
    static constexpr int Backlog = 4096;
    /** When the process has run out of descriptors, accepting rests this long. */
    static constexpr std::chrono::milliseconds RetryInterval{100};

    /** The limit per address is not for connections from \a proxies. */
    Listener(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted,
             QObject *parent = nullptr);
    ~Listener() override;

    /** \a host: an address, "localhost" (127.0.0.1), "0.0.0.0" or "::" (IPv4 too); \a port 0: any free one.
     */
    Result<void> listen(const QString &host, quint16 port);
    void close();

    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QHostAddress address() const;

private:
    void acceptAll();
    bool acceptOne();
    void rest(int error);
    void tellOfThoseThatGaveWay();

    std::shared_ptr<Places> m_places;
    TrustedProxies m_proxies;
    Accepted m_accepted;
    /** Binds and listens; accepting is ours, which gets the address along with the socket. */
    QTcpServer m_server;
    std::unique_ptr<QSocketNotifier> m_notifier;
    Seldom m_refusals;
    Seldom m_rests;
    Seldom m_givingWay;
    quint64 m_gaveWay = 0; ///< Of all; as far as it was noticed.
};

} // namespace dialogue
