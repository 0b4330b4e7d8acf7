#pragma once

#include "server/loop/mailbox.h"
#include "server/loop/servertransport.h"

#include <QThread>

#include <atomic>
#include <functional>
#include <memory>

namespace dialogue {

/**
 * A thread whose event loop runs on an EpollDispatcher; or, `IoThread::local()`, the thread that makes it, so
 * that what is built on io threads runs without any (workers: 0).
 *
 * Made, started, stopped and destroyed in one thread, the owner's.
 */
class IoThread
{
public:
    /** For connections of \a transport; of Native ones it has a dispatcher of ours. */
    explicit IoThread(const QString &name, ServerTransport transport = ServerTransport::Native);
    static std::unique_ptr<IoThread> local();
    ~IoThread(); ///< Stops.

    void start();
    /** Runs what was posted before, then ends the loop and waits for the thread. */
    void stop();
    /** Ends the loop, runs \a last in the thread, and waits for nothing; stop() does. For when there is no
     * application any more, and Qt delivers no events in any thread. Not of a local one. */
    void quit(std::function<void()> last);

    [[nodiscard]] bool isCurrent() const;

    /** Runs \a function in the thread, later; with a local one too. Dropped when the thread is stopped
     * before. */
    void post(std::function<void()> function);
    /** Runs \a function in the running thread and waits for its end; a direct call when in that thread
     * already. */
    void run(const std::function<void()> &function);

private:
    IoThread();

    ServerTransport m_transport = ServerTransport::Native;
    std::unique_ptr<QThread> m_thread;
    std::function<void()> m_last; ///< The thread's, once m_hasLast is set.
    std::atomic<bool> m_hasLast = false;
    std::atomic<bool> m_hasEnded = false; ///< The thread has done with all of this.
    std::unique_ptr<Mailbox<std::function<void()>>> m_functions; ///< Lives in the thread.
};

} // namespace dialogue
