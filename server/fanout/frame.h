#pragma once

#include "core/protocol/websocket/opcode.h"
#include "core/room/roomconfig.h"
#include "server/fanout/framestream.h"

#include <QByteArray>
#include <QList>
#include <QVarLengthArray>

#include <initializer_list>
#include <memory>
#include <span>

namespace dialogue {

/**
 * An event ready for every kind of socket: encoded once, shared, immutable.
 *
 * `bytes` holds one unmasked WebSocket frame per message (RFC 6455, section 5.2), one after the other; what a
 * polling payload carries are the same messages without the frame headers, found through `messages`.
 */
class Frame
{
public:
    struct Message
    {
        qsizetype offset = 0; ///< Where in `bytes` the payload begins.
        qsizetype size = 0;
        bool binary = false;
    };

    /** An Engine.IO text packet ("4..." and so on) followed by binary messages; with an empty text those
     * alone. */
    static std::shared_ptr<Frame> create(const QByteArray &text, const QList<QByteArray> &binaries = {});

    /** The same of a text in parts, none of them to be copied but into the frame. */
    static std::shared_ptr<Frame> create(std::initializer_list<QByteArrayView> text,
                                         const QList<QByteArray> &binaries = {});

    /** A control frame (RFC 6455, section 5.5): \a payload has at most 125 bytes. For WebSockets alone. */
    static std::shared_ptr<Frame> control(WebSocketOpcode opcode, const QByteArray &payload);

    /** Bytes as they are: what goes before the first frame. For WebSockets alone. */
    static std::shared_ptr<Frame> raw(const QByteArray &bytes);

    /** The same event, with the same fate in a full queue, as text messages. */
    [[nodiscard]] std::shared_ptr<Frame> asTexts(const QList<QByteArray> &texts) const;
    /** The same, with the same fate, for WebSockets that take compressed messages: \a payloads of them in the
     * place of those they are not empty for (RFC 7692, section 7.2.1). */
    [[nodiscard]] std::shared_ptr<Frame> deflated(const QList<QByteArray> &payloads) const;
    /** The same bytes, shared, for one who asked for past events: no policy drops them. */
    [[nodiscard]] std::shared_ptr<Frame> asReplay() const;

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] std::span<const Message> messages() const { return {m_messages.begin(), m_messages.end()}; }
    [[nodiscard]] QByteArrayView payload(const Message &message) const
    {
        return QByteArrayView(m_bytes).sliced(message.offset, message.size);
    }

    // What a full send queue may do with this frame; set before it is shared.
    SlowReaderPolicy policy = SlowReaderPolicy::Disconnect;
    FrameStreamPtr stream = {}; ///< Of the room; null: it may never be dropped.
    quint64 offset = 0; ///< Of the event in its room; 0: it has none, and is not missed.
    bool isVolatile = false; ///< Not for who is behind with what was sent before.

    /** KeepLatest: frames of one stream and key replace one another. Of a long one only a hash is kept. */
    void setKey(const QByteArray &key);
    [[nodiscard]] const QByteArray &key() const { return m_key; }
    [[nodiscard]] std::size_t keyHash() const { return m_keyHash; }

    /** The same fate in a full queue as \a other's. */
    void takeRulesOf(const Frame &other);

    [[nodiscard]] bool isDroppable() const { return policy != SlowReaderPolicy::Disconnect && stream; }

private:
    void append(bool isBinary, std::span<const QByteArrayView> payload);

    QByteArray m_bytes;
    QVarLengthArray<Message, 1> m_messages; ///< Few have attachments.
    QByteArray m_key;
    std::size_t m_keyHash = 0; ///< Once for all queues.
};

using FramePtr = std::shared_ptr<const Frame>;

/** What became of a frame handed to a connection. */
enum class SendResult {
    Sent, ///< Leaves with the flush at the end of this turn.
    Queued, ///< Waits for a slow reader.
    Dropped, ///< Not sent: the policy dropped it, or the connection is closing.
};

} // namespace dialogue
