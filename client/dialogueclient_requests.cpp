#include "client/dialogueclient_p.h"
#include "client/roomcontext_p.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/exactdata.h"
#include "core/protocol/dialogue/names.h"

#include <QPointer>

// What is asked and triggered: it waits for a connection, goes out, and ends with its answer or its time.
namespace dialogue {

using namespace client;
namespace names = protocol::names;

namespace {

/** What an application answered: its word, but for an Error, which has a form. */
Result<Reply> plainAnswer(const QJsonArray &args)
{
    if (args.size() > 1)
        return Reply{.payload = args};
    const QJsonValue value = args.isEmpty() ? QJsonValue(QJsonValue::Null) : args.first();
    const auto read = protocol::readAck(value);
    const bool isError = !read && read.error().code != ErrorCode::ParseError;
    return isError ? Result<Reply>(read.error()) : Reply{.payload = value};
}

} // namespace

void DialogueClientPrivate::ask(Request request)
{
    request.deadline = requestDeadline();
    const auto done = request.done;
    if (!requests.add(std::move(request))) {
        later.say([done] {
            done(Error{ErrorCode::LimitReached, QStringLiteral("Too many requests wait for their answers")});
        });
        return;
    }
    armExpiry();
    flushRequests();
    failIfGivenUp();
}

void DialogueClientPrivate::flushRequests()
{
    const auto isInside = [this](const QString &roomId) {
        const RoomContext *const room = rooms.value(roomId);
        return room && room->isJoined();
    };
    const auto answer = [this](const Request &request, const Result<Reply> &result) {
        later.say([done = request.done, result] { done(result); });
    };
    while (isReady()) {
        const RequestTable::Entry *const entry = requests.send(isInside);
        if (!entry)
            break;
        const auto id = entry->id;
        const QString name = entry->request.event;
        const OutgoingEvent event{.name = name, .args = {entry->request.payload}};
        const auto size = checkEvent(event);
        if (const auto sound = size ? fits(*size) : size.error(); !sound) {
            answer(*requests.take(id), sound.error());
            continue;
        }
        link.emitEvent(event, [this, id, name](const JsonData &args, const QList<QByteArray> &) {
            onAck(id, name, args.toArray());
        });
        if (entry->request.silent && !acknowledges(name))
            answer(*requests.take(id), Reply{});
    }
}

void DialogueClientPrivate::say(const QString &event, const QJsonObject &payload)
{
    if (isReady())
        link.emitEvent({.name = event, .args = {payload}});
}

Result<void> DialogueClientPrivate::fits(const EventSize &size) const
{
    const PacketConnection &connection = *connector.connection();
    const qint64 largest = size.largestMessage(connection.transport());
    constexpr qint64 around = 2; // Its type, and what stands before base64.
    if (m_refusedBytes > 0 && connection.transport() == TransportKind::Polling
        && largest + around >= m_refusedBytes)
        return Error{ErrorCode::PayloadTooLarge,
                     QStringLiteral("A message of %1 bytes was refused with HTTP 413, by the server or by a "
                                    "proxy before it; this one has about %2")
                         .arg(m_refusedBytes)
                         .arg(largest)};
    return connection.fits(size);
}

void DialogueClientPrivate::trigger(OutgoingTrigger trigger)
{
    const QString roomId = trigger.request.roomId;
    const auto done = trigger.done;
    const auto size = checkEvent({.name = names::trigger,
                                  .args = {protocol::textOf(trigger.request)},
                                  .attachments = trigger.attachments});
    if (!size) {
        later.say([done, error = size.error()] { done(error); });
        return;
    }
    trigger.size = *size;
    trigger.deadline = QDeadlineTimer(config.timeouts.trigger);
    if (const auto added = outbox.add(std::move(trigger)); !added) {
        later.say([done, error = added.error()] { done(error); });
        return;
    }
    armExpiry();
    flush(roomId);
}

void DialogueClientPrivate::flush(const QString &roomId)
{
    flushRequests();
    if (RoomContext *const room = rooms.value(roomId); room && room->isJoined())
        flushTriggers(room);
    outboxChanged();
}

void DialogueClientPrivate::flushTriggers(RoomContext *room)
{
    const auto answer = [this](const OutgoingTrigger &trigger, const Result<TriggerReceipt> &result) {
        later.say([done = trigger.done, result] { done(result); });
    };
    const QString roomId = room->roomId();
    while (isReady()) {
        const OutgoingTrigger *const next = outbox.send(roomId);
        if (!next)
            break;
        const QString id = next->request.id;
        if (const auto sound = fits(next->size); !sound) {
            answer(*outbox.take(id), sound.error());
            continue;
        }
        link.emitEvent({.name = names::trigger,
                        .args = {protocol::textOf(next->request)},
                        .attachments = next->attachments},
                       [this, id](const JsonData &args, const QList<QByteArray> &) {
                           onTriggerAck(id, args.toArray());
                       });
        if (!acknowledges(names::trigger))
            answer(*outbox.take(id), TriggerReceipt{.id = id});
    }
}

void DialogueClientPrivate::flushAllTriggers()
{
    for (RoomContext *const room : std::as_const(rooms)) {
        if (room->isJoined())
            flushTriggers(room);
    }
}

void DialogueClientPrivate::onAck(RequestTable::Id id, const QString &name, const QJsonArray &args)
{
    m_acknowledged.insert(name);
    std::optional<Request> request = requests.take(id);
    if (!request)
        return;
    if (request->plain)
        return request->done(plainAnswer(args));
    const auto reply = protocol::readAck(args.at(0));
    if (reply)
        request->done(Reply{.payload = *reply});
    else
        request->done(reply.error());
}

void DialogueClientPrivate::onTriggerAck(const QString &id, const QJsonArray &args)
{
    m_acknowledged.insert(names::trigger);
    const auto reply = protocol::readAck(args.at(0));
    // This connection ends, and over the next one it goes out again.
    if (!reply && reply.error().code == ErrorCode::ServerDraining)
        return outbox.notNow(id);
    const bool heldBack = outbox.holdsBack();
    std::optional<OutgoingTrigger> trigger = outbox.take(id);
    if (!trigger)
        return;
    const QPointer<DialogueClient> alive(q);
    if (!reply) {
        trigger->done(reply.error());
    } else {
        const double offset = reply->value(QLatin1String("offset")).toDouble();
        const double timestamp = reply->value(QLatin1String("timestamp")).toDouble();
        const auto safe = [](double number) { return number > 0 && number < 9e15 ? number : 0; };
        trigger->done(TriggerReceipt{.id = id,
                                     .offset = static_cast<quint64>(safe(offset)),
                                     .timestamp = static_cast<qint64>(safe(timestamp))});
    }
    if (alive && heldBack)
        flushAllTriggers();
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::forget(const QString &roomId, const Error &why)
{
    rooms.remove(roomId);
    std::list<OutgoingTrigger> triggers = outbox.takeWaiting(roomId);
    std::list<Request> asked = requests.takeRoom(roomId);
    const Later::Calling calling(later); // whoever leaves a room, asks for nothing to be told meanwhile
    fail(std::move(triggers), why);
    fail(std::move(asked), why);
    outboxChanged();
}

void DialogueClientPrivate::armExpiry()
{
    const QDeadlineTimer next = std::min(requests.nextDeadline(), outbox.nextDeadline());
    if (next.isForever())
        return;
    const auto wait = static_cast<int>(std::min<qint64>(next.remainingTime() + 1, 60000));
    if (!m_expiry.isActive() || wait < m_expiry.remainingTime())
        m_expiry.start(wait);
}

void DialogueClientPrivate::expire()
{
    const bool heldBack = outbox.holdsBack();
    std::list<Request> late = requests.takeOverdue();
    std::list<OutgoingTrigger> lateTriggers = outbox.takeOverdue();
    armExpiry();
    const Error noAnswer{
        ErrorCode::Timeout,
        QStringLiteral("No answer within %1 ms (timeouts.request)").arg(config.timeouts.request.count())};
    const Error noAck{ErrorCode::Timeout,
                      QStringLiteral("Not acknowledged within %1 ms (timeouts.trigger)")
                          .arg(config.timeouts.trigger.count())};
    const QPointer<DialogueClient> alive(q);
    fail(std::move(late), noAnswer);
    fail(std::move(lateTriggers), noAck);
    if (alive && heldBack)
        flushAllTriggers();
    if (alive)
        outboxChanged();
}

void DialogueClientPrivate::outboxChanged()
{
    if (m_toldOutbox == outbox.size() || std::exchange(m_outboxPosted, true))
        return;
    later.say([this] {
        m_outboxPosted = false;
        if (const int now = outbox.size(); std::exchange(m_toldOutbox, now) != now)
            Q_EMIT q->outboxSizeChanged(now);
    });
}

} // namespace dialogue
