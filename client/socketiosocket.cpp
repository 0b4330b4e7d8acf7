#include "client/socketiosocket.h"

#include "client/socketiosocket_p.h"

namespace dialogue {

using namespace client;

namespace {

QList<JsonData> listOf(const QJsonArray &args) { return {args.begin(), args.end()}; }

} // namespace

SocketIoSocket::SocketIoSocket(std::unique_ptr<SocketIoSocketPrivate> priv)
    : d(this, std::move(priv))
{ }

SocketIoSocket::~SocketIoSocket()
{
    blockSignals(true);
    d->shutDown();
}

QString SocketIoSocket::nsp() const { return QString::fromUtf8(d->link.nsp()); }
QString SocketIoSocket::id() const { return d->id; }
bool SocketIoSocket::isConnected() const { return d->link.isInside(); }
bool SocketIoSocket::isRecovered() const { return d->link.isRecovered(); }
int SocketIoSocket::waiting() const { return d->waiting.size(); }
QJsonValue SocketIoSocket::attachment(int index) { return socketio::placeholder(index); }

void SocketIoSocket::connectToNamespace()
{
    const Later::Calling calling(d->client.later);
    d->client.connector.enter(d->link);
}

void SocketIoSocket::disconnectFromNamespace()
{
    d->client.stop([this] { d->client.connector.leave(d->link); });
    const Later::Calling calling(d->client.later);
    d->connectionLost({ErrorCode::ConnectionLost, QStringLiteral("Disconnected by this client")});
}

Result<void> SocketIoSocket::emitEvent(const QString &name, const QJsonArray &args,
                                       const QList<QByteArray> &attachments)
{
    return d->emitOrKeep({.name = name, .args = listOf(args), .attachments = attachments}, 0);
}

Result<void> SocketIoSocket::emitVolatile(const QString &name, const QJsonArray &args,
                                          const QList<QByteArray> &attachments)
{
    if (!isConnected())
        return Error{ErrorCode::ConnectionLost, QStringLiteral("There is no connection to %1").arg(nsp())};
    return emitEvent(name, args, attachments);
}

QFuture<Result<SocketIoReply>> SocketIoSocket::request(const QString &name, const QJsonArray &args,
                                                       const QList<QByteArray> &attachments,
                                                       std::optional<std::chrono::milliseconds> timeout)
{
    const SocketIoSocketPrivate::Answer answer;
    d->request({.name = name, .args = listOf(args), .attachments = attachments},
               timeout.value_or(d->client.config.timeouts.request), answer);
    return answer.future();
}

QMetaObject::Connection SocketIoSocket::on(const QString &name, QObject *context, Handler handler)
{
    EventTopic *&topic = d->topics[name];
    if (!topic) {
        topic = new EventTopic;
        topic->setParent(this);
    }
    return connect(topic, &EventTopic::heard, context, std::move(handler));
}

} // namespace dialogue
