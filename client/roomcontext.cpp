#include "client/roomcontext.h"

#include "client/roomcontext_p.h"
#include "core/protocol/dialogue/names.h"
#include "core/protocol/socketio/packet.h"

namespace dialogue {

using namespace client;
namespace names = protocol::names;

RoomContext::RoomContext(std::unique_ptr<RoomContextPrivate> priv)
    : d(this, std::move(priv))
{
    d->q = this;
}

RoomContext::~RoomContext()
{
    blockSignals(true);
    (void)d->leave();
}

QString RoomContext::roomId() const { return d->roomId; }
QString RoomContext::roomName() const { return d->roomName; }
bool RoomContext::isJoined() const { return d->inside; }
RoomPosition RoomContext::position() const { return d->tracker.position(); }

QStringList RoomContext::subscriptions() const
{
    return d->subscriptions.all().value_or(d->subscriptions.added());
}

QMetaObject::Connection RoomContext::on(const QString &event, QObject *context, Handler handler)
{
    return d->handlers.add(event, context, std::move(handler));
}

QJsonValue RoomContext::attachment(int index) { return socketio::placeholder(index); }

void RoomContext::trigger(const QString &event, const QJsonValue &data)
{
    trigger(event, data, MessageOptions());
}

void RoomContext::trigger(const QString &event, const QJsonValue &data, const MessageOptions &options)
{
    triggerText(event, data, options);
}

void RoomContext::triggerText(const QString &event, const JsonData &data, const MessageOptions &options)
{
    d->trigger(event, data, options,
               [client = QPointer<DialogueClient>(d->client ? d->client->q : nullptr)](
                   const Result<TriggerReceipt> &receipt) {
                   if (client && !receipt)
                       DialogueClientPrivate::of(*client).tell(receipt.error());
               });
}

QFuture<Result<TriggerReceipt>> RoomContext::triggerWithAck(const QString &event, const QJsonValue &data,
                                                            const MessageOptions &options)
{
    return triggerTextWithAck(event, data, options);
}

QFuture<Result<TriggerReceipt>> RoomContext::triggerTextWithAck(const QString &event, const JsonData &data,
                                                                const MessageOptions &options)
{
    const Promise<TriggerReceipt> promise;
    d->trigger(event, data, options,
               [promise](const Result<TriggerReceipt> &receipt) { promise.finish(receipt); });
    return promise.future();
}

QFuture<Result<void>> RoomContext::subscribe(const QString &event)
{
    return event == u"*" ? subscribeAll() : d->changeSubscription(names::subscribe, event, true);
}

QFuture<Result<void>> RoomContext::subscribeAll()
{
    return d->changeSubscription(names::subscribeAll, QStringLiteral("*"), true);
}

QFuture<Result<void>> RoomContext::unsubscribe(const QString &event)
{
    return d->changeSubscription(names::unsubscribe, event, false);
}

QFuture<Result<void>> RoomContext::leave() { return d->leave(); }

} // namespace dialogue
