#include "client/socketio/outboundevents.h"

#include <algorithm>

namespace dialogue::client {

Result<void> OutboundEvents::add(Waiting waiting)
{
    const qint64 bytes = m_bytes + waiting.size.total();
    if (size() >= m_limits.messages || bytes > m_limits.bytes)
        return Error{ErrorCode::LimitReached,
                     QStringLiteral("%1 events of %2 bytes wait for a connection already (outbox.messages is "
                                    "%3, outbox.bytes %4)")
                         .arg(size())
                         .arg(m_bytes)
                         .arg(m_limits.messages)
                         .arg(m_limits.bytes)};
    m_bytes = bytes;
    m_waiting.push_back(std::move(waiting));
    return {};
}

OutboundEvents::Waiting OutboundEvents::take()
{
    Waiting next = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_bytes -= next.size.total();
    return next;
}

void OutboundEvents::forget(quint64 request)
{
    const auto found = std::ranges::find(m_waiting, request, &Waiting::request);
    if (found == m_waiting.end())
        return;
    m_bytes -= found->size.total();
    m_waiting.erase(found);
}

} // namespace dialogue::client
