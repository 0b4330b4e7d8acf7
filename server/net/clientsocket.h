#pragma once

#include "server/net/places.h"

#include <QByteArray>
#include <QSocketNotifier>

#include <array>
#include <memory>
#include <span>

namespace dialogue {

/** Whoever a ClientSocket belongs to just now. */
class ClientSocketListener
{
public:
    virtual ~ClientSocketListener() = default;
    /** There is something to read(), or the peer has closed; called at every turn until that was read. */
    virtual void readyRead() = 0;
    /** Some of what could not be sent at once has left. */
    virtual void bytesWritten() = 0;
    /** Closed, by whomever. Also from inside a call to the socket. */
    virtual void disconnected() = 0;
};

/** What hangs \a descriptor up, whoever reads from it: how a connection is asked to give way. */
GiveWay hangUp(int descriptor);

/**
 * The TCP socket of one accepted connection; it moves between threads and from HTTP to WebSocket with its
 * place in the limits.
 *
 * Not a QTcpSocket, which takes 2 KB, nine system calls and a fifth of all that a connect costs, and which
 * reads ahead: here what the owner does not read stays in the kernel, and TCP holds the peer back.
 *
 * It can close lingering: what was written leaves, then our direction is shut, and what the peer still sends
 * is read and dropped until it closes too. Closed the plain way with bytes unread, the kernel resets the
 * connection, and the last answer (413, a Close frame) is lost with it. Whoever closes sees to a deadline,
 * and abort()s then.
 */
class ClientSocket final : private QSocketNotifier
{
public:
    /** What a closing peer may still send; one that goes on is reset. */
    static constexpr qint64 LingerBytes = 4 * 1024 * 1024;

    /** Owns \a descriptor, and belongs to the calling thread. */
    ClientSocket(int descriptor, Place &&place);
    ~ClientSocket() override; ///< Closes; nobody is told.

    /** With \a owner at the latest: where the application is gone, no event comes any more. */
    void deleteLater(QObject *owner)
    {
        setParent(owner);
        QSocketNotifier::deleteLater();
    }
    /** Reads and writes nothing until setListener() is called in \a thread. */
    void moveTo(QThread *thread);

    /** Null: nothing is read. */
    void setListener(ClientSocketListener *listener);
    /** Stops or resumes reading, but for a lingering socket. While it is stopped the end of the connection is
     * noticed only by writing. */
    void setReadPaused(bool paused);

    /** -1 once it is closed. */
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isConnected() const { return m_descriptor >= 0; }
    [[nodiscard]] bool isLingering() const { return m_lingering; }
    [[nodiscard]] const Peer &peer() const { return m_place.peer(); }

    /** It is \a peer's, as a proxy said; false when there is no place for that one. */
    [[nodiscard]] bool becomeOf(const Peer &peer, Place::Share share)
    {
        return m_place.becomeOf(peer, share);
    }
    /** It serves something from here on: a request in hand, a WebSocket. False when it had to give way to
     * others before; then it is about to close. */
    [[nodiscard]] bool settle() { return m_place.settle(); }
    /** It serves nothing for now, and gives way when there are too many like it. */
    void wait();

    using Piece = std::array<char, 16384>; ///< To read into.
    /** How many bytes of \a piece were filled; 0 when there is nothing more, or the connection has ended. */
    qint64 read(std::span<char> piece);
    /** Sends \a bytes, now as far as the kernel takes them. */
    void write(const QByteArray &bytes);
    /** Of what was written. */
    [[nodiscard]] qint64 bytesToWrite() const { return m_unsent.size() - m_sent; }

    /** Closes lingering. */
    void closeGently();
    /** Closes at once, with what is unsent and unread. */
    void abort();

protected:
    bool event(QEvent *event) override;

private:
    class WriteNotifier;

    void updateNotifiers();
    void writable();
    void sendUnsent();
    void allSent();
    void drain();

    int m_descriptor;
    bool m_readPaused = false;
    bool m_lingering = false;
    bool m_peerHasClosed = false; ///< And is still owed what is unsent.
    ClientSocketListener *m_listener = nullptr;
    QByteArray m_unsent;
    qint64 m_sent = 0; ///< Of m_unsent.
    qint64 m_drained = 0;
    Place m_place;
    std::unique_ptr<WriteNotifier> m_writeNotifier; ///< Few connections ever have to wait.
};

} // namespace dialogue
