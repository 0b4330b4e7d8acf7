#pragma once

#include "core/base/export.h"
#include "core/protocol/websocket/opcode.h"

#include <QByteArray>

#include <array>
#include <optional>

namespace dialogue {

/**
 * Takes the frames apart that come over a WebSocket (RFC 6455, section 5): bytes in, messages out. Knows no
 * sockets. Between messages it holds nothing but itself.
 */
class DIALOGUE_CORE_EXPORT WebSocketReader
{
public:
    enum class Kind { Text, Binary, Ping, Pong, Close };

    struct Message
    {
        Kind kind = Kind::Text;
        QByteArray data; ///< Of a Close: the reason, in UTF-8.
        bool isCompressed = false; ///< A text is not known to be UTF-8 then.
        int code = 0; ///< Of a Close (RFC 6455, section 7.4); 1005 where it names none.
    };

    enum class From { Client, Server }; ///< A client masks its frames, a server must not.

    /** A longer message ends in the error 1009. */
    explicit WebSocketReader(qint64 maxMessageSize, From from = From::Client)
        : m_maxMessageSize(maxMessageSize)
        , m_expectsMasks(from == From::Client)
    { }

    [[nodiscard]] qint64 maxMessageSize() const { return m_maxMessageSize; }
    /** permessage-deflate is agreed upon: messages may be compressed (RFC 7692, section 6), and are handed on
     * so. */
    void takeCompressed() { m_takesCompressed = true; }

    /**
     * Takes bytes off the front of \a bytes, up to the end of the next message if it is in there. After an
     * error it takes none.
     */
    std::optional<Message> take(QByteArrayView &bytes);

    /** The status the connection is to be closed with, or 0: 1002, 1007 or 1009. */
    [[nodiscard]] int error() const { return m_error; }

private:
    static constexpr qsizetype LongestHeader = 14;

    bool takeHeader(QByteArrayView &bytes);
    [[nodiscard]] qsizetype headerSize() const;
    [[nodiscard]] bool isMasked() const { return (m_header[1] & 0x80) != 0; }
    bool beginFrame();
    void takePayload(QByteArrayView &bytes);
    std::optional<Message> endFrame();
    std::optional<Message> endControl();
    std::optional<Message> endClose();
    bool fail(int code)
    {
        m_error = code;
        return false;
    }

    qint64 m_maxMessageSize;
    bool m_expectsMasks;
    std::array<uchar, LongestHeader> m_header{};
    quint8 m_headerRead = 0;
    bool m_inPayload = false;
    bool m_final = false;
    bool m_isControl = false;
    bool m_takesCompressed = false;
    bool m_isCompressed = false; ///< The message under way.
    /** Of the frame; a message's first one names it. */
    WebSocketOpcode m_opcode = WebSocketOpcode::Continuation;
    /** Of the message under way; Continuation: none. */
    WebSocketOpcode m_messageOpcode = WebSocketOpcode::Continuation;
    int m_error = 0;
    quint64 m_left = 0; ///< Of the frame's payload.
    quint32 m_maskAt = 0;
    QByteArray m_data; ///< Of the message so far.
    QByteArray m_control; ///< A control frame may stand between two frames of a message.
};

} // namespace dialogue
