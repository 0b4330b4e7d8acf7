#include "server/net/clientsocket.h"

#include "server/net/epolldispatcher.h"

#include <QSocketNotifier>

#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

std::unique_ptr<ClientSocket> ClientSocket::fromDescriptor(qintptr descriptor, ConnectionSlot &&slot)
{
    std::unique_ptr<ClientSocket> socket(new ClientSocket(std::move(slot)));
    if (!socket->setSocketDescriptor(descriptor)) {
        ::close(int(descriptor));
        return nullptr;
    }
    return socket;
}

ClientSocket::ClientSocket(ConnectionSlot &&slot)
    : m_slot(std::move(slot))
{
    connect(this, &QIODevice::readyRead, this, &ClientSocket::hasRead);
    connect(this, &QIODevice::bytesWritten, this, &ClientSocket::hasWritten);
    connect(this, &QAbstractSocket::disconnected, this, &ClientSocket::hasDisconnected);
}

ClientSocket::~ClientSocket()
{
    m_listener = nullptr;
    abort(); // While this is still a ClientSocket: it hears of its own end.
}

void ClientSocket::hasRead()
{
    if (m_lingering)
        drain();
    else if (m_listener)
        m_listener->readyRead();
}

void ClientSocket::hasWritten()
{
    if (m_listener)
        m_listener->bytesWritten();
    if (m_lingering)
        shutDownWhenWritten();
}

void ClientSocket::hasDisconnected()
{
    m_slot.release();
    if (m_listener)
        m_listener->disconnected();
}

void ClientSocket::closeGently()
{
    if (state() == ConnectedState && !m_lingering)
        linger();
    else if (!m_lingering)
        close();
}

void ClientSocket::linger()
{
    m_lingering = true;
    setReadPaused(false);
    flush(); // Which finds out when the peer is gone; then there is nothing to wait for.
    shutDownWhenWritten();
    drain();
}

void ClientSocket::setReadPaused(bool paused)
{
    if (auto *epoll = qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance())) {
        epoll->setReadPaused(int(socketDescriptor()), paused);
        return;
    }
    // The embedder's own dispatcher (workers: 0): the notifier itself, which is a child of the socket's
    // engine.
    const auto notifiers = findChildren<QSocketNotifier *>();
    for (QSocketNotifier *notifier : notifiers) {
        if (notifier->type() == QSocketNotifier::Read)
            notifier->setEnabled(!paused);
    }
}

void ClientSocket::limitReadAhead(qint64 bytes)
{
    // Qt looks at the limit again, and resumes, only when it changes.
    setReadBufferSize(readBufferSize() == bytes ? bytes + 1 : bytes);
}

void ClientSocket::releaseBuffers()
{
    if (state() != ConnectedState || bytesAvailable() > 0 || bytesToWrite() > 0)
        return;
    // A device has buffers for the directions it is open for.
    const OpenMode mode = openMode();
    setOpenMode(NotOpen);
    setOpenMode(mode);
}

void ClientSocket::shutDownWhenWritten()
{
    if (state() == ConnectedState && bytesToWrite() == 0)
        ::shutdown(int(socketDescriptor()), SHUT_WR);
}

void ClientSocket::drain()
{
    if (state() != ConnectedState)
        return;
    m_drained += readAll().size();
    if (m_drained > LingerBytes)
        abort();
}

} // namespace dialogue
