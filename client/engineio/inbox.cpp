#include "client/engineio/inbox.h"

namespace dialogue::client {

Inbox::Inbox(qint64 bound)
    : m_bound(bound)
{ }

void Inbox::push(Incoming incoming)
{
    const qint64 size = sizeOf(incoming);
    m_waiting.push_back(std::move(incoming));
    changed(size);
}

Inbox::Incoming Inbox::pop()
{
    Incoming first = std::move(m_waiting.front());
    m_waiting.pop_front();
    changed(-sizeOf(first));
    return first;
}

void Inbox::clear()
{
    m_waiting.clear();
    changed(-m_bytes);
}

qint64 Inbox::sizeOf(const Incoming &incoming)
{
    constexpr qint64 ofBlock = 32; // QByteArray's, and the allocator's
    const auto *const packet = std::get_if<engineio::Packet>(&incoming);
    return static_cast<qint64>(sizeof(Incoming)) + ofBlock + (packet ? packet->data.size() : 0);
}

void Inbox::setUnheard(qint64 bytes)
{
    m_unheard = bytes;
    changed(0);
}

void Inbox::changed(qint64 by)
{
    m_bytes += by;
    m_full = m_bytes + m_unheard > (m_full ? m_bound / 2 : m_bound);
}

} // namespace dialogue::client
