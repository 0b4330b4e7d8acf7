#pragma once

#include <QByteArray>

#include <array>
#include <optional>

namespace dialogue {

/**
 * Takes the frames apart that a client sends over a WebSocket (RFC 6455, section 5): bytes in, messages out.
 * Knows no sockets. Between messages it holds nothing but itself.
 */
class WebSocketReader
{
public:
    enum class Kind { Text, Binary, Ping, Pong, Close };

    struct Message
    {
        Kind kind = Kind::Text;
        QByteArray data; ///< Of a Close: the reason, in UTF-8.
        int code = 0; ///< Of a Close (RFC 6455, section 7.4); 1005 where it names none.
    };

    /** A longer message ends in the error 1009. */
    explicit WebSocketReader(qint64 maxMessageSize)
        : m_maxMessageSize(maxMessageSize)
    { }

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
    std::array<uchar, LongestHeader> m_header{};
    quint8 m_headerRead = 0;
    bool m_inPayload = false;
    bool m_final = false;
    bool m_isControl = false;
    quint8 m_opcode = 0; ///< Of the frame; a message's first one names it.
    quint8 m_messageOpcode = 0; ///< Of the message under way; 0: none.
    int m_error = 0;
    quint64 m_left = 0; ///< Of the frame's payload.
    quint32 m_maskAt = 0;
    QByteArray m_data; ///< Of the message so far.
    QByteArray m_control; ///< A control frame may stand between two frames of a message.
};

} // namespace dialogue
