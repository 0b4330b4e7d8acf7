#include "server/loop/iothread.h"

#include "server/loop/nativedispatcher.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace dialogue {

IoThread::IoThread()
    : m_functions(
        std::make_unique<Mailbox<std::function<void()>>>([](std::function<void()> &&each) { each(); }))
{ }

IoThread::IoThread(const QString &name, ServerTransport transport)
    : IoThread()
{
    m_transport = transport;
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(name);
    m_functions->moveToThread(m_thread.get());
    // No event: the thread calls it itself, while its dispatcher is there.
    QObject::connect(m_thread.get(), &QThread::finished, [this] {
        if (m_hasLast)
            std::exchange(m_last, {})();
        m_hasEnded = true;
    });
}

std::unique_ptr<IoThread> IoThread::local() { return std::unique_ptr<IoThread>(new IoThread); }

IoThread::~IoThread() { stop(); }

void IoThread::start()
{
    if (!m_thread || m_thread->isRunning())
        return;
    if (m_transport == ServerTransport::Native) {
        if (QAbstractEventDispatcher *ours = nativeDispatcher())
            m_thread->setEventDispatcher(ours); // The thread deletes it.
    }
    m_thread->start();
}

void IoThread::stop()
{
    if (!m_thread)
        return;
    if (m_thread->isRunning() && QCoreApplication::instance()) // Else nothing would come.
        run([] {});
    m_thread
        ->quit(); // From here: who only posts a call to quit() may still be waking the dispatcher as it goes.
    m_thread->wait();
    // What it has done is seen here by Qt's locks already, and by this also where those are not seen: the
    // thread sanitizer's case.
    (void)m_hasEnded.load();
}

void IoThread::quit(std::function<void()> last)
{
    m_last = std::move(last);
    m_hasLast = true;
    m_thread->quit();
}

bool IoThread::isCurrent() const { return m_functions->isCurrentThread(); }

void IoThread::post(std::function<void()> function) { m_functions->post(std::move(function)); }

void IoThread::run(const std::function<void()> &function)
{
    if (isCurrent()) {
        function();
        return;
    }
    std::mutex mutex;
    std::condition_variable ended;
    bool hasEnded = false;
    post([&] {
        function();
        const std::lock_guard lock(mutex);
        hasEnded = true;
        ended.notify_one(); // With the lock held: the waiter owns all three, and goes on once it is released.
    });
    std::unique_lock lock(mutex);
    ended.wait(lock, [&] { return hasEnded; });
}

} // namespace dialogue
