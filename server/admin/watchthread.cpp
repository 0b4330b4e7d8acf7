#include "server/admin/watchthread.h"

namespace dialogue::admin {

WatchThread::~WatchThread()
{
    if (m_watches)
        m_thread.run([this] { m_watches.reset(); });
    m_thread.stop();
}

void WatchThread::start(WatchLoad &load, const QByteArray &salt, Watches::Send send)
{
    if (m_watches)
        return;
    m_thread.start();
    m_thread.run([&] { m_watches = std::make_unique<Watches>(load, salt, std::move(send)); });
}

} // namespace dialogue::admin
