#include "client/connection/unheard.h"

#include <QThread>

#include <mutex>

namespace dialogue::client {

/** Outlives whoever of them ends first. */
struct Unheard::Shared
{
    void release(qint64 size)
    {
        const std::lock_guard lock(mutex);
        bytes -= size;
        if (!owner || isPosted || owner->thread() == QThread::currentThread())
            return;
        isPosted = true;
        QMetaObject::invokeMethod(
            owner,
            [told = owner, this] {
                {
                    const std::lock_guard again(mutex);
                    isPosted = false;
                }
                Q_EMIT told->heard();
            },
            Qt::QueuedConnection);
    }

    std::mutex mutex;
    Unheard *owner = nullptr; ///< Null once it is gone.
    qint64 bytes = 0;
    bool isPosted = false;
};

Unheard::Unheard()
    : m_shared(std::make_shared<Shared>())
{
    m_shared->owner = this;
}

Unheard::~Unheard()
{
    const std::lock_guard lock(m_shared->mutex);
    m_shared->owner = nullptr;
}

std::shared_ptr<void> Unheard::hold(qint64 bytes)
{
    {
        const std::lock_guard lock(m_shared->mutex);
        m_shared->bytes += bytes;
    }
    return std::shared_ptr<void>(nullptr, [shared = m_shared, bytes](void *) { shared->release(bytes); });
}

qint64 Unheard::bytes() const
{
    const std::lock_guard lock(m_shared->mutex);
    return m_shared->bytes;
}

} // namespace dialogue::client
