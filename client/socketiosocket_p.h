#pragma once

#include "client/connection/promise.h"
#include "client/socketio/namespacelink.h"
#include "client/socketio/outboundevents.h"
#include "client/socketioclient_p.h"
#include "client/socketiosocket.h"

#include <QHash>

#include <unordered_map>

namespace dialogue {

namespace client {

/** Who wants to hear of the events of one name. */
class EventTopic : public QObject
{
    Q_OBJECT
Q_SIGNALS:
    void heard(const dialogue::SocketIoEvent &event);
};

} // namespace client

class SocketIoSocketPrivate
{
public:
    using Answer = client::Promise<SocketIoReply>;

    SocketIoSocketPrivate(SocketIoClientPrivate &client, const QString &nsp, const Auth &auth);

    static SocketIoSocket *create(SocketIoClientPrivate &client, const QString &nsp, const Auth &auth);
    static SocketIoSocketPrivate &of(SocketIoSocket &socket) { return *socket.d; }

    void shutDown(); ///< Ends all that is open; q is being deleted.
    void connectionLost(const Error &why); ///< Or never was.
    /** Now where it can, else as soon as it can. */
    Result<void> emitOrKeep(client::OutgoingEvent event, quint64 request);
    Result<void> emitNow(const client::OutgoingEvent &event, const client::EventSize &size, quint64 request);
    void request(client::OutgoingEvent event, std::chrono::milliseconds timeout, const Answer &answer);

    SocketIoClientPrivate &client;
    client::NamespaceLink link;
    client::OutboundEvents waiting;
    QHash<QString, client::EventTopic *> topics; ///< Children of q.
    QString id;
    SocketIoSocket *q = nullptr;

private:
    void init(SocketIoSocket *socket);
    void onConnected(const QString &sid);
    void flush(); ///< What waited for this connection.
    void onEvent(const QString &name, const JsonData &args, const QList<QByteArray> &attachments,
                 std::optional<quint64> ackId);
    void onDisconnected(const QString &reason);
    /** The application hears it, unless the request is over already. */
    void finish(quint64 request, const Result<SocketIoReply> &reply);
    void speak(std::function<void()> word);

    struct Asked
    {
        Answer answer;
        bool sent = false;
    };
    std::unordered_map<quint64, Asked> m_asked;
    quint64 m_lastRequest = 0;
    quint64 m_connection = 0; ///< Counts them: an answer is for the one that asked.
};

} // namespace dialogue
