#include "core/protocol/websocket/websocketreader.h"

#include "core/protocol/websocket/masking.h"
#include "core/protocol/websocket/utf8.h"

#include <QtEndian>

#include <algorithm>
#include <utility>

namespace dialogue {

namespace {

using enum WebSocketOpcode;

constexpr int ProtocolError = 1002;
constexpr int InvalidData = 1007;
constexpr int TooBig = 1009;
constexpr int NoStatus = 1005;

constexpr int ReservedBits = 0x70;
constexpr int Compressed = 0x40; // Of the first frame of a message; the other two no extension uses here.

constexpr int MaskSize = 4;
constexpr quint64 LongestControl = 125;

/** What a Close frame may name (RFC 6455, sections 7.4.1 and 7.4.2). */
bool isCloseCode(int code)
{
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

} // namespace

std::optional<WebSocketReader::Message> WebSocketReader::take(QByteArrayView &bytes)
{
    while (m_error == 0) {
        if (!m_inPayload && !takeHeader(bytes))
            return std::nullopt;
        takePayload(bytes);
        if (m_left > 0)
            return std::nullopt;
        m_inPayload = false;
        if (auto message = endFrame())
            return message;
    }
    return std::nullopt;
}

qsizetype WebSocketReader::headerSize() const
{
    if (m_headerRead < 2)
        return 2;
    const int length = m_header[1] & 0x7f;
    return 2 + (length == 126 ? 2 : length == 127 ? 8 : 0) + (m_expectsMasks ? MaskSize : 0);
}

bool WebSocketReader::takeHeader(QByteArrayView &bytes)
{
    while (true) {
        const qsizetype wanted = headerSize() - m_headerRead;
        const qsizetype there = std::min(wanted, bytes.size());
        std::copy_n(bytes.begin(), there, m_header.begin() + m_headerRead);
        m_headerRead = static_cast<quint8>(m_headerRead + there);
        bytes = bytes.sliced(there);
        // Judged as soon as it is there: an unmasked frame's header is shorter than we would wait for.
        if (m_headerRead >= 2 && isMasked() != m_expectsMasks)
            return fail(ProtocolError);
        if (there < wanted)
            return false;
        if (m_headerRead == headerSize())
            return beginFrame();
    }
}

bool WebSocketReader::beginFrame()
{
    const int length = m_header[1] & 0x7f;
    m_left = length == 126 ? qFromBigEndian<quint16>(&m_header[2])
        : length == 127    ? qFromBigEndian<quint64>(&m_header[2])
                           : static_cast<quint64>(length);
    m_opcode = static_cast<WebSocketOpcode>(m_header[0] & 0x0f);
    m_final = (m_header[0] & 0x80) != 0;
    m_isControl = m_opcode >= Close;
    m_maskAt = 0;
    m_inPayload = true;
    const bool begins = m_opcode == Text || m_opcode == Binary;
    const int reserved = m_header[0] & ReservedBits;
    if (reserved != 0 && !(reserved == Compressed && begins && m_takesCompressed))
        return fail(ProtocolError);
    if (m_isControl)
        return (m_opcode <= Pong && m_final && m_left <= LongestControl) || fail(ProtocolError);
    const bool begun = m_messageOpcode != Continuation;
    if (m_opcode > Binary || begun != (m_opcode == Continuation))
        return fail(ProtocolError);
    if (!begun) {
        m_messageOpcode = m_opcode;
        m_isCompressed = reserved == Compressed;
    }
    return m_left <= static_cast<quint64>(m_maxMessageSize - m_data.size()) || fail(TooBig);
}

void WebSocketReader::takePayload(QByteArrayView &bytes)
{
    const qsizetype there
        = static_cast<qsizetype>(std::min<quint64>(m_left, static_cast<quint64>(bytes.size())));
    QByteArray &into = m_isControl ? m_control : m_data;
    const qsizetype before = into.size();
    // Grows with what arrives, whatever length was announced.
    if (m_expectsMasks) {
        into.resize(before + there);
        mask(bytes.first(there), &m_header[static_cast<std::size_t>(m_headerRead - MaskSize)], m_maskAt,
             into.data() + before);
        m_maskAt = (m_maskAt + static_cast<quint32>(there)) & 3;
    } else {
        into.append(bytes.first(there));
    }
    m_left -= static_cast<quint64>(there);
    bytes = bytes.sliced(there);
}

std::optional<WebSocketReader::Message> WebSocketReader::endFrame()
{
    m_headerRead = 0;
    if (m_isControl)
        return endControl();
    if (!m_final)
        return std::nullopt;
    const bool isText = std::exchange(m_messageOpcode, Continuation) == Text;
    if (isText && !m_isCompressed && !isValidUtf8(m_data)) {
        fail(InvalidData);
        return std::nullopt;
    }
    return Message{.kind = isText ? Kind::Text : Kind::Binary,
                   .data = std::exchange(m_data, {}),
                   .isCompressed = m_isCompressed,
                   .code = 0};
}

std::optional<WebSocketReader::Message> WebSocketReader::endControl()
{
    if (m_opcode == Close)
        return endClose();
    return Message{.kind = m_opcode == Ping ? Kind::Ping : Kind::Pong,
                   .data = std::exchange(m_control, {}),
                   .isCompressed = false,
                   .code = 0};
}

std::optional<WebSocketReader::Message> WebSocketReader::endClose()
{
    const QByteArray data = std::exchange(m_control, {});
    if (data.isEmpty())
        return Message{.kind = Kind::Close, .data = {}, .isCompressed = false, .code = NoStatus};
    const int code = data.size() >= 2 ? qFromBigEndian<quint16>(data.constData()) : 0;
    const QByteArray reason = data.mid(2);
    if (!isCloseCode(code))
        fail(ProtocolError);
    else if (!isValidUtf8(reason))
        fail(InvalidData);
    else
        return Message{.kind = Kind::Close, .data = reason, .isCompressed = false, .code = code};
    return std::nullopt;
}

} // namespace dialogue
