#include "server/fanout/frame.h"

#include "core/base/bytes.h"

#include <QCryptographicHash>
#include <QHashFunctions>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <numeric>

namespace dialogue {

namespace {

constexpr qsizetype LongestSmall = 125;
constexpr char Length16 = 126;
constexpr char Length64 = 127;
constexpr qsizetype LongestHeader = 10;

// Clients choose what stands in it, and every slow reader's queue compares.
constexpr qsizetype LongestKey = 64;

struct Header
{
    std::array<char, LongestHeader> bytes;
    std::size_t size = 0;
};

constexpr quint8 Final = 0x80;
constexpr quint8 Compressed = 0x40; // RFC 7692, section 6

// RFC 6455, section 5.2: the only frame of its message; servers do not mask.
Header headerOf(WebSocketOpcode opcode, qsizetype size, quint8 flags)
{
    Header header{.bytes = {static_cast<char>(flags | static_cast<quint8>(opcode)), char(size)}, .size = 2};
    if (size > 0xffff) {
        header.bytes[1] = Length64;
        qToBigEndian(quint64(size), &header.bytes[2]);
        header.size += 8;
    } else if (size > LongestSmall) {
        header.bytes[1] = Length16;
        qToBigEndian(quint16(size), &header.bytes[2]);
        header.size += 2;
    }
    return header;
}

qsizetype sizeOf(std::span<const QByteArrayView> parts)
{
    return std::accumulate(parts.begin(), parts.end(), qsizetype(0),
                           [](qsizetype sum, QByteArrayView part) { return sum + part.size(); });
}

/** One frame of the wire; how long its payload is. */
qsizetype appendFrame(QByteArray &bytes, WebSocketOpcode opcode, std::span<const QByteArrayView> payload,
                      quint8 flags = Final)
{
    const qsizetype size = sizeOf(payload);
    const Header header = headerOf(opcode, size, flags);
    char *to = std::copy_n(header.bytes.begin(), header.size, extend(bytes, qsizetype(header.size) + size));
    for (const QByteArrayView part : payload)
        to = std::copy(part.begin(), part.end(), to);
    return size;
}

} // namespace

std::shared_ptr<Frame> Frame::create(const QByteArray &text, const QList<QByteArray> &binaries)
{
    return create({QByteArrayView(text)}, binaries);
}

std::shared_ptr<Frame> Frame::create(std::initializer_list<QByteArrayView> text,
                                     const QList<QByteArray> &binaries)
{
    auto frame = std::make_shared<Frame>();
    const qsizetype textSize = sizeOf(text);
    qsizetype size = textSize + LongestHeader;
    for (const QByteArray &binary : binaries)
        size += binary.size() + LongestHeader;
    frame->m_bytes.reserve(size);
    frame->m_messages.reserve(1 + binaries.size());
    if (textSize > 0 || binaries.isEmpty())
        frame->append(false, text);
    for (const QByteArrayView binary : binaries)
        frame->append(true, std::span(&binary, 1));
    return frame;
}

void Frame::append(bool isBinary, std::span<const QByteArrayView> payload)
{
    const qsizetype size
        = appendFrame(m_bytes, isBinary ? WebSocketOpcode::Binary : WebSocketOpcode::Text, payload);
    m_messages.append({m_bytes.size() - size, size, isBinary});
}

std::shared_ptr<Frame> Frame::control(WebSocketOpcode opcode, const QByteArray &payload)
{
    auto frame = std::make_shared<Frame>();
    const QByteArrayView view(payload);
    appendFrame(frame->m_bytes, opcode, std::span(&view, 1));
    return frame;
}

std::shared_ptr<Frame> Frame::raw(const QByteArray &bytes)
{
    auto frame = std::make_shared<Frame>();
    frame->m_bytes = bytes;
    return frame;
}

std::shared_ptr<Frame> Frame::asTexts(const QList<QByteArray> &texts) const
{
    auto frame = std::make_shared<Frame>(*this);
    frame->m_bytes = {};
    frame->m_messages.clear();
    for (const QByteArrayView text : texts)
        frame->append(false, std::span(&text, 1));
    return frame;
}

std::shared_ptr<Frame> Frame::deflated(const QList<QByteArray> &payloads) const
{
    auto frame = std::make_shared<Frame>();
    frame->takeRulesOf(*this);
    for (qsizetype i = 0; i < m_messages.size(); ++i) {
        const bool isCompressed = !payloads[i].isEmpty();
        const QByteArrayView bytes = isCompressed ? QByteArrayView(payloads[i]) : payload(m_messages[i]);
        const WebSocketOpcode opcode = m_messages[i].binary ? WebSocketOpcode::Binary : WebSocketOpcode::Text;
        appendFrame(frame->m_bytes, opcode, std::span(&bytes, 1), isCompressed ? Final | Compressed : Final);
    }
    return frame;
}

std::shared_ptr<Frame> Frame::asReplay() const
{
    auto frame = std::make_shared<Frame>(*this);
    frame->policy = SlowReaderPolicy::Disconnect;
    return frame;
}

void Frame::takeRulesOf(const Frame &other)
{
    policy = other.policy;
    stream = other.stream;
    offset = other.offset;
    isVolatile = other.isVolatile;
    m_key = other.m_key;
    m_keyHash = other.m_keyHash;
}

void Frame::setKey(const QByteArray &key)
{
    m_key = key.size() <= LongestKey ? key : QCryptographicHash::hash(key, QCryptographicHash::Sha256);
    m_keyHash = qHash(m_key, QHashSeed::globalSeed());
}

} // namespace dialogue
