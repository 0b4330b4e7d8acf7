#include "server/engine/inbox.h"

#include "core/protocol/engineio/packet.h"

namespace dialogue::engineio {

void Inbox::addBody(const QByteArray &body)
{
    m_body = body;
    m_position = 0;
}

void Inbox::clear()
{
    m_body.clear();
    m_position = -1;
    m_messages.clear();
}

Result<Packet> Inbox::take()
{
    if (hasBody()) {
        const qsizetype separator = m_body.indexOf(RecordSeparator, m_position);
        const qsizetype end = separator < 0 ? m_body.size() : separator;
        Result<Packet> packet = decodeRecord(m_body.sliced(m_position, end - m_position));
        if (separator < 0) {
            m_body.clear();
            m_position = -1;
        } else {
            m_position = separator + 1;
        }
        return packet;
    }
    Message message = m_messages.takeFirst();
    if (message.binary)
        return Packet{.type = PacketType::Message, .data = std::move(message.data), .binary = true};
    return decodeText(std::move(message.data));
}

} // namespace dialogue::engineio
