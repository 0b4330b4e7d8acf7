#pragma once

#include "server/admin/watches.h"
#include "server/loop/iothread.h"

#include <memory>
#include <utility>

namespace dialogue::admin {

/** Where what is watched of events is looked at: a thread of its own, as filters take what time they take,
 * and nothing else of consoles is to wait for them. Of the hub. */
class WatchThread
{
public:
    WatchThread()
        : m_thread(QStringLiteral("dialogue-watch"), ServerTransport::Qt)
    { }
    ~WatchThread();
    Q_DISABLE_COPY_MOVE(WatchThread)

    /** Once, however often it is called; \a load outlives it. */
    void start(WatchLoad &load, const QByteArray &salt, Watches::Send send);
    [[nodiscard]] Mailbox<WatchedEvent> &inbox() { return m_watches->inbox(); }

    /** \a work(watches) in the thread. */
    template <class Work>
    void post(Work work)
    {
        m_thread.post([this, work = std::move(work)]() mutable { work(*m_watches); });
    }

private:
    std::unique_ptr<Watches> m_watches; ///< The thread's.
    IoThread m_thread;
};

} // namespace dialogue::admin
