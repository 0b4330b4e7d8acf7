#include "server/websocket/deflater.h"

#include "server/websocket/closecodes.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <new>

namespace dialogue {

namespace {

constexpr int LargestWindow = -15; // Without a header, as RFC 7692 has it.

/** What ends a message on the wire of zlib, and is left out on ours (section 7.2.1). */
constexpr std::array<char, 4> Tail{0, 0, char(0xff), char(0xff)};

/** zlib reads what it is given, though its pointer says otherwise. */
Bytef *bytesOf(const char *data) { return reinterpret_cast<Bytef *>(const_cast<char *>(data)); }

} // namespace

class Deflater::Compressor
{
public:
    explicit Compressor(int level)
    {
        if (deflateInit2(&m_stream, level, Z_DEFLATED, LargestWindow, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY)
            != Z_OK)
            throw std::bad_alloc();
    }
    ~Compressor() { deflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Compressor)

    /** Empty: it would be no smaller. */
    QByteArray operator()(QByteArrayView message)
    {
        deflateReset(&m_stream);
        QByteArray out(message.size() - 1, Qt::Uninitialized);
        m_stream.next_in = bytesOf(message.data());
        m_stream.avail_in = static_cast<uInt>(message.size());
        m_stream.next_out = bytesOf(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        const int result = deflate(&m_stream, Z_SYNC_FLUSH);
        // Where all of the room is used there may be more to come.
        if (result != Z_OK || m_stream.avail_in > 0 || m_stream.avail_out == 0)
            return {};
        out.truncate(out.size() - qsizetype(m_stream.avail_out) - qsizetype(Tail.size()));
        out.squeeze();
        return out;
    }

private:
    z_stream m_stream{};
};

class Deflater::Decompressor
{
public:
    Decompressor()
    {
        if (inflateInit2(&m_stream, LargestWindow) != Z_OK)
            throw std::bad_alloc();
    }
    ~Decompressor() { inflateEnd(&m_stream); }
    Q_DISABLE_COPY_MOVE(Decompressor)

    Inflated operator()(QByteArrayView message, qint64 most)
    {
        inflateReset(&m_stream);
        m_out = {};
        m_most = most;
        int error = take(message);
        if (error == 0)
            error = take(QByteArrayView(Tail.data(), qsizetype(Tail.size())));
        if (error == 0 && !m_isAtBoundary)
            error = closecodes::InvalidData; // It ended within a block.
        return {error == 0 ? std::move(m_out) : QByteArray(), error};
    }

private:
    int take(QByteArrayView bytes)
    {
        m_stream.next_in = bytesOf(bytes.data());
        m_stream.avail_in = static_cast<uInt>(bytes.size());
        while (m_stream.avail_in > 0) {
            // Grows with what comes, whatever may come; near the limit there is less left than the least.
            const qsizetype room
                = std::min(std::max<qsizetype>(m_out.size(), 1024), m_most + 1 - m_out.size());
            const qsizetype before = m_out.size();
            m_out.resize(before + room);
            m_stream.next_out = bytesOf(m_out.data() + before);
            m_stream.avail_out = static_cast<uInt>(room);
            const int result = inflate(&m_stream, Z_SYNC_FLUSH);
            m_out.truncate(m_out.size() - qsizetype(m_stream.avail_out));
            if (m_out.size() > m_most)
                return closecodes::TooBig;
            m_isAtBoundary = (m_stream.data_type & 128) != 0;
            if (result == Z_STREAM_END) {
                // The last block of a stream, but maybe not of the message (section 7.2.3.4).
                m_isAtBoundary = true;
                inflateReset(&m_stream);
            } else if (result != Z_OK && result != Z_BUF_ERROR) {
                return closecodes::InvalidData;
            }
        }
        return 0;
    }

    z_stream m_stream{};
    QByteArray m_out;
    qint64 m_most = 0;
    bool m_isAtBoundary = false;
};

Deflater::Deflater(const PerMessageDeflate &config)
    : m_config(config)
{ }

Deflater::~Deflater() = default;

FramePtr Deflater::deflated(const FramePtr &frame)
{
    if (frame->bytes().size() < m_config.threshold || frame->messages().empty())
        return frame;
    if (frame != m_last) {
        m_lastDeflated = compress(*frame);
        m_last = frame;
    }
    return m_lastDeflated ? m_lastDeflated : frame;
}

FramePtr Deflater::compress(const Frame &frame)
{
    if (frame.bytes().size() > m_config.largest) {
        ++m_counters.tooLarge;
        return nullptr;
    }
    if (!m_compressor)
        m_compressor = std::make_unique<Compressor>(m_config.level);
    QList<QByteArray> payloads;
    bool isAny = false;
    for (const Frame::Message &message : frame.messages()) {
        QByteArray payload;
        if (message.size >= m_config.threshold)
            payload = (*m_compressor)(frame.payload(message));
        if (!payload.isEmpty()) {
            isAny = true;
            m_counters.bytesBefore += message.size;
            m_counters.bytesAfter += payload.size();
        }
        payloads.append(payload);
    }
    return isAny ? frame.deflated(payloads) : nullptr;
}

Deflater::Inflated Deflater::inflated(QByteArrayView message, qint64 most)
{
    if (!m_decompressor)
        m_decompressor = std::make_unique<Decompressor>();
    Inflated inflated = (*m_decompressor)(message, most);
    m_counters.inflated += inflated.data.size();
    if (inflated.error != 0)
        ++m_counters.refused;
    return inflated;
}

} // namespace dialogue
