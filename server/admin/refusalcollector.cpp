#include "server/admin/refusalcollector.h"

#include "server/auth/connectrequest.h"
#include "server/rooms/connectedclient.h"
#include "server/timeline/refusalmessage.h"

#include <QDateTime>

#include <utility>

namespace dialogue::admin {

namespace {

QString beginningOf(QStringView text) { return text.left(RefusalEntry::LongestText).toString(); }

} // namespace

RefusalCollector::RefusalCollector(Deliver deliver)
    : m_deliver(std::move(deliver))
{
    m_timer.setSingleShot(true);
    m_timer.callOnTimeout(&m_timer, [this] { this->deliver(); });
}

void RefusalCollector::refused(const Refusal &refusal)
{
    if (!m_timer.isActive())
        m_timer.start(Interval);
    const ErrorCode code = refusal.error.code;
    if (qint64 &taken = m_taken[code]; taken < MostOfACode && m_batch.entries.size() < Most) {
        ++taken;
        m_batch.entries.push_back(entryOf(refusal));
    } else {
        ++m_batch.beyond[code];
    }
}

RefusalEntry RefusalCollector::entryOf(const Refusal &refusal)
{
    const Error &error = refusal.error;
    RefusalEntry entry{.time = QDateTime::currentMSecsSinceEpoch(),
                       .code = error.code,
                       .message = refusalMessage(error, RefusalEntry::LongestText),
                       .path = beginningOf(error.path),
                       .request = beginningOf(refusal.request),
                       .room = beginningOf(refusal.roomId)};
    if (!refusal.address.isNull())
        entry.address = refusal.address.toString();
    if (const ConnectedClient *const client = refusal.client) {
        entry.user = beginningOf(client->userId());
        entry.client = client->id();
        if (const QHostAddress &from = client->handshake().address; !from.isNull())
            entry.address = from.toString();
    }
    return entry;
}

void RefusalCollector::deliver()
{
    m_taken.clear();
    m_deliver(std::exchange(m_batch, {}));
}

} // namespace dialogue::admin
