#include "core/protocol/websocket/maskedframe.h"

#include "core/protocol/websocket/masking.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace dialogue {

namespace {

constexpr uchar Final = 0x80;
constexpr uchar Masked = 0x80;
constexpr qsizetype LongestOfOneByte = 125;
constexpr qsizetype LongestOfTwoBytes = 0xffff;
constexpr uchar TwoBytes = 126;
constexpr uchar EightBytes = 127;

} // namespace

QByteArray maskedFrame(WebSocketOpcode opcode, QByteArrayView payload, quint32 maskingKey)
{
    std::array<uchar, 14> head{};
    std::array<uchar, 4> key{};
    qToBigEndian(maskingKey, key.data());
    head[0] = Final | static_cast<uchar>(opcode);
    std::size_t size = 2;
    if (payload.size() <= LongestOfOneByte) {
        head[1] = static_cast<uchar>(Masked | payload.size());
    } else if (payload.size() <= LongestOfTwoBytes) {
        head[1] = Masked | TwoBytes;
        qToBigEndian(static_cast<quint16>(payload.size()), &head[size]);
        size += sizeof(quint16);
    } else {
        head[1] = Masked | EightBytes;
        qToBigEndian(static_cast<quint64>(payload.size()), &head[size]);
        size += sizeof(quint64);
    }
    for (const uchar byte : key)
        head[size++] = byte;
    QByteArray frame(static_cast<qsizetype>(size) + payload.size(), Qt::Uninitialized);
    std::copy_n(head.begin(), size, frame.begin());
    mask(payload, key.data(), 0, frame.data() + size);
    return frame;
}

} // namespace dialogue
