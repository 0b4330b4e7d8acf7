#pragma once

#include "server/tcp/bytestream.h"

#include <QByteArray>
#include <QSocketNotifier>

#include <memory>
#include <span>

namespace dialogue {

/** What hangs \a descriptor up, whoever reads from it: how a connection is asked to give way. */
GiveWay hangUp(int descriptor);

/**
 * The TCP socket of one accepted connection, by the kernel's own calls: what `transport: native` is made of.
 *
 * Not a QTcpSocket, which takes 2 KB, nine system calls and a fifth of all that a connect costs, and which
 * reads ahead: here what the owner does not read stays in the kernel, and TCP holds the peer back.
 */
class ClientSocket final : private QSocketNotifier, public ByteStream
{
public:
    /** Owns \a descriptor, and belongs to the calling thread. */
    ClientSocket(int descriptor, Place &&place);
    ~ClientSocket() override;

    void deleteLater(QObject *owner) override
    {
        setParent(owner);
        QSocketNotifier::deleteLater();
    }
    void moveTo(QThread *thread) override;

    void setListener(ByteStreamListener *listener) override;
    void setReadPaused(bool paused) override;

    [[nodiscard]] int descriptor() const { return m_descriptor; } ///< -1 once it is closed.
    [[nodiscard]] qintptr sendTarget() override { return m_descriptor; }
    [[nodiscard]] bool isConnected() const override { return m_descriptor >= 0; }

    qint64 read(std::span<char> piece) override;
    void write(const QByteArray &bytes) override;
    [[nodiscard]] qint64 bytesToWrite() const override { return m_unsent.size() - m_sent; }

    void closeGently() override;
    void abort() override;
    [[nodiscard]] GiveWay giveWay() override { return hangUp(m_descriptor); }

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
    bool m_peerHasClosed = false; ///< And is still owed what is unsent.
    ByteStreamListener *m_listener = nullptr;
    QByteArray m_unsent;
    qint64 m_sent = 0; ///< Of m_unsent.
    qint64 m_drained = 0;
    std::unique_ptr<WriteNotifier> m_writeNotifier; ///< Few connections ever have to wait.
};

} // namespace dialogue
