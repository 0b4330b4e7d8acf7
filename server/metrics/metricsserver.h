#pragma once

#include "core/base/result.h"
#include "server/bridge/gateway.h"
#include "server/http/router.h"
#include "server/loop/mailbox.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

#include <functional>
#include <memory>

namespace dialogue {
class IoThread;
}

namespace dialogue::metrics {

/**
 * An address of their own for the metrics and what else the server says of itself, which nobody shares with
 * the clients: its connections live in a thread of their own, and are few. It speaks HTTP without TLS.
 */
class MetricsServer
{
public:
    /** Answers what the hub has to be asked; called there. */
    using Ask = std::function<void(HttpRequest &&request, const HttpResponder &responder)>;

    /** In \a thread, which runs and outlives it; \a atOnce is asked there first, and \a ask in the thread
     * that makes this. */
    MetricsServer(IoThread &thread, AnswerAtOnce atOnce, Ask ask);
    ~MetricsServer();
    Q_DISABLE_COPY_MOVE(MetricsServer)

    /** IoError where the address cannot be had. */
    [[nodiscard]] Result<void> listen(const QString &host, quint16 port);
    [[nodiscard]] QUrl url() const; ///< Empty before listen().

private:
    struct Asked
    {
        quint64 id;
        HttpRequest request;
    };
    class Connections;

    void asked(Asked &&asked);

    IoThread &m_thread;
    const Ask m_ask;
    std::shared_ptr<Mailbox<Asked>> m_asked; ///< The hub's.
    QUrl m_url;
    std::unique_ptr<Connections> m_connections; ///< The thread's.
};

} // namespace dialogue::metrics
