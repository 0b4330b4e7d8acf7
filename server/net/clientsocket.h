#pragma once

#include "server/net/connectionlimits.h"

#include <QTcpSocket>

#include <memory>

namespace dialogue {

/** Whoever a ClientSocket belongs to just now; each call is what QTcpSocket's signal of that name says. */
class ClientSocketListener
{
public:
    virtual ~ClientSocketListener() = default;
    virtual void readyRead() = 0;
    virtual void bytesWritten() = 0;
    virtual void disconnected() = 0;
};

/**
 * The TCP socket of one accepted connection; it moves between threads and from HTTP to WebSocket with its
 * place in the limits.
 *
 * It can close lingering: what was written leaves, then our direction is shut, and what the peer still sends
 * is read and dropped until it closes too. Closed the plain way with bytes unread, the kernel resets the
 * connection, and the last answer (413, a Close frame) is lost with it. Whoever closes sees to a deadline,
 * and abort()s then.
 */
class ClientSocket : public QTcpSocket
{
    Q_OBJECT

public:
    /** What a closing peer may still send; one that goes on is reset. */
    static constexpr qint64 LingerBytes = 4 * 1024 * 1024;

    /** Null when \a descriptor is no usable socket; it is closed then. */
    static std::unique_ptr<ClientSocket> fromDescriptor(qintptr descriptor, ConnectionSlot &&slot);
    ~ClientSocket() override; ///< Resets what is still connected; nobody is told.

    /** In place of signals: a connection has two owners in its life, and to connect and disconnect each costs
     * more than all that they hear. Null: what happens is not heard. */
    void setListener(ClientSocketListener *listener) { m_listener = listener; }

    /** Closes lingering. */
    void closeGently();
    [[nodiscard]] bool isLingering() const { return m_lingering; }

    /** Stops or resumes reading; in the socket's thread. */
    void setReadPaused(bool paused);
    /** Reads at most so much ahead, and goes on where reading had stopped at the limit. */
    void limitReadAhead(qint64 bytes);
    /**
     * Gives the buffers back that Qt keeps for the next read and write, 16 KB each, where they are empty:
     * most connections are idle most of the time. Not from inside a signal of the socket.
     */
    void releaseBuffers();

private:
    explicit ClientSocket(ConnectionSlot &&slot);
    void hasRead();
    void hasWritten();
    void hasDisconnected();
    void linger();
    void shutDownWhenWritten();
    void drain();

    ClientSocketListener *m_listener = nullptr;
    ConnectionSlot m_slot;
    qint64 m_drained = 0;
    bool m_lingering = false;
};

} // namespace dialogue
