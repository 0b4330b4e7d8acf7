// What became of what a session was sent.
#include "server/engine/session.h"
#include "server/fanout/sendqueue.h"
#include "server/websocket/websocket.h"

#include <algorithm>

namespace dialogue::engineio {

std::optional<EventFate> Session::fateOf(QStringView stream, quint64 offset)
{
    std::optional<EventFate> fate;
    SendQueue *const queue = m_webSocket ? m_webSocket->sendQueue() : nullptr;
    if (queue) {
        fate = queue->fateOf(stream, offset);
        if (fate)
            fate->bytesAhead += m_webSocket->queuedBytes() - queue->bytes();
    }
    return fate ? fate : m_polling.queue().fateOf(stream, offset);
}

SendRecordPtr Session::sendRecord(bool waiting)
{
    SendQueue *const queue = m_webSocket ? m_webSocket->sendQueue() : nullptr;
    const SendRecordPtr record = queue ? queue->record(waiting) : m_lastRecord;
    const SendRecordPtr before = m_polling.queue().record(waiting && !m_isCut);
    if (!record || !before)
        return record ? record : before;
    auto both = std::make_shared<SendRecord>(*before);
    both->spans.insert(both->spans.end(), record->spans.begin(), record->spans.end());
    both->forgottenUntil = std::max(before->forgottenUntil, record->forgottenUntil);
    return both;
}

bool Session::isCutShort(CloseReason reason)
{
    return reason != CloseReason::ServerClosed && reason != CloseReason::ClientClosed
        && reason != CloseReason::ServerShutdown;
}

void Session::remember(CloseReason reason)
{
    SendQueue *const queue = m_webSocket->sendQueue();
    if (!queue)
        return;
    // Else it may yet leave.
    const bool isCut = isCutShort(reason);
    if (isCut)
        queue->giveUp();
    m_lastRecord = queue->record(!isCut);
}

void Session::setTraced(bool traced)
{
    m_isTraced = traced;
    m_polling.queue().setTraced(traced);
    if (SendQueue *const queue = m_webSocket ? m_webSocket->sendQueue() : nullptr)
        queue->setTraced(traced);
}

} // namespace dialogue::engineio
