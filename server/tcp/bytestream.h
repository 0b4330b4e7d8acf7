#pragma once

#include "server/tcp/places.h"

#include <QByteArray>
#include <QtGlobal>

#include <array>
#include <memory>
#include <span>

class QObject;
class QThread;

namespace dialogue {

/** Whoever a ByteStream belongs to just now. */
class ByteStreamListener
{
public:
    virtual ~ByteStreamListener() = default;
    /** There is something to read(), or the peer has closed; called at every turn until that was read. */
    virtual void readyRead() = 0;
    /** Some of what could not be sent at once has left. */
    virtual void bytesWritten() = 0;
    /** Closed, by whomever. Also from inside a call to the stream. */
    virtual void disconnected() = 0;
};

/**
 * One accepted connection, as HTTP and WebSocket read from it and write to it; it moves between threads and
 * from the one to the other with its place in the limits. A ClientSocket, or a DeviceStream over Qt's own
 * sockets; or what is put around one of these.
 *
 * It can close lingering: what was written leaves, then our direction is shut, and what the peer still sends
 * is read and dropped until it closes too. Closed the plain way with bytes unread, the kernel resets the
 * connection, and the last answer (413, a Close frame) is lost with it. Whoever closes sees to a deadline,
 * and abort()s then.
 */
class ByteStream
{
public:
    /** What a closing peer may still send; one that goes on is reset. */
    static constexpr qint64 LingerBytes = 4 * 1024 * 1024;

    explicit ByteStream(Place &&place)
        : m_place(std::move(place))
    { }
    ByteStream(const ByteStream &) = delete;
    ByteStream &operator=(const ByteStream &) = delete;
    virtual ~ByteStream() = default; ///< Closes; nobody is told.

    /** With \a owner at the latest: where the application is gone, no event comes any more. */
    virtual void deleteLater(QObject *owner) = 0;
    /** Reads and writes nothing until setListener() is called in \a thread. */
    virtual void moveTo(QThread *thread) = 0;

    /** Null: nothing is read. */
    virtual void setListener(ByteStreamListener *listener) = 0;
    /** Stops or resumes reading, but for a lingering one. While it is stopped the end of the connection is
     * noticed only by writing. */
    virtual void setReadPaused(bool paused) = 0;

    /** What the Sender of its worker knows it by, while it is connected: see SendRequest. */
    [[nodiscard]] virtual qintptr sendTarget() = 0;
    [[nodiscard]] virtual bool isConnected() const = 0;
    [[nodiscard]] bool isLingering() const { return m_lingering; }
    [[nodiscard]] const Peer &peer() { return place().peer(); }
    [[nodiscard]] bool isOfConsoles() { return place().isOfConsoles(); }

    /** It is \a peer's, as a proxy said; false when there is no place for that one. */
    [[nodiscard]] bool becomeOf(const Peer &peer, Place::Share share)
    {
        return place().becomeOf(peer, share);
    }
    /** It serves something from here on: a request in hand, a WebSocket. False when it had to give way to
     * others before; then it is about to close. */
    [[nodiscard]] bool settle() { return place().settle(); }
    /** It serves nothing for now, and gives way when there are too many like it. */
    void wait()
    {
        if (isConnected())
            place().wait(giveWay());
    }

    using Piece = std::array<char, 16384>; ///< To read into.
    /** How many bytes of \a piece were filled; 0 when there is nothing more, or the connection has ended. */
    virtual qint64 read(std::span<char> piece) = 0;
    /** Sends \a bytes, now as far as the kernel takes them. */
    virtual void write(const QByteArray &bytes) = 0;
    /** Of what was written. */
    [[nodiscard]] virtual qint64 bytesToWrite() const = 0;

    /** Closes lingering. */
    virtual void closeGently() = 0;
    /** Closes at once, with what is unsent and unread. */
    virtual void abort() = 0;

    /** What asks it to close, in any thread, for as long as it has its place. */
    [[nodiscard]] virtual GiveWay giveWay() = 0;
    /** Its place in the limits. */
    [[nodiscard]] virtual Place &place() { return m_place; }

protected:
    bool m_lingering = false;
    Place m_place;
};

} // namespace dialogue
