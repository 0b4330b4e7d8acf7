#pragma once

#include "server/config/serverconfig.h"
#include "server/loop/deadlines.h"
#include "server/rooms/recoverycounters.h"
#include "server/rooms/roomentries.h"

#include <QHash>
#include <QJsonObject>

#include <list>
#include <optional>

namespace dialogue {

/** What is kept of a client that has lost its connection. */
struct AwayClient
{
    QByteArray pid;
    QString id; ///< ConnectedClient::id()
    QString userId;
    bool verified = false;
    std::optional<QJsonObject> meta = {}; ///< Where the application has set it.
    std::vector<RoomWish> rooms = {}; ///< Those that it was in.

    [[nodiscard]] qint64 bytes() const;
};

/** Those who may come back for some time yet, by their pid. */
class AwayClients
{
public:
    AwayClients(const RecoveryConfig &config, RecoveryCounters &counters)
        : m_config(config)
        , m_counters(counters)
    { }

    void add(AwayClient &&client);
    /** Null: there is none, or no longer. */
    [[nodiscard]] const AwayClient *find(const QByteArray &pid) const;
    /** One that is there. */
    [[nodiscard]] AwayClient take(const QByteArray &pid) { return remove(m_places.value(pid)); }

private:
    struct Kept
    {
        AwayClient client;
        qint64 bytes;
        std::chrono::steady_clock::time_point until;
    };
    using Place = std::list<Kept>::iterator;

    AwayClient remove(Place place);
    void tidy();

    const RecoveryConfig &m_config;
    RecoveryCounters &m_counters;
    std::list<Kept> m_kept; ///< Who has been away for longest first.
    QHash<QByteArray, Place> m_places;
    DeadlineQueue m_deadlines;
    MemberDeadline<&AwayClients::tidy, AwayClients> m_nextTidying{this};
};

} // namespace dialogue
