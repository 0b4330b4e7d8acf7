#pragma once

#include "core/event/requestdefinition.h"
#include "server/rooms/clientrequest.h"
#include "server/rooms/services.h"

#include <QHash>

#include <list>
#include <memory>
#include <unordered_map>

namespace dialogue {

/** What clients may ask of the application: by name, each checked, and answered once, now or later. */
class RequestHandlers
{
public:
    using Done = std::function<void(Result<QJsonValue> &&)>;
    struct Entry
    {
        RequestDefinition definition;
        RequestHandler handler;
    };

    explicit RequestHandlers(const RoomServices &services)
        : m_services(services)
    { }

    /** ConfigError, where no client could ever ask for it, or it is there. */
    Result<void> add(const RequestDefinition &definition, RequestHandler handler);
    [[nodiscard]] std::shared_ptr<const Entry> find(const QString &name) const
    {
        return m_entries.value(name);
    }

    /** \a done is called within this call or from the event loop; never, where the client goes before. */
    void ask(const Entry &entry, ConnectedClient &client, IncomingEvent &&event, Done done);
    /** What waits, and what is asked from now on, is answered with SERVER_DRAINING. */
    void close();
    /** The client is gone. */
    void forget(SocketId socket) { m_waiting.erase(socket); }

private:
    [[nodiscard]] Result<void> mayWait(SocketId socket) const;
    [[nodiscard]] Result<ClientRequest> requestOf(const Entry &entry, ConnectedClient &client,
                                                  IncomingEvent &&event) const;

    const RoomServices &m_services;
    QHash<QString, std::shared_ptr<const Entry>> m_entries;
    std::unordered_map<SocketId, std::list<std::unique_ptr<PendingAnswer>>> m_waiting;
    bool m_closed = false;
};

} // namespace dialogue
