#include "server/admin/adminthread.h"

namespace dialogue::admin {

AdminThread::~AdminThread()
{
    if (m_parts)
        m_thread.run([this] { m_parts.reset(); });
    m_thread.stop();
}

Result<void> AdminThread::start(const QString &auditFile, const QByteArray &salt, LogWatches::Send send)
{
    if (!m_parts)
        m_thread.start();
    Result<void> opened;
    m_thread.run([&] {
        if (!m_parts)
            m_parts = std::make_unique<Parts>(auditFile, salt, std::move(send));
        opened = m_parts->audit.open();
    });
    return opened;
}

} // namespace dialogue::admin
