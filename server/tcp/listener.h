#pragma once

#include "core/base/seldom.h"
#include "server/tcp/admissions.h"
#include "server/tcp/listensocket.h"

#include <QObject>
#include <QSocketNotifier>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

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

    /** When the process has run out of descriptors, accepting rests this long. */
    static constexpr std::chrono::milliseconds RetryInterval{100};

    /** The limit per address is not for connections from \a proxies. */
    Listener(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted,
             QObject *parent = nullptr);
    ~Listener() override;

    void listen(ListenSocket &&socket);
    void close();

    /** Null before listen() and after close(). */
    [[nodiscard]] const ListenSocket *socket() const { return m_socket ? &*m_socket : nullptr; }
    [[nodiscard]] quint16 port() const { return m_socket ? m_socket->port() : quint16(0); }

private:
    void acceptAll();
    bool acceptOne();
    void rest(int error);

    Admissions m_admissions;
    Accepted m_accepted;
    std::optional<ListenSocket> m_socket;
    std::unique_ptr<QSocketNotifier> m_notifier;
    Seldom m_rests;
};

} // namespace dialogue
