#include "server/tls/tlsstream.h"

#include "server/tls/certificatenames.h"
#include "server/tls/tlscontext.h"
#include "server/tls/tlsfault.h"

#include <QCoreApplication>
#include <QTimerEvent>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include <openssl/err.h>

namespace dialogue::tls {

namespace {

/** Of a handshake; certificates of clients and their chains fit in. */
constexpr qint64 LargestHandshake = 65536;
/** Encrypted in one go, before it is seen how much of it the kernel takes. */
constexpr qint64 LargestSend = 65536;
constexpr qsizetype RecordSize = 16384;
constexpr char HandshakeRecord = 0x16; ///< RFC 8446, section 5.1

const QByteArray SpeakTls = "This port speaks TLS: the address begins with https:// or wss://.\n";

QByteArray plainAnswer()
{
    return "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain; charset=utf-8\r\nConnection: close\r\n"
           "Content-Length: "
        + QByteArray::number(SpeakTls.size()) + "\r\n\r\n" + SpeakTls;
}

} // namespace

/** What OpenSSL reads from and writes to: the stream. */
class TlsStream::Bio
{
public:
    static BIO *create(TlsStream *stream)
    {
        BIO *const bio = BIO_new(method());
        if (bio) {
            BIO_set_data(bio, stream);
            BIO_set_init(bio, 1);
        }
        return bio;
    }

private:
    static BIO_METHOD *method()
    {
        // Made once; OpenSSL keeps its own such methods in the same way.
        static BIO_METHOD *const method = [] {
            BIO_METHOD *made = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "dialogue stream");
            BIO_meth_set_read(made, &Bio::read);
            BIO_meth_set_write(made, &Bio::write);
            BIO_meth_set_ctrl(made, &Bio::control);
            return made;
        }();
        return method;
    }
    static TlsStream &streamOf(BIO *bio) { return *static_cast<TlsStream *>(BIO_get_data(bio)); }

    static int read(BIO *bio, char *data, int size)
    {
        BIO_clear_retry_flags(bio);
        TlsStream &stream = streamOf(bio);
        const qint64 count = stream.take(std::span(data, std::size_t(size)));
        if (count > 0)
            return int(count);
        if (!stream.isConnected())
            return 0;
        BIO_set_retry_read(bio);
        return -1;
    }
    static int write(BIO *bio, const char *data, int size)
    {
        BIO_clear_retry_flags(bio);
        streamOf(bio).m_sink->append(data, size);
        return size;
    }
    static long control(BIO *, int command, long, void *) { return command == BIO_CTRL_FLUSH ? 1 : 0; }
};

TlsStream::TlsStream(std::unique_ptr<ByteStream> inner, TlsEntryPtr entry, TlsWorker &worker)
    : ByteStream(Place())
    , m_inner(std::move(inner))
    , m_entry(std::move(entry))
    , m_worker(&worker)
{ }

TlsStream::~TlsStream()
{
    m_listener = nullptr;
    abort();
    m_inner->setListener(nullptr);
}

void TlsStream::moveTo(QThread *thread)
{
    m_listener = nullptr;
    m_again.stop();
    m_inner->moveTo(thread);
    moveToThread(thread);
}

void TlsStream::setListener(ByteStreamListener *listener)
{
    m_listener = listener;
    m_inner->setListener(listener ? this : nullptr);
    lookAgain();
}

void TlsStream::setReadPaused(bool paused)
{
    m_readPaused = paused;
    m_inner->setReadPaused(m_readPaused || m_isWaiting);
    lookAgain();
}

void TlsStream::setWaiting(bool waits)
{
    m_isWaiting = waits;
    m_inner->setReadPaused(m_readPaused || m_isWaiting);
}

// The inner one tells of what arrives, and not of what OpenSSL has of it. In a turn of its own: others have
// theirs.
void TlsStream::lookAgain()
{
    const bool listens = m_listener && !m_readPaused && !m_lingering && m_state == State::Open;
    if (listens && isConnected() && !m_isDry && SSL_has_pending(m_ssl.get()) == 1 && !m_again.isActive())
        m_again.start(0, this);
}

void TlsStream::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_again.timerId())
        return;
    m_again.stop();
    if (m_listener && !m_readPaused && !m_lingering)
        m_listener->readyRead();
    lookAgain();
}

/** Its handshake is to give way to others: there is no other such event. */
void TlsStream::customEvent(QEvent *)
{
    if (m_state == State::ShakingHands)
        abort();
}

// Whoever is called from here may do anything to us but delete us now.
void TlsStream::readyRead()
{
    m_isDry = false;
    if (m_peerHasClosed) {
        Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
        (void)m_inner->read(piece); // It has said that nothing comes.
        return;
    }
    if (m_state != State::Open)
        shakeHands();
    if (m_state == State::Open && m_listener && !m_readPaused)
        m_listener->readyRead();
    lookAgain();
}

void TlsStream::shakeHands()
{
    // What is not read now is still there in the next turn.
    if (m_state == State::Refused || !m_worker->mayGoOn(*this))
        return;
    const auto began = TlsWorker::Clock::now();
    if (m_state == State::Greeting && !begins())
        return;
    ERR_clear_error();
    const int result = SSL_do_handshake(m_ssl.get());
    m_worker->spent(TlsWorker::Clock::now() - began);
    if (!isConnected())
        return; // It was told of.
    if (result == 1)
        open();
    else if (SSL_get_error(m_ssl.get(), result) == SSL_ERROR_WANT_READ
             && m_handshakeBytes <= LargestHandshake)
        sendOut();
    else
        fail();
}

bool TlsStream::begins()
{
    Piece piece; // NOLINT(cppcoreguidelines-pro-type-member-init)
    const qint64 count = m_inner->read(piece);
    if (count == 0)
        return false;
    if (piece[0] == HandshakeRecord) {
        m_early = QByteArray(piece.data(), count);
        return beginHandshake();
    }
    // The methods of HTTP are all of these.
    if (piece[0] >= 'A' && piece[0] <= 'Z') {
        refuseHttp();
    } else {
        m_worker->failed(peer(), QStringLiteral("speaks neither TLS nor HTTP"));
        abort();
    }
    return false;
}

bool TlsStream::beginHandshake()
{
    // By an event: the inner one's descriptor may be gone, and another's, before the place is given back.
    // While it may be called there is the place, and so is this.
    const GiveWay giveWayToOthers = [this] { QCoreApplication::postEvent(this, new QEvent(QEvent::User)); };
    std::optional<Place> place = m_entry->handshakes->admit(peer(), giveWayToOthers);
    if (!place) {
        m_worker->refused(peer());
        abort();
        return false;
    }
    m_handshake = *std::move(place);
    m_state = State::ShakingHands;
    m_worker->begun();
    m_ssl = m_entry->context->newConnection();
    BIO *const bio = m_ssl ? Bio::create(this) : nullptr;
    if (!bio) {
        fail();
        return false;
    }
    SSL_set_bio(m_ssl.get(), bio, bio);
    return true;
}

void TlsStream::stopWaiting()
{
    if (std::exchange(m_isWaiting, false))
        m_worker->forget(*this);
}

void TlsStream::endHandshake()
{
    stopWaiting();
    m_handshake.release();
    if (m_state == State::ShakingHands)
        m_worker->ended();
    m_entry.reset();
}

void TlsStream::open()
{
    endHandshake();
    m_state = State::Open;
    m_worker->completed();
    const X509Ptr certificate(SSL_get1_peer_certificate(m_ssl.get()));
    place().becomeSecure(certificate ? namesIn(certificate.get()) : nullptr);
    sendOut();
}

void TlsStream::refuseHttp()
{
    m_state = State::Refused;
    m_worker->cameWithout(peer());
    m_inner->write(plainAnswer());
    m_lingering = true;
    m_inner->closeGently();
}

void TlsStream::fail()
{
    const QString why = takeFault();
    m_worker->failed(peer(), why);
    endHandshake();
    m_state = State::Refused;
    sendOut(); // What TLS has to say about it.
    m_lingering = true;
    m_inner->closeGently();
}

qint64 TlsStream::take(std::span<char> piece)
{
    if (!m_early.isEmpty()) {
        const qsizetype count = std::min(m_early.size(), qsizetype(piece.size()));
        std::memcpy(piece.data(), m_early.constData(), std::size_t(count));
        m_early = m_early.sliced(count);
        m_handshakeBytes += count;
        return count;
    }
    const qint64 count = m_inner->read(piece);
    if (m_state == State::ShakingHands)
        m_handshakeBytes += count;
    return count;
}

qint64 TlsStream::read(std::span<char> piece)
{
    if (m_state != State::Open || m_peerHasClosed || !isConnected())
        return 0;
    ERR_clear_error();
    std::size_t count = 0;
    const int result = SSL_read_ex(m_ssl.get(), piece.data(), piece.size(), &count);
    if (!isConnected())
        return 0;
    if (result == 1) {
        sendOut(); // TLS may have had something to say.
        return qint64(count);
    }
    m_isDry = true;
    switch (SSL_get_error(m_ssl.get(), result)) {
    case SSL_ERROR_WANT_READ:
        sendOut();
        break;
    case SSL_ERROR_ZERO_RETURN:
        m_peerHasClosed = true;
        if (bytesToWrite() > 0)
            break;
        [[fallthrough]];
    default:
        (void)takeFault();
        abort();
    }
    return 0;
}

void TlsStream::write(const QByteArray &bytes)
{
    if (m_state != State::Open || m_lingering || !isConnected())
        return; // It has nobody to say it to.
    encrypt(bytes);
    sendOut();
}

void TlsStream::encrypt(QByteArrayView bytes)
{
    if (bytes.isEmpty())
        return;
    ERR_clear_error();
    std::size_t count = 0;
    // All of it goes to m_out: what it writes to is never full.
    if (SSL_write_ex(m_ssl.get(), bytes.data(), std::size_t(bytes.size()), &count) != 1) {
        (void)takeFault();
        abort();
    }
}

void TlsStream::sendOut()
{
    if (!m_out.isEmpty() && isConnected())
        m_inner->write(std::exchange(m_out, {}));
}

qint64 TlsStream::prepare(std::span<const iovec> data, QByteArray &record, QByteArray &out)
{
    if (m_state != State::Open || m_lingering || !isConnected())
        return -EPIPE;
    if (bytesToWrite() > 0)
        return -EAGAIN;
    const qsizetype before = out.size();
    m_isSending = true;
    m_sink = &out;
    const qint64 total = data.size() == 1 ? encryptOne(data.front()) : encryptMany(data, record);
    m_sink = &m_out;
    m_isSending = false;
    if (isConnected())
        return total;
    out.truncate(before);
    return -EPIPE;
}

qint64 TlsStream::encryptOne(const iovec &data)
{
    const qint64 count = std::min<qint64>(qint64(data.iov_len), LargestSend);
    encrypt({static_cast<const char *>(data.iov_base), qsizetype(count)});
    return count;
}

// Frames are small: one record for many of them.
qint64 TlsStream::encryptMany(std::span<const iovec> data, QByteArray &record)
{
    record.reserve(RecordSize);
    record.resize(0);
    qint64 total = 0;
    for (const iovec &part : data) {
        QByteArrayView rest(static_cast<const char *>(part.iov_base), qsizetype(part.iov_len));
        while (!rest.isEmpty() && total < LargestSend) {
            const qsizetype count = std::min(rest.size(), RecordSize - record.size());
            record.append(rest.first(count));
            rest = rest.sliced(count);
            total += count;
            if (record.size() == RecordSize) {
                encrypt(record);
                record.resize(0);
            }
        }
    }
    encrypt(record);
    return total;
}

bool TlsStream::sent(QByteArrayView prepared, qint64 result)
{
    if (result < 0 && result != -EAGAIN && result != -EWOULDBLOCK && result != -EINTR)
        return false;
    if (result >= prepared.size())
        return true;
    m_out = prepared.sliced(std::max<qint64>(result, 0)).toByteArray();
    m_isSending = true;
    sendOut(); // It says when it has taken that.
    m_isSending = false;
    return isConnected();
}

void TlsStream::bytesWritten()
{
    if (m_listener)
        m_listener->bytesWritten();
    if (m_peerHasClosed && bytesToWrite() == 0)
        abort();
}

void TlsStream::disconnected()
{
    m_again.stop();
    stopWaiting();
    if (m_entry)
        endHandshake();
    if (m_isSending)
        m_isUntold = true;
    else if (m_listener)
        m_listener->disconnected();
}

void TlsStream::closeGently()
{
    if (!isConnected() || std::exchange(m_lingering, true))
        return;
    if (m_state == State::Open) {
        ERR_clear_error();
        SSL_shutdown(m_ssl.get());
        sendOut();
    }
    m_inner->closeGently();
}

void TlsStream::abort()
{
    m_again.stop();
    stopWaiting();
    m_handshake.release();
    m_inner->abort();
    if (std::exchange(m_isUntold, false) && m_listener)
        m_listener->disconnected();
}

} // namespace dialogue::tls
