#pragma once

#include "core/protocol/engineio/packet.h"

#include <QList>

namespace dialogue::engineio {

/**
 * Packets on their way up, in the order they came: one polling body, decoded packet by packet as they are
 * taken, then messages of a WebSocket. Empty but while the session is held back.
 */
class Inbox
{
public:
    void addBody(const QByteArray &body);
    void addText(QByteArray &&utf8) { m_messages.push_back({std::move(utf8), false}); }
    void addBinary(const QByteArray &data) { m_messages.push_back({data, true}); }
    void clear();

    [[nodiscard]] bool isEmpty() const { return !hasBody() && m_messages.empty(); }
    [[nodiscard]] bool hasBody() const { return m_position >= 0; }
    /** The next packet, or the Error in its place; only when not empty. */
    Result<Packet> take();

private:
    struct Message
    {
        QByteArray data;
        bool binary = false;
    };

    QByteArray m_body;
    qsizetype m_position = -1; ///< Of the next packet in the body; -1: there is no body.
    QList<Message> m_messages; // Not a deque, which takes 600 bytes while it is empty.
};

} // namespace dialogue::engineio
