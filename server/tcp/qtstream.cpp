#include "server/tcp/qtstream.h"

#include "server/tcp/halfclose.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QThread>
#include <QTimerEvent>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace dialogue {

namespace {

constexpr qint64 HeldUnread = 16384;
/** Given to the socket before it is seen how much of it the kernel takes. */
constexpr qint64 Unseen = 65536;

} // namespace

QtStream::QtStream(std::unique_ptr<QTcpSocket> socket)
    : ByteStream(Place())
    , m_socket(std::move(socket))
{
    m_socket->setParent(this);
    m_socket->setReadBufferSize(HeldUnread);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    connect(m_socket.get(), &QIODevice::readyRead, this, &QtStream::arrived);
    connect(m_socket.get(), &QIODevice::bytesWritten, this, &QtStream::taken);
    // What the peer said before it went is read first; then read() notices.
    connect(m_socket.get(), &QAbstractSocket::disconnected, this, &QtStream::lookAgain);
}

QtStream::~QtStream()
{
    m_listener = nullptr;
    abort();
    m_socket->disconnect(this);
}

GiveWay QtStream::giveWay()
{
    // While it may be called there is the place, and so is this.
    return [this] { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); };
}

/** It is to give way: there is no other. */
void QtStream::customEvent(QEvent *) { abort(); }

void QtStream::moveTo(QThread *thread)
{
    m_listener = nullptr;
    m_again.stop();
    m_socket->blockSignals(true); // Until it is that thread's own.
    moveToThread(thread);
}

void QtStream::setListener(ByteStreamListener *listener)
{
    m_listener = listener;
    m_socket->blockSignals(false);
    lookAgain();
}

void QtStream::setReadPaused(bool paused)
{
    m_readPaused = paused;
    lookAgain();
}

bool QtStream::listens() const { return m_isOpen && (m_lingering || (m_listener && !m_readPaused)); }

/** To read, its end included. */
bool QtStream::hasMore() const
{
    return m_socket->bytesAvailable() > 0 || m_socket->state() != QAbstractSocket::ConnectedState;
}

// Qt tells of what arrives, and not of what has arrived. In a turn of its own: others have theirs.
void QtStream::lookAgain()
{
    if (listens() && hasMore() && !m_again.isActive())
        m_again.start(0, this);
}

void QtStream::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_again.timerId())
        return;
    m_again.stop();
    arrived();
}

// Whoever is called from here may do anything to us but delete us now.
void QtStream::arrived()
{
    if (!listens() || m_isWriting) {
        lookAgain();
        return;
    }
    if (m_lingering)
        drain();
    else
        m_listener->readyRead();
    lookAgain();
}

qint64 QtStream::read(std::span<char> piece)
{
    if (!m_isOpen)
        return 0;
    const qint64 count = m_socket->read(piece.data(), qint64(piece.size()));
    if (count > 0)
        return count;
    if (m_socket->state() != QAbstractSocket::ConnectedState && m_socket->bytesAvailable() == 0)
        abort();
    return 0;
}

qint64 QtStream::bytesToWrite() const { return m_isOpen ? m_socket->bytesToWrite() : 0; }

void QtStream::write(const QByteArray &bytes)
{
    if (!m_isOpen || m_isShut)
        return;
    const bool isFirst = bytesToWrite() == 0;
    m_isWriting = true;
    m_socket->write(bytes);
    if (isFirst)
        m_socket->flush();
    m_isWriting = false;
    lookAgain(); // It may be gone.
}

qint64 QtStream::send(std::span<const iovec> data)
{
    if (!m_isOpen || m_socket->state() != QAbstractSocket::ConnectedState)
        return -EPIPE;
    if (bytesToWrite() > 0)
        return -EAGAIN;
    m_isWriting = true;
    qint64 sent = 0;
    qint64 unflushed = 0;
    for (const iovec &part : data) {
        m_socket->write(static_cast<const char *>(part.iov_base), qint64(part.iov_len));
        sent += qint64(part.iov_len);
        unflushed += qint64(part.iov_len);
        if (unflushed < Unseen)
            continue;
        m_socket->flush();
        unflushed = 0;
        if (m_socket->bytesToWrite() > 0)
            break;
    }
    m_socket->flush();
    m_isWriting = false;
    if (m_socket->state() != QAbstractSocket::ConnectedState) {
        lookAgain();
        return -EPIPE;
    }
    return sent;
}

void QtStream::taken()
{
    if (m_isWriting || !m_isOpen)
        return;
    if (m_listener)
        m_listener->bytesWritten();
    if (bytesToWrite() == 0)
        allSent();
}

void QtStream::allSent()
{
    if (m_lingering && m_isOpen && !std::exchange(m_isShut, true))
        shutSending(m_socket->socketDescriptor());
}

void QtStream::closeGently()
{
    if (!m_isOpen || std::exchange(m_lingering, true))
        return;
    wait();
    if (bytesToWrite() == 0)
        allSent();
    drain();
    lookAgain();
}

void QtStream::drain()
{
    Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    m_drained += read(piece);
    if (m_drained > LingerBytes)
        abort();
}

void QtStream::abort()
{
    if (!std::exchange(m_isOpen, false))
        return;
    m_again.stop();
    m_place.release(); // First: it may not be asked to give way any more.
    m_socket->abort();
    if (m_listener)
        m_listener->disconnected();
}

} // namespace dialogue
