#pragma once

#include "server/tcp/bytestream.h"
#include "server/tcp/iovector.h"

#include <QBasicTimer>
#include <QObject>

class QTcpSocket;

namespace dialogue {

/**
 * A ByteStream over a QTcpSocket: what `transport: qt` is made of.
 *
 * The socket reads ahead, a piece at most, and then TCP holds the peer back. A peer that has shut its
 * direction is gone with what it is still owed, as Qt has it.
 */
class QtStream final : public QObject, public ByteStream
{
    Q_OBJECT

public:
    /** Of a connected socket, in its thread. */
    explicit QtStream(std::unique_ptr<QTcpSocket> socket);
    ~QtStream() override;

    /** Whose it is in the limits; to begin with nobody's. */
    void setPlace(Place &&place) { m_place = std::move(place); }
    /** What asks it to close, in any thread, for as long as it has its place. */
    [[nodiscard]] GiveWay giveWay() override;

    void deleteLater(QObject *owner) override
    {
        setParent(owner);
        QObject::deleteLater();
    }
    void moveTo(QThread *thread) override;

    void setListener(ByteStreamListener *listener) override;
    void setReadPaused(bool paused) override;

    [[nodiscard]] qintptr sendTarget() override { return reinterpret_cast<qintptr>(this); }
    [[nodiscard]] bool isConnected() const override { return m_isOpen; }

    qint64 read(std::span<char> piece) override;
    void write(const QByteArray &bytes) override;
    /** Writes \a data as far as the kernel takes it, and a piece beyond; how much that was, or -errno, as a
     * Sender says it. */
    qint64 send(std::span<const iovec> data);
    [[nodiscard]] qint64 bytesToWrite() const override;

    void closeGently() override;
    void abort() override;

protected:
    void timerEvent(QTimerEvent *event) override;
    void customEvent(QEvent *event) override;

private:
    [[nodiscard]] bool listens() const;
    [[nodiscard]] bool hasMore() const;
    void lookAgain();
    void arrived();
    void taken();
    void allSent();
    void drain();

    std::unique_ptr<QTcpSocket> m_socket;
    ByteStreamListener *m_listener = nullptr;
    bool m_isOpen = true;
    bool m_readPaused = false;
    bool m_isWriting = false; ///< What the socket says meanwhile is nobody's to hear.
    bool m_isShut = false; ///< Our direction.
    qint64 m_drained = 0;
    QBasicTimer m_again; ///< There was more to read than its owner has: the next turn.
};

} // namespace dialogue
