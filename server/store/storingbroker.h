#pragma once

#include "server/broker/broker.h"
#include "server/config/serverconfig.h"
#include "server/store/storecounters.h"
#include "server/store/storeops.h"

#include <QByteArray>
#include <QList>

namespace dialogue {

/** Ephemeral events have a seq, too, and are not stored: more than any run publishes between two that are. */
inline constexpr quint64 SeqMargin = quint64(1) << 24;

/** A broker whose rooms outlive the server. */
class StoringBroker : public Broker
{
public:
    /** Rooms that clients have made in an earlier run, and that nobody has opened yet. */
    [[nodiscard]] virtual QList<RoomConfig> createdRooms() const = 0;
    [[nodiscard]] virtual StoreCounters counters() const = 0;

protected:
    /** Whoever waits for it is told. */
    static void tell(store::StoreAnswer &&answer);
    /** The Error: so many bytes more are more than may wait to be stored. */
    [[nodiscard]] static Result<void> mayQueue(qint64 queued, qint64 more, const PersistenceConfig &limits);
    /** The room that a client made and that is kept as \a declaration; one that is none any more is logged.
     */
    static void addDeclared(QList<RoomConfig> &rooms, const QByteArray &declaration);
};

} // namespace dialogue
