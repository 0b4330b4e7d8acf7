#include "server/tcp/clientsocket.h"

#include <QEvent>

#include <cerrno>
#include <utility>

#include <sys/socket.h>
#include <unistd.h>

namespace dialogue {

namespace {

bool isTemporary(int error) { return error == EAGAIN || error == EWOULDBLOCK || error == EINTR; }

} // namespace

GiveWay hangUp(int descriptor)
{
    return [descriptor] { ::shutdown(descriptor, SHUT_RDWR); };
}

class ClientSocket::WriteNotifier final : public QSocketNotifier
{
public:
    explicit WriteNotifier(ClientSocket *socket)
        : QSocketNotifier(socket->descriptor(), Write)
        , m_socket(socket)
    { }

protected:
    bool event(QEvent *event) override
    {
        if (event->type() != QEvent::SockAct)
            return QSocketNotifier::event(event);
        m_socket->writable();
        return true;
    }

private:
    ClientSocket *m_socket;
};

ClientSocket::ClientSocket(int descriptor, Place &&place)
    : QSocketNotifier(descriptor, Read)
    , ByteStream(std::move(place))
    , m_descriptor(descriptor)
{ }

ClientSocket::~ClientSocket()
{
    m_listener = nullptr;
    abort();
}

void ClientSocket::moveTo(QThread *thread)
{
    m_listener = nullptr;
    setEnabled(false);
    m_writeNotifier.reset();
    moveToThread(thread);
}

void ClientSocket::setListener(ByteStreamListener *listener)
{
    m_listener = listener;
    updateNotifiers();
}

void ClientSocket::setReadPaused(bool paused)
{
    m_readPaused = paused;
    updateNotifiers();
}

void ClientSocket::updateNotifiers()
{
    if (!isConnected())
        return;
    setEnabled(!m_peerHasClosed && (m_lingering || (m_listener && !m_readPaused)));
    if (bytesToWrite() > 0 && !m_writeNotifier)
        m_writeNotifier = std::make_unique<WriteNotifier>(this);
    else if (m_writeNotifier)
        m_writeNotifier->setEnabled(bytesToWrite() > 0);
}

// Whoever is called from here may do anything to us but delete us now.
bool ClientSocket::event(QEvent *event)
{
    if (event->type() != QEvent::SockAct)
        return QSocketNotifier::event(event);
    if (m_lingering)
        drain();
    else if (m_listener)
        m_listener->readyRead();
    return true;
}

qint64 ClientSocket::read(std::span<char> piece)
{
    if (!isConnected() || m_peerHasClosed)
        return 0;
    const auto count = ::recv(m_descriptor, piece.data(), piece.size(), MSG_DONTWAIT);
    if (count > 0)
        return count;
    if (count < 0 && isTemporary(errno))
        return 0;
    if (count == 0 && bytesToWrite() > 0) {
        m_peerHasClosed = true;
        updateNotifiers();
    } else {
        abort();
    }
    return 0;
}

void ClientSocket::write(const QByteArray &bytes)
{
    if (!isConnected())
        return;
    if (bytesToWrite() == 0) {
        m_unsent = bytes;
        sendUnsent();
        return;
    }
    if (m_sent > 0)
        m_unsent = m_unsent.sliced(std::exchange(m_sent, 0));
    m_unsent += bytes;
}

void ClientSocket::writable()
{
    const qint64 before = bytesToWrite();
    sendUnsent();
    if (m_listener && isConnected() && bytesToWrite() < before)
        m_listener->bytesWritten();
    if (bytesToWrite() == 0)
        allSent();
}

void ClientSocket::sendUnsent()
{
    while (bytesToWrite() > 0) {
        const auto count = ::send(m_descriptor, m_unsent.constData() + m_sent, std::size_t(bytesToWrite()),
                                  MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count >= 0) {
            m_sent += count;
        } else if (errno != EINTR) {
            if (isTemporary(errno))
                updateNotifiers();
            else
                abort();
            return;
        }
    }
    m_unsent.clear();
    m_sent = 0;
    updateNotifiers();
}

void ClientSocket::allSent()
{
    if (m_peerHasClosed)
        abort();
    else if (m_lingering && isConnected())
        ::shutdown(m_descriptor, SHUT_WR);
}

void ClientSocket::closeGently()
{
    if (!isConnected() || std::exchange(m_lingering, true))
        return;
    wait();
    if (bytesToWrite() == 0)
        allSent();
    updateNotifiers();
    drain();
}

void ClientSocket::drain()
{
    Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    m_drained += read(piece);
    if (m_drained > LingerBytes)
        abort();
}

void ClientSocket::abort()
{
    if (!isConnected())
        return;
    setEnabled(false);
    if (m_writeNotifier)
        m_writeNotifier->setEnabled(false); // It may be the one who calls.
    m_place.release(); // First: nobody may hang up what the descriptor comes to stand for.
    ::close(std::exchange(m_descriptor, -1));
    m_unsent.clear();
    m_sent = 0;
    if (m_listener)
        m_listener->disconnected();
}

} // namespace dialogue
