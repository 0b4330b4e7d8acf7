#pragma once

#include "server/admin/command.h"
#include "server/bridge/socketfigures.h"
#include "server/timeline/judgement.h"

#include <QJsonArray>

#include <memory>
#include <vector>

namespace dialogue {
class HubParts;
class Timelines;
class WorkerGateway;
} // namespace dialogue

namespace dialogue::admin {

/** `admin:why`: why somebody did not get an event, with evidence; and the timelines that the answers come
 * from. Of the hub. */
class Why
{
public:
    struct Request
    {
        QString client = {}; ///< One of its id; or
        QString user = {}; ///< all of a user's.
        QString room = {};
        qint64 offset = 0;
        QString event = {}; ///< Its name, where the room does not keep it any more.
        qint64 time = 0; ///< The same; milliseconds since the Unix epoch.
        qint64 seq = 0; ///< The same.
        QString id
            = {}; ///< Of an event that was refused, in place of an offset; the client is who wanted it.
    };

    /** All outlive it. */
    Why(HubParts &parts, WorkerGateway &gateway, const Timelines &timelines, QByteArray salt);

    void ask(const Account &account, const Request &request, const Done &done);
    /** What became of a client, oldest first. */
    void timeline(const Account &account, const QString &clientId, const Done &done);
    /** Who has left of late, the last first; \a search: stands in their id or user. */
    void leavers(const Account &account, const QString &search, int most, const Done &done) const;
    /** The socket of a client that is there. NotFound. */
    [[nodiscard]] Result<SocketId> socketOf(const Account &account, const QString &clientId) const;

    [[nodiscard]] static api::Parameters<Request> parameters();
    static constexpr std::size_t MostOfOneUser = 16; ///< Clients that are judged.

private:
    struct Asked;

    [[nodiscard]] Result<EventInQuestion> eventOf(const Request &request) const;
    [[nodiscard]] Result<std::vector<const ClientTimeline *>> whoIsMeant(const Account &account,
                                                                         const Request &request) const;
    void refusedEvent(const Account &account, const Request &request,
                      const std::vector<const ClientTimeline *> &who, const Done &done) const;
    [[nodiscard]] qint64 rememberedSince() const; ///< Of who has left; milliseconds since the Unix epoch.
    [[nodiscard]] Facts factsOf(const ClientTimeline &timeline, const EventInQuestion &event,
                                const SentState &sent) const;
    void told(Asked &asked, std::size_t place, const SentState &sent) const;

    HubParts &m_parts;
    WorkerGateway &m_gateway;
    const Timelines &m_timelines;
    const QByteArray m_salt;
    const std::shared_ptr<const bool> m_alive = std::make_shared<const bool>(true);
};

} // namespace dialogue::admin
