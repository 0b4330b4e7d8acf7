#pragma once

#include "client/connection/connector.h"
#include "client/connection/later.h"
#include "client/connection/outbox.h"
#include "client/connection/promise.h"
#include "client/connection/requesttable.h"
#include "client/connection/serverrequests.h"
#include "client/connection/tokenrefresh.h"
#include "client/connection/unheard.h"
#include "client/dialogueclient.h"
#include "client/serverevents.h"
#include "core/base/exceptions.h"
#include "core/event/eventhandlers.h"
#include "core/protocol/dialogue/replies.h"

#include <QHash>
#include <QPointer>
#include <QSet>
#include <QTimer>

namespace dialogue {

/** What the application sees of a room the server tells of. */
RoomInfo publicInfo(const protocol::RoomInfo &room);

class DialogueClientPrivate
{
public:
    using State = DialogueClient::State;

    DialogueClientPrivate(ClientConfig clientConfig, client::Network network);
    ~DialogueClientPrivate();

    /** For tests: a client over other transports. */
    static std::unique_ptr<DialogueClient> create(ClientConfig config, client::Network network);
    static DialogueClientPrivate &of(DialogueClient &client) { return *client.d; }

    void init(DialogueClient *client);
    void shutDown(); ///< Ends all that is open; q is being deleted.

    // For rooms
    /** Asks now or as soon as it may be asked; LimitReached comes at once. */
    void ask(client::Request request);
    void trigger(client::OutgoingTrigger trigger);
    /** Now, and without an answer; nothing while there is no connection. */
    void say(const QString &event, const QJsonObject &payload);
    /** What waits for being inside \a roomId goes out now. */
    void flush(const QString &roomId);
    void forget(const QString &roomId, const Error &why); ///< Nobody is in that room any more.
    void drop(const Error &error); ///< The server is not to be believed.
    /** Where no connection is tried for any more, whoever asked for something is told, from the event loop.
     */
    void failIfGivenUp();
    /** Whether the server is listened to; what it says meanwhile waits, within its bound. */
    void setListening(bool listening);
    void tell(const Error &error); ///< errorOccurred, from the event loop.
    /** Runs what calls the application: now, unless we are inside a call of its own, or others were said
     * before. */
    void speak(client::Later::Word word);
    /** The room's signals likewise, as long as there is \a room. */
    void speak(RoomContext *room, std::function<void(RoomContext &)> word);
    /** Calls those of \a handlers that want \a message, which takes \a bytes; some are in other threads, and
     * what waits there counts against limits.inbox. */
    void call(const EventHandlers &handlers, const EventMessage &message, qint64 bytes);
    /** Of the message that is being told. */
    [[nodiscard]] qint64 messageBytes() const;
    [[nodiscard]] bool isReady() const { return m_ready && connector.connection(); }
    [[nodiscard]] QString nextMessageId();
    /** From now on: there is a connection, or we wait for one. */
    [[nodiscard]] QDeadlineTimer requestDeadline() const;

    /** The server has greeted us, or never will. */
    void onReady();
    /** The server takes the token for so long. */
    void holdsFor(std::optional<std::chrono::milliseconds> expiresIn);
    /** A missing ack to \a request means something: it will come, or the request is lost. */
    [[nodiscard]] bool acknowledges(const QString &request) const
    {
        return isDialogue || m_acknowledged.contains(request);
    }
    /** Each hears \a error. */
    template <class T>
    void fail(std::list<T> list, const Error &error);

    const ClientConfig config;
    client::Connector connector;
    client::NamespaceLink link; ///< Of the namespace "/", where all is said.
    client::RequestTable requests;
    client::Outbox outbox;
    client::Later later;
    QHash<QString, RoomContext *> rooms;
    const std::shared_ptr<ExceptionLog> exceptions; ///< What handlers throw.
    client::Unheard unheard;
    EventHandlers direct; ///< Of what is said outside of rooms.
    client::ServerRequests serverRequests; ///< What it asks us.
    client::ServerEvents serverEvents{*this}; ///< What it says.
    State state = State::Disconnected;
    QString userId;
    QString clientId;
    bool isDialogue = false; ///< The server keeps a log, and so acknowledges all requests, as ours does.
    bool stoppedByUs = false; ///< What ends now, we end.
    std::optional<Error> givenUp; ///< Why nothing is tried any more, until connectToServer().
    DialogueClient *q = nullptr;

private:
    void onConnected(const QString &sid);
    void refresh(); ///< With a new token.
    void onEnded(const ConnectionFailure &failure, bool byServer);
    void tellUnheard();
    bool setState(State next);
    /** All of them now: what is done to one may remove others. */
    [[nodiscard]] QList<QPointer<RoomContext>> contexts() const;

    void onAck(client::RequestTable::Id id, const QString &name, const QJsonArray &args);
    void onTriggerAck(const QString &id, const QJsonArray &args);

    void flushRequests();
    void flushTriggers(RoomContext *room);
    void flushAllTriggers();
    /** PayloadTooLarge, by what this connection takes. */
    [[nodiscard]] Result<void> fits(const client::EventSize &size) const;
    void armExpiry();
    void expire();
    void outboxChanged();
    /** Those that no connection survived. */
    void failPoison(std::list<client::OutgoingTrigger> triggers);
    QTimer m_expiry;
    client::TokenRefresh m_refresh;
    QTimer m_readyTimer; ///< For servers that do not greet with dialogue:connected.
    QString m_idPrefix;
    quint64 m_lastMessage = 0;
    int m_toldOutbox = 0;
    qint64 m_toldUnheard = 0; ///< To this connection.
    bool m_outboxPosted = false;
    qint64 m_refusedBytes = 0; ///< Somebody on the way took no body of so many, over the last connection.
    bool m_ready = false; ///< Connected, and greeted.
    QSet<QString> m_acknowledged; ///< Requests that some other server acknowledged.
};

} // namespace dialogue
