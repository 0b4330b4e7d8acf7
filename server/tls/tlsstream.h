#pragma once

#include "server/tcp/bytestream.h"
#include "server/tcp/iovector.h"
#include "server/tls/opensslpointer.h"
#include "server/tls/tlsentry.h"
#include "server/tls/tlsworker.h"

#include <QBasicTimer>
#include <QByteArray>
#include <QObject>

#include <memory>
#include <span>

namespace dialogue::tls {

/**
 * TLS around another stream, of which it is the server's end; the other is what reaches the kernel, and has
 * its place in the limits.
 *
 * The handshake begins with the first byte, in the worker that it was made in, and is bounded by what bounds
 * a connection that has not asked for anything yet, in number by TlsEntry::handshakes, and in bytes. Who
 * comes with HTTP is told to speak TLS; who comes with anything else goes without a word.
 */
class TlsStream final : public QObject,
                        public ByteStream,
                        private ByteStreamListener,
                        private TlsWorker::Waiting
{
    Q_OBJECT

public:
    /** \a worker: of its thread; nobody's business once the handshake is made. */
    TlsStream(std::unique_ptr<ByteStream> inner, TlsEntryPtr entry, TlsWorker &worker);
    ~TlsStream() override;

    void deleteLater(QObject *owner) override
    {
        setParent(owner);
        QObject::deleteLater();
    }
    void moveTo(QThread *thread) override;

    void setListener(ByteStreamListener *listener) override;
    void setReadPaused(bool paused) override;

    [[nodiscard]] qintptr sendTarget() override { return reinterpret_cast<qintptr>(this); }
    [[nodiscard]] bool isConnected() const override { return m_inner->isConnected(); }

    qint64 read(std::span<char> piece) override;
    void write(const QByteArray &bytes) override;
    [[nodiscard]] qint64 bytesToWrite() const override { return m_inner->bytesToWrite() + m_out.size(); }

    void closeGently() override;
    void abort() override;
    [[nodiscard]] GiveWay giveWay() override { return m_inner->giveWay(); }
    [[nodiscard]] Place &place() override { return m_inner->place(); }

    // What a TlsSender does with it, in this order.
    /** Encrypts of \a data as much as is sent in one go, and appends it to \a out; how much of \a data that
     * was, or -errno. \a record is what many small frames are put together in. */
    qint64 prepare(std::span<const iovec> data, QByteArray &record, QByteArray &out);
    [[nodiscard]] qintptr innerTarget() { return m_inner->sendTarget(); }
    /** Of what was appended, \a prepared, \a result bytes were sent, or -errno; whether the connection goes
     * on. */
    [[nodiscard]] bool sent(QByteArrayView prepared, qint64 result);

protected:
    void timerEvent(QTimerEvent *event) override;
    void customEvent(QEvent *event) override;

private:
    enum class State {
        Greeting, ///< Nothing has come yet.
        ShakingHands,
        Open,
        Refused, ///< It is told why, and goes.
    };
    class Bio;

    // ByteStreamListener
    void readyRead() override;
    void bytesWritten() override;
    void disconnected() override;

    void setWaiting(bool waits) override;

    void shakeHands();
    /** Whether what has come is to be answered by a handshake; else it has been seen to. */
    bool begins();
    bool beginHandshake();
    void endHandshake();
    void stopWaiting();
    void open();
    void refuseHttp();
    void fail();
    /** What OpenSSL reads, and what it writes. */
    qint64 take(std::span<char> piece);
    void encrypt(QByteArrayView bytes);
    qint64 encryptOne(const iovec &data);
    qint64 encryptMany(std::span<const iovec> data, QByteArray &record);
    void sendOut();
    void lookAgain();

    std::unique_ptr<ByteStream> m_inner;
    TlsEntryPtr m_entry; ///< Until the handshake is made.
    TlsWorker *m_worker; ///< The same.
    Place m_handshake; ///< The same.
    SslPtr m_ssl; ///< From the first byte on.
    ByteStreamListener *m_listener = nullptr;
    QByteArray m_early; ///< Has come before OpenSSL was there to read it.
    QByteArray m_out; ///< Encrypted, and not yet the inner one's.
    QByteArray *m_sink = &m_out; ///< Where what OpenSSL writes goes.
    qint64 m_handshakeBytes = 0;
    State m_state = State::Greeting;
    bool m_readPaused = false;
    bool m_isWaiting = false; ///< For the worker.
    bool m_isDry = true; ///< OpenSSL has nothing, until more comes.
    bool m_peerHasClosed = false; ///< And is still owed what is unsent.
    bool m_isSending = false; ///< Its end is nobody's to hear just now,
    bool m_isUntold = false; ///< and has come.
    QBasicTimer m_again; ///< OpenSSL has more than its owner has read: the next turn.
};

} // namespace dialogue::tls
