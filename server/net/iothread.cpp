#include "server/net/iothread.h"

#include "server/net/epolldispatcher.h"

namespace dialogue {

IoThread::IoThread()
    : m_context(std::make_unique<QObject>())
{ }

IoThread::IoThread(const QString &name)
    : m_thread(std::make_unique<QThread>())
    , m_context(std::make_unique<QObject>())
{
    m_thread->setObjectName(name);
    m_context->moveToThread(m_thread.get());
}

std::unique_ptr<IoThread> IoThread::local() { return std::unique_ptr<IoThread>(new IoThread); }

IoThread::~IoThread() { stop(); }

void IoThread::start()
{
    if (!m_thread || m_thread->isRunning())
        return;
    m_thread->setEventDispatcher(new EpollDispatcher); // The thread deletes it.
    m_thread->start();
}

void IoThread::stop()
{
    if (!m_thread || !m_thread->isRunning())
        return;
    post([] { QThread::currentThread()->quit(); });
    m_thread->wait();
}

bool IoThread::isCurrent() const { return m_context->thread() == QThread::currentThread(); }

void IoThread::post(std::function<void()> function)
{
    QMetaObject::invokeMethod(m_context.get(), std::move(function), Qt::QueuedConnection);
}

void IoThread::run(const std::function<void()> &function)
{
    if (isCurrent())
        function();
    else
        QMetaObject::invokeMethod(m_context.get(), function, Qt::BlockingQueuedConnection);
}

} // namespace dialogue
