#pragma once

#include "core/event/requestdefinition.h"
#include "server/rooms/clientrequest.h"
#include "server/rooms/services.h"
#include "server/rooms/socketclient.h"

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

    /** \a asker goes with its \a object, a ConnectedClient in "/". \a done is called within this call or from
     * the event loop; never, where the client goes before. */
    void ask(const Entry &entry, SocketClient &asker, QObject *object, IncomingEvent &&event, Done done);
    /** What waits, and what is asked from now on, is answered with SERVER_DRAINING. */
    void close();
    /** The client is gone. */
    void forget(SocketId socket) { m_waiting.erase(socket); }

private:
    /** An answer that is waited for, as one of its session. */
    struct Waiting
    {
        Waiting(const std::shared_ptr<SessionWaits> &waits, const QByteArray &sessionId)
            : one(waits, sessionId)
        { }
        const SessionWaits::One one;
        std::unique_ptr<PendingAnswer> answer;
    };

    [[nodiscard]] Result<void> mayWait(const SocketClient &asker) const;
    [[nodiscard]] Result<ClientRequest> requestOf(const Entry &entry, const SocketClient &asker,
                                                  QObject *object, IncomingEvent &&event) const;

    const RoomServices &m_services;
    QHash<QString, std::shared_ptr<const Entry>> m_entries;
    std::unordered_map<SocketId, std::list<Waiting>> m_waiting;
    bool m_closed = false;
};

} // namespace dialogue
