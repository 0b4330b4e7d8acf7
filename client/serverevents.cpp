#include "client/serverevents.h"

#include "client/dialogueclient_p.h"
#include "client/roomcontext_p.h"
#include "core/base/logging.h"
#include "core/json/cursor.h"
#include "core/json/exact.h"
#include "core/protocol/dialogue/errors.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "core/protocol/dialogue/exactdata.h"
#include "core/protocol/dialogue/names.h"

#include <QDateTime>
#include <QPointer>

namespace dialogue::client {

namespace names = protocol::names;

namespace {

/** The only one of \a args, or all where there are more. As text where QJsonValue would change its numbers.
 */
JsonData payloadOf(const JsonData &args, const QJsonArray &values)
{
    const QByteArray &text = args.ownText();
    if (values.size() != 1)
        return values.isEmpty() ? JsonData() : JsonData(values);
    if (!json::hasLongNumbers(text))
        return values.first();
    json::Cursor cursor(text, json::MaxWrappedDepth);
    cursor.enterArray();
    return JsonData::fromText(json::compact(cursor.skip()));
}

} // namespace

void ServerEvents::take(const QString &name, const JsonData &args, const Attachments &attachments,
                        std::optional<quint64> ackId)
{
    static const QHash<QString, Reader> readers{
        {names::connected, &ServerEvents::readConnected},
        {names::joined, &ServerEvents::readJoined},
        {names::left, &ServerEvents::readLeft},
        {names::unsubscribed, &ServerEvents::readUnsubscribed},
        {names::event, &ServerEvents::readEvent},
        {names::gap, &ServerEvents::readGap},
        {names::presence, &ServerEvents::readPresence},
        {names::rooms, &ServerEvents::readRooms},
        {names::roomCreated, &ServerEvents::readRoomCreated},
        {names::roomDeleted, &ServerEvents::readRoomDeleted},
        {names::history, &ServerEvents::readHistory},
        {names::historyResponse, &ServerEvents::readHistoryResponse},
        {names::error, &ServerEvents::readError},
    };
    const auto reader = readers.constFind(name);
    const QJsonArray values = args.toArray();
    const JsonData payload = payloadOf(args, values);
    if (reader == readers.cend()) {
        if (!name.startsWith(u"dialogue:")) // Those are of a server that knows more than we do.
            onDirect(name, payload, attachments, ackId);
        return;
    }
    const QPointer<DialogueClient> alive(m_client.q);
    if (name != names::connected) {
        m_client.onReady();
        if (!alive || !m_client.isReady())
            return;
    }
    const Result<void> read
        = (this->**reader)(values.size() == 1 ? payload : JsonData(values.at(0)), attachments);
    if (alive && !read)
        m_client.drop({.code = ErrorCode::ProtocolViolation,
                       .message = QStringLiteral("The server sent a %1 that cannot be read: %2")
                                      .arg(name, read.error().text())});
}

void ServerEvents::onDirect(const QString &name, const JsonData &data, const Attachments &attachments,
                            std::optional<quint64> ackId)
{
    const EventMessage message{.event = name,
                               .roomId = {},
                               .data = data,
                               .from = QStringLiteral("system"),
                               .timestamp = QDateTime::currentMSecsSinceEpoch(),
                               .attachments = attachments};
    const QPointer<DialogueClient> alive(m_client.q);
    const QPointer<PacketConnection> connection(m_client.connector.connection());
    if (!ackId || !m_client.serverRequests.answers(name)) {
        m_client.call(m_client.direct, message, m_client.messageBytes());
        if (alive)
            Q_EMIT m_client.q->directReceived(message);
    }
    if (!ackId || !alive)
        return;
    m_client.serverRequests.ask(message,
                                [this, connection, ackId = *ackId](const Result<QJsonValue> &answer) {
                                    acknowledge(connection, ackId, answer);
                                });
}

void ServerEvents::acknowledge(const QPointer<PacketConnection> &connection, quint64 ackId,
                               const Result<QJsonValue> &answer)
{
    if (!connection || connection != m_client.connector.connection())
        return;
    const auto argsOf = [](const QByteArray &json) { return JsonData::fromText('[' + json + ']'); };
    JsonData args = argsOf(answer ? JsonData(*answer).text() : protocol::errorAck(answer.error()));
    const qint64 bytes = args.ownText().size();
    if (bytes > connection->maxPayload()) {
        args = argsOf(protocol::errorAck({ErrorCode::PayloadTooLarge,
                                          QStringLiteral("The answer has %1 bytes, the server takes %2")
                                              .arg(bytes)
                                              .arg(connection->maxPayload())}));
    }
    m_client.link.acknowledge(ackId, args);
}

void ServerEvents::answer(QLatin1String name, const JsonData &payload, const Attachments &attachments)
{
    if (const auto request = m_client.requests.takeAnswered(name, payload))
        request->done(Reply{.payload = payload, .attachments = attachments});
}

Result<void> ServerEvents::readConnected(const JsonData &payload, const Attachments &)
{
    const auto greeting = protocol::Connected::fromJson(payload);
    if (!greeting)
        return greeting.error();
    const QString before = std::exchange(m_client.userId, greeting->userId);
    if (!greeting->clientId.isEmpty())
        m_client.clientId = greeting->clientId;
    m_client.holdsFor(greeting->expiresIn);
    std::list<OutgoingTrigger> uncertain;
    // Another user's ids are others: sent again, they might be applied twice.
    if (!before.isEmpty() && before != m_client.userId)
        uncertain = m_client.outbox.takeUncertain();
    const QPointer<DialogueClient> alive(m_client.q);
    m_client.fail(
        std::move(uncertain),
        {ErrorCode::ConnectionLost,
         QStringLiteral(
             "The connection was lost before the answer, and the server now knows us as another user; "
             "whether it was applied, nobody knows")});
    if (alive)
        Q_EMIT m_client.q->identityChanged();
    if (alive)
        m_client.onReady();
    return {};
}

Result<void> ServerEvents::readJoined(const JsonData &payload, const Attachments &)
{
    const auto joined = protocol::Joined::fromJson(payload);
    if (!joined)
        return joined.error();
    const bool keepsLog = !joined->position.epoch.isEmpty();
    m_client.isDialogue = m_client.isDialogue || keepsLog;
    const Request *const asked = m_client.requests.hear(names::joined, payload);
    RoomContext *const room = m_client.rooms.value(joined->roomId);
    // It may be for a context that was left since; its successor waits for an answer of its own.
    const bool isForRoom = room && (!asked || asked->asker == room);
    const QPointer<DialogueClient> alive(m_client.q);
    if (isForRoom)
        RoomContextPrivate::of(*room).onJoined(*joined);
    if (alive && !keepsLog)
        answer(names::joined, payload);
    return {};
}

Result<void> ServerEvents::readLeft(const JsonData &payload, const Attachments &)
{
    const auto left = protocol::Left::fromJson(payload);
    if (!left)
        return left.error();
    if (const auto request = m_client.requests.takeAnswered(names::left, payload))
        request->done(Reply{.payload = payload});
    else if (RoomContext *const room = m_client.rooms.value(left->roomId))
        RoomContextPrivate::of(*room).leftBy(
            {ErrorCode::NotInRoom, QStringLiteral("The server took this client out of the room")});
    return {};
}

Result<void> ServerEvents::readUnsubscribed(const JsonData &payload, const Attachments &)
{
    const auto ended = protocol::Unsubscribed::fromJson(payload);
    if (!ended)
        return ended.error();
    // Else it would ask for it when it comes back, and be refused.
    if (RoomContext *const room = m_client.rooms.value(ended->roomId))
        RoomContextPrivate::of(*room).subscriptions.remove(ended->eventName);
    return {};
}

Result<void> ServerEvents::readEvent(const JsonData &payload, const Attachments &attachments)
{
    auto message = protocol::eventMessageFromJson(payload);
    if (!message)
        return message.error();
    message->attachments = attachments;
    QList<EventMessage> messages{*std::move(message)};
    protocol::takeDataAsWritten(messages, payload.ownText());
    if (RoomContext *const room = m_client.rooms.value(messages.first().roomId))
        RoomContextPrivate::of(*room).onMessage(std::move(messages.first()), m_client.messageBytes());
    return {};
}

Result<void> ServerEvents::readGap(const JsonData &payload, const Attachments &)
{
    const auto gap = protocol::Gap::fromJson(payload);
    if (!gap)
        return gap.error();
    if (RoomContext *const room = m_client.rooms.value(gap->roomId))
        RoomContextPrivate::of(*room).onDropped(*gap);
    return {};
}

Result<void> ServerEvents::readPresence(const JsonData &payload, const Attachments &)
{
    const auto notice = protocol::PresenceNotice::fromJson(payload);
    if (!notice)
        return notice.error();
    if (RoomContext *const room = m_client.rooms.value(notice->roomId))
        RoomContextPrivate::of(*room).onPresence(*notice);
    return {};
}

Result<void> ServerEvents::readRooms(const JsonData &payload, const Attachments &)
{
    if (const auto list = protocol::Rooms::fromJson(payload); !list)
        return list.error();
    answer(names::rooms, QJsonObject{{QStringLiteral("rooms"), payload}}); // in the shape of the ack
    return {};
}

Result<void> ServerEvents::readRoomCreated(const JsonData &payload, const Attachments &)
{
    const auto info = protocol::RoomInfo::fromJson(payload);
    if (!info)
        return info.error();
    const QPointer<DialogueClient> alive(m_client.q);
    if (!m_client.acknowledges(names::createRoom))
        answer(names::roomCreated, payload);
    if (alive)
        Q_EMIT m_client.q->roomCreated(publicInfo(*info));
    return {};
}

Result<void> ServerEvents::readRoomDeleted(const JsonData &payload, const Attachments &)
{
    const auto deleted = protocol::RoomDeleted::fromJson(payload);
    if (!deleted)
        return deleted.error();
    const QPointer<DialogueClient> alive(m_client.q);
    if (!m_client.acknowledges(names::deleteRoom))
        answer(names::roomDeleted, payload);
    if (!alive)
        return {};
    if (RoomContext *const room = m_client.rooms.value(deleted->roomId))
        RoomContextPrivate::of(*room).leftBy(
            {ErrorCode::RoomNotFound, QStringLiteral("The room was deleted")});
    if (alive)
        Q_EMIT m_client.q->roomDeleted(deleted->roomId);
    return {};
}

Result<void> ServerEvents::readHistory(const JsonData &payload, const Attachments &attachments)
{
    const auto history = protocol::History::fromJson(payload);
    if (!history)
        return history.error();
    auto events = protocol::eventMessagesFromJson(history->events.toArray(), attachments);
    if (!events)
        return events.error();
    protocol::takeDataAsWritten(*events, json::memberText(payload.ownText(), QLatin1StringView("events")));
    if (RoomContext *const room = m_client.rooms.value(history->roomId))
        RoomContextPrivate::of(*room).onHistory(*events);
    return {};
}

Result<void> ServerEvents::readHistoryResponse(const JsonData &payload, const Attachments &attachments)
{
    const auto response = protocol::HistoryResponse::fromJson(payload);
    if (!response)
        return response.error();
    if (const auto events = protocol::eventMessagesFromJson(response->events.toArray()); !events)
        return events.error();
    answer(names::historyResponse, payload, attachments);
    return {};
}

Result<void> ServerEvents::readError(const JsonData &payload, const Attachments &)
{
    const auto said = protocol::ErrorPayload::fromJson(payload);
    if (!said)
        return said.error();
    // Where requests are acknowledged, the ack that follows says the same, and to whom.
    const bool isAcknowledged = m_client.isDialogue
        ? m_client.requests.hasSent() || m_client.outbox.size() > 0
        : m_client.requests.allSentArePlain();
    if (isAcknowledged && said->code != codeName(ErrorCode::ServerDraining))
        return {};
    if (!m_client.isDialogue) {
        if (const auto request = m_client.requests.takeFailed(*said)) {
            request->done(said->toError());
            return {};
        }
    }
    Q_EMIT m_client.q->errorOccurred(said->toError());
    return {};
}

} // namespace dialogue::client
