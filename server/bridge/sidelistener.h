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

/**
 * An address beside the clients', which they do not share: for the metrics, or the HTTP API. Its connections
 * live in a thread of their own, and are few. It speaks HTTP without TLS.
 */
class SideListener
{
public:
    /** Answers what the hub has to be asked; called there. */
    using Ask = std::function<void(HttpRequest &&request, const HttpResponder &responder)>;

    /** In \a thread, which runs and outlives it; \a atOnce, if any, is asked there first, and \a ask in the
     * thread that makes this. A body has at most \a largestBody bytes. */
    SideListener(IoThread &thread, qint64 largestBody, AnswerAtOnce atOnce, Ask ask);
    ~SideListener();
    Q_DISABLE_COPY_MOVE(SideListener)

    /** IoError, with \a key as its path, where the address cannot be had. */
    [[nodiscard]] Result<void> listen(const QString &host, quint16 port, const QString &key);
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

} // namespace dialogue
