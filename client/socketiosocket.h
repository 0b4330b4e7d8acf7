#pragma once

#include "client/export.h"
#include "core/base/result.h"
#include "core/base/threadbound.h"
#include "core/json/jsondata.h"

#include <QFuture>
#include <QJsonArray>
#include <QMetaType>
#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace dialogue {

class SocketIoSocketPrivate;

/** An event that came from a Socket.IO server. */
struct DIALOGUE_CLIENT_EXPORT SocketIoEvent
{
    QString name;
    JsonData args; ///< An array; in it SocketIoSocket::attachment(i) stands for the i-th attachment.
    QList<QByteArray> attachments = {};
    /** Where the server wants an acknowledgement: says it, the first time that it is called, and in the
     * client's thread. Nothing is said where the connection it came over is lost. */
    std::function<void(const QJsonArray &args, const QList<QByteArray> &attachments)> answer = {};

    [[nodiscard]] QJsonValue arg(int index) const { return args.toArray().at(index); }
    [[nodiscard]] bool wantsAck() const { return answer != nullptr; }
    /** What answer does; nothing where none is wanted. */
    void acknowledge(const QJsonArray &with = {}, const QList<QByteArray> &binary = {}) const
    {
        if (answer)
            answer(with, binary);
    }
};

/** What a Socket.IO server acknowledged an event with. */
struct SocketIoReply
{
    JsonData args; ///< An array.
    QList<QByteArray> attachments = {};

    [[nodiscard]] QJsonValue arg(int index) const { return args.toArray().at(index); }
};

/** One namespace of a Socket.IO server, as SocketIoClient::socket() gives it. */
class DIALOGUE_CLIENT_EXPORT SocketIoSocket : public QObject
{
    Q_OBJECT
public:
    ~SocketIoSocket() override;

    [[nodiscard]] QString nsp() const;
    [[nodiscard]] QString id() const; ///< As the server knows us; empty while not connected.
    [[nodiscard]] bool isConnected() const;
    /** The server has kept what was missed since the last connection, and sends it first (Socket.IO 4.6,
     * connectionStateRecovery): nothing is to be asked for again. */
    [[nodiscard]] bool isRecovered() const;

    /** Connects, also where the server had refused it, or had disconnected it. */
    Q_SLOT void connectToNamespace();
    /** What waits to be sent goes with the next connection; the client disconnects with its last socket. */
    Q_SLOT void disconnectFromNamespace();

    /**
     * Sends an event, or, while not connected, keeps it for the next connection. InvalidRequest: an event
     * that servers take for a fault, of which the message says what. PayloadTooLarge: the server takes less.
     * LimitReached: too much waits already (ClientConfig::outbox).
     */
    Result<void> emitEvent(const QString &name, const QJsonArray &args = {},
                           const QList<QByteArray> &attachments = {});
    /** Likewise, but only now: ConnectionLost where there is no connection. */
    Result<void> emitVolatile(const QString &name, const QJsonArray &args = {},
                              const QList<QByteArray> &attachments = {});
    /**
     * Sends an event that the server acknowledges, with the errors of emitEvent(), and further: Timeout, no
     * answer within \a timeout of the call (`timeouts.request` where it is not given); ConnectionLost after
     * it was sent: whether it was done, nobody knows.
     */
    [[nodiscard]] QFuture<Result<SocketIoReply>>
    request(const QString &name, const QJsonArray &args = {}, const QList<QByteArray> &attachments = {},
            std::optional<std::chrono::milliseconds> timeout = {});
    /** Stands for the attachment \a index inside of arguments. */
    [[nodiscard]] static QJsonValue attachment(int index);
    [[nodiscard]] int waiting() const; ///< Events that are kept for the next connection.

    using Handler = std::function<void(const SocketIoEvent &event)>;
    /** Calls \a handler with each event of that name, in \a context's thread and while it lives. */
    QMetaObject::Connection on(const QString &name, QObject *context, Handler handler);

Q_SIGNALS:
    void connected();
    /** Was connected, and is not any more; SocketIoClient::state() says whether it comes back. */
    void disconnected(const QString &reason);
    /** The server will not have us here; whether it is asked again, SocketIoClient::state() says. \a data is
     * what its application said. */
    void refused(const dialogue::Error &error, const QJsonObject &data);
    void eventReceived(const dialogue::SocketIoEvent &event); ///< Any; after the handlers of on().
    /** What was kept is now found to be more than this server takes. */
    void errorOccurred(const dialogue::Error &error);

private:
    friend class SocketIoSocketPrivate;
    explicit SocketIoSocket(std::unique_ptr<SocketIoSocketPrivate> d);
    const ThreadBound<SocketIoSocketPrivate> d;
};

} // namespace dialogue

Q_DECLARE_METATYPE(dialogue::SocketIoEvent)
