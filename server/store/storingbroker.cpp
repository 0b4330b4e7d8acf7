#include "server/store/storingbroker.h"

#include "core/base/logging.h"
#include "server/store/storedroom.h"

#include <utility>

namespace dialogue {

void StoringBroker::tell(store::StoreAnswer &&answer)
{
    if (answer.tell)
        return answer.tell();
    answer.promise->addResult(std::move(answer.said));
    answer.promise->finish();
}

Result<void> StoringBroker::mayQueue(qint64 queued, qint64 more, const PersistenceConfig &limits)
{
    if (queued + more <= limits.queue)
        return {};
    return Error{ErrorCode::Unavailable,
                 QStringLiteral("%1 bytes of events wait to be stored already, as many as may "
                                "(persistence.queue); try again")
                     .arg(queued),
                 {},
                 std::chrono::milliseconds(1000)};
}

void StoringBroker::addDeclared(QList<RoomConfig> &rooms, const QByteArray &declaration)
{
    if (declaration.isEmpty())
        return;
    if (const Result<RoomConfig> room = store::declaredRoom(declaration))
        rooms.append(*room);
    else
        qCWarning(lcStore).noquote() << "A room that a client made does not come back:"
                                     << room.error().text();
}

} // namespace dialogue
