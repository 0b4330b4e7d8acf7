#include "server/net/frame.h"

#include <QtEndian>

namespace dialogue {

namespace {

// RFC 6455, section 5.2: FIN with opcode 1 or 2; servers do not mask.
constexpr char FinalText = char(0x81);
constexpr char FinalBinary = char(0x82);
constexpr qsizetype LongestSmall = 125;
constexpr char Length16 = 126;
constexpr char Length64 = 127;
constexpr qsizetype LongestHeader = 10;

void appendHeader(QByteArray &bytes, char opcode, qsizetype size)
{
    bytes.append(opcode);
    if (size <= LongestSmall) {
        bytes.append(char(size));
    } else if (size <= 0xffff) {
        char length[2];
        qToBigEndian(quint16(size), length);
        bytes.append(Length16).append(length, sizeof length);
    } else {
        char length[8];
        qToBigEndian(quint64(size), length);
        bytes.append(Length64).append(length, sizeof length);
    }
}

} // namespace

std::shared_ptr<Frame> Frame::create(const QByteArray &text, const QList<QByteArray> &binaries)
{
    auto frame = std::make_shared<Frame>();
    qsizetype size = text.size() + LongestHeader;
    for (const QByteArray &binary : binaries)
        size += binary.size() + LongestHeader;
    frame->m_bytes.reserve(size);
    frame->m_messages.reserve(1 + binaries.size());

    const auto append = [&](const QByteArray &payload, bool isBinary) {
        appendHeader(frame->m_bytes, isBinary ? FinalBinary : FinalText, payload.size());
        frame->m_messages.push_back({frame->m_bytes.size(), payload.size(), isBinary});
        frame->m_bytes.append(payload);
    };
    if (!text.isEmpty() || binaries.isEmpty())
        append(text, false);
    for (const QByteArray &binary : binaries)
        append(binary, true);
    return frame;
}

std::shared_ptr<Frame> Frame::control(quint8 opcode, const QByteArray &payload)
{
    auto frame = std::make_shared<Frame>();
    appendHeader(frame->m_bytes, static_cast<char>(0x80 | opcode), payload.size());
    frame->m_bytes.append(payload);
    return frame;
}

std::shared_ptr<Frame> Frame::raw(const QByteArray &bytes)
{
    auto frame = std::make_shared<Frame>();
    frame->m_bytes = bytes;
    return frame;
}

} // namespace dialogue
