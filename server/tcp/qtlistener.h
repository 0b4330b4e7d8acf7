#pragma once

#include "core/base/seldom.h"
#include "server/tcp/admissions.h"
#include "server/tcp/tcplistening.h"

#include <QTcpServer>

#include <chrono>
#include <functional>
#include <memory>

namespace dialogue {

class QtStream;

/** Listens, counts against the limits, and hands each connection on, as a Listener does; by a QTcpServer. */
class QtListener final : public QTcpServer
{
    Q_OBJECT

public:
    /** Called in the listener's thread, of which the stream still is. */
    using Accepted = std::function<void(std::unique_ptr<QtStream> stream)>;

    /** When the process has run out of descriptors, accepting rests this long. */
    static constexpr std::chrono::milliseconds RetryInterval{100};

    QtListener();

    /** Listens, as listenOn() does; who connects waits for begin(). */
    Result<void> open(const QString &host, quint16 port);
    /** What comes is handed to \a accepted from here on. Once, after open(). */
    void begin(std::shared_ptr<Places> places, TrustedProxies proxies, Accepted accepted);

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    void rest();

    std::unique_ptr<Admissions> m_admissions;
    Accepted m_accepted;
    Seldom m_rests;
};

} // namespace dialogue
