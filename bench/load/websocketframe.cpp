#include "bench/load/websocketframe.h"

#include <cstring>

namespace dialogue::bench {

namespace {

constexpr std::uint8_t Final = 0x80;
constexpr std::uint8_t Reserved = 0x70;
constexpr std::uint8_t OpcodeBits = 0x0f;
constexpr std::uint8_t Masked = 0x80;
constexpr std::uint8_t Length = 0x7f;
constexpr std::size_t Short = 125; ///< The longest payload whose length stands in the second byte.
constexpr std::size_t MaxControl = 125; ///< RFC 6455, 5.5.

std::uint64_t bigEndian(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char byte : bytes)
        number = number << 8 | static_cast<std::uint8_t>(byte);
    return number;
}

void appendBigEndian(std::string &out, std::uint64_t number, int bytes)
{
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
        out += static_cast<char>(number >> shift & 0xff);
}

bool isKnown(std::uint8_t opcode) { return opcode <= 2 || (opcode >= 8 && opcode <= 10); }

} // namespace

void appendClientFrame(std::string &out, Opcode opcode, std::string_view payload, std::uint32_t mask)
{
    out += static_cast<char>(Final | static_cast<std::uint8_t>(opcode));
    if (payload.size() <= Short) {
        out += static_cast<char>(Masked | payload.size());
    } else if (payload.size() <= 0xffff) {
        out += static_cast<char>(Masked | 126);
        appendBigEndian(out, payload.size(), 2);
    } else {
        out += static_cast<char>(Masked | 127);
        appendBigEndian(out, payload.size(), 8);
    }
    char key[4];
    std::memcpy(key, &mask, sizeof key);
    out.append(key, sizeof key);
    const std::size_t start = out.size();
    out.append(payload);
    for (std::size_t i = 0; i < payload.size(); ++i)
        out[start + i] = static_cast<char>(out[start + i] ^ key[i % 4]);
}

ServerFrame readServerFrame(std::string_view bytes, std::size_t maxPayload)
{
    ServerFrame frame;
    frame.size = 2;
    if (bytes.size() < frame.size)
        return frame;
    const auto first = static_cast<std::uint8_t>(bytes[0]);
    const auto second = static_cast<std::uint8_t>(bytes[1]);
    const std::uint8_t opcode = first & OpcodeBits;
    frame.isFinal = first & Final;
    frame.opcode = static_cast<Opcode>(opcode);
    const bool isControl = opcode >= 8;
    if (first & Reserved || second & Masked || !isKnown(opcode)
        || (isControl && (!frame.isFinal || (second & Length) > MaxControl))) {
        frame.state = ServerFrame::Malformed;
        return frame;
    }

    std::uint64_t length = second & Length;
    if (length > Short) {
        const std::size_t extended = length == 126 ? 2 : 8;
        frame.size += extended;
        if (bytes.size() < frame.size)
            return frame;
        length = bigEndian(bytes.substr(2, extended));
    }
    if (length > maxPayload) {
        frame.state = ServerFrame::Malformed;
        return frame;
    }
    const std::size_t head = frame.size;
    frame.size += static_cast<std::size_t>(length);
    if (bytes.size() < frame.size)
        return frame;
    frame.payload = bytes.substr(head, static_cast<std::size_t>(length));
    frame.state = ServerFrame::Complete;
    return frame;
}

bool MessageReader::addFragment(const ServerFrame &frame)
{
    const bool continues = frame.opcode == Opcode::Continuation;
    if (continues != m_fragmented.has_value())
        return false;
    if (m_fragments.size() + frame.payload.size() > MaxMessage)
        return false;
    if (!continues)
        m_fragmented = frame.opcode;
    m_fragments.append(frame.payload);
    return true;
}

} // namespace dialogue::bench
