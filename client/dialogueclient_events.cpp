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

// What the server says: each event is read, given to the room or the request it belongs to, and told.
namespace dialogue {

using namespace client;
namespace names = protocol::names;

RoomInfo publicInfo(const protocol::RoomInfo &room)
{
    return {.id = room.id,
            .name = room.name,
            .description = room.description,
            .size = room.size,
            .maxSize = room.maxSize,
            .createdById = room.createdById,
            .presence = room.presence};
}

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
    json::Cursor cursor(text, json::maxWrappedDepth);
    cursor.enterArray();
    return JsonData::fromText(json::compact(cursor.skip()));
}

} // namespace

void DialogueClientPrivate::onEvent(const QString &name, const JsonData &args, const Attachments &attachments,
                                    std::optional<quint64> ackId)
{
    static const QHash<QString, Reader> readers{
        {names::connected, &DialogueClientPrivate::readConnected},
        {names::joined, &DialogueClientPrivate::readJoined},
        {names::left, &DialogueClientPrivate::readLeft},
        {names::event, &DialogueClientPrivate::readEvent},
        {names::gap, &DialogueClientPrivate::readGap},
        {names::presence, &DialogueClientPrivate::readPresence},
        {names::rooms, &DialogueClientPrivate::readRooms},
        {names::roomCreated, &DialogueClientPrivate::readRoomCreated},
        {names::roomDeleted, &DialogueClientPrivate::readRoomDeleted},
        {names::history, &DialogueClientPrivate::readHistory},
        {names::historyResponse, &DialogueClientPrivate::readHistoryResponse},
        {names::error, &DialogueClientPrivate::readError},
    };
    const auto reader = readers.constFind(name);
    const QJsonArray values = args.toArray();
    const JsonData payload = payloadOf(args, values);
    if (reader == readers.cend()) {
        if (!name.startsWith(u"dialogue:")) // Those are of a server that knows more than we do.
            onDirect(name, payload, attachments, ackId);
        return;
    }
    const QPointer<DialogueClient> alive(q);
    if (name != names::connected) {
        onReady();
        if (!alive || !isReady())
            return;
    }
    const Result<void> read
        = (this->**reader)(values.size() == 1 ? payload : JsonData(values.at(0)), attachments);
    if (alive && !read)
        drop({.code = ErrorCode::ProtocolViolation,
              .message = QStringLiteral("The server sent a %1 that cannot be read: %2")
                             .arg(name, read.error().text())});
}

qint64 DialogueClientPrivate::messageBytes() const
{
    constexpr qint64 ofMessage = sizeof(EventMessage) + 256; // and what its strings and members take
    const SocketClient *const socket = connector.socket();
    return ofMessage + (socket ? socket->packetBytes() : 0);
}

void DialogueClientPrivate::call(const EventHandlers &handlers, const EventMessage &message, qint64 bytes)
{
    const QPointer<DialogueClient> alive(q);
    auto held = unheard.hold(bytes);
    handlers.call(message, held);
    held.reset();
    if (alive)
        tellUnheard();
}

void DialogueClientPrivate::tellUnheard()
{
    const qint64 bytes = unheard.bytes();
    SocketClient *const socket = connector.socket();
    if (socket && std::exchange(m_toldUnheard, bytes) != bytes)
        socket->setUnheard(bytes);
}

void DialogueClientPrivate::onDirect(const QString &name, const JsonData &data,
                                     const Attachments &attachments, std::optional<quint64> ackId)
{
    const EventMessage message{.event = name,
                               .roomId = {},
                               .data = data,
                               .from = QStringLiteral("system"),
                               .timestamp = QDateTime::currentMSecsSinceEpoch(),
                               .attachments = attachments};
    const QPointer<DialogueClient> alive(q);
    const QPointer<SocketClient> socket(connector.socket());
    if (!ackId || !serverRequests.answers(name)) {
        call(direct, message, messageBytes());
        if (alive)
            Q_EMIT q->directReceived(message);
    }
    if (!ackId || !alive)
        return;
    serverRequests.ask(message, [this, socket, ackId = *ackId](const Result<QJsonValue> &answer) {
        acknowledge(socket, ackId, answer);
    });
}

void DialogueClientPrivate::acknowledge(const QPointer<SocketClient> &socket, quint64 ackId,
                                        const Result<QJsonValue> &answer)
{
    if (!socket || socket != connector.socket())
        return;
    const auto argsOf = [](const QByteArray &json) { return JsonData::fromText('[' + json + ']'); };
    JsonData args = argsOf(answer ? JsonData(*answer).text() : protocol::errorAck(answer.error()));
    const qint64 bytes = args.ownText().size();
    if (bytes > socket->maxPayload()) {
        args = argsOf(protocol::errorAck({ErrorCode::PayloadTooLarge,
                                          QStringLiteral("The answer has %1 bytes, the server takes %2")
                                              .arg(bytes)
                                              .arg(socket->maxPayload())}));
    }
    socket->acknowledge(ackId, args);
}

void DialogueClientPrivate::answer(QLatin1String name, const JsonData &payload,
                                   const Attachments &attachments)
{
    if (const auto request = requests.takeAnswered(name, payload))
        request->done(Reply{.payload = payload, .attachments = attachments});
}

Result<void> DialogueClientPrivate::readConnected(const JsonData &payload, const Attachments &)
{
    const auto greeting = protocol::Connected::fromJson(payload);
    if (!greeting)
        return greeting.error();
    const QString before = std::exchange(userId, greeting->userId);
    if (!greeting->clientId.isEmpty())
        clientId = greeting->clientId;
    std::list<OutgoingTrigger> uncertain;
    // Another user's ids are others: sent again, they might be applied twice.
    if (!before.isEmpty() && before != userId)
        uncertain = outbox.takeUncertain();
    const QPointer<DialogueClient> alive(q);
    fail(std::move(uncertain),
         {ErrorCode::ConnectionLost,
          QStringLiteral(
              "The connection was lost before the answer, and the server now knows us as another user; "
              "whether it was applied, nobody knows")});
    if (alive)
        Q_EMIT q->identityChanged();
    if (alive)
        onReady();
    return {};
}

Result<void> DialogueClientPrivate::readJoined(const JsonData &payload, const Attachments &)
{
    const auto joined = protocol::Joined::fromJson(payload);
    if (!joined)
        return joined.error();
    const bool keepsLog = !joined->position.epoch.isEmpty();
    m_isDialogue = m_isDialogue || keepsLog;
    const Request *const asked = requests.hear(names::joined, payload);
    RoomContext *const room = rooms.value(joined->roomId);
    // It may be for a context that was left since; its successor waits for an answer of its own.
    const bool isForRoom = room && (!asked || asked->asker == room);
    const QPointer<DialogueClient> alive(q);
    if (isForRoom)
        RoomContextPrivate::of(*room).onJoined(*joined);
    if (alive && !keepsLog)
        answer(names::joined, payload);
    return {};
}

Result<void> DialogueClientPrivate::readLeft(const JsonData &payload, const Attachments &)
{
    const auto left = protocol::Left::fromJson(payload);
    if (!left)
        return left.error();
    if (const auto request = requests.takeAnswered(names::left, payload))
        request->done(Reply{.payload = payload});
    else if (RoomContext *const room = rooms.value(left->roomId))
        RoomContextPrivate::of(*room).leftBy(
            {ErrorCode::NotInRoom, QStringLiteral("The server took this client out of the room")});
    return {};
}

Result<void> DialogueClientPrivate::readEvent(const JsonData &payload, const Attachments &attachments)
{
    auto message = protocol::eventMessageFromJson(payload);
    if (!message)
        return message.error();
    message->attachments = attachments;
    QList<EventMessage> messages{*std::move(message)};
    protocol::takeDataAsWritten(messages, payload.ownText());
    if (RoomContext *const room = rooms.value(messages.first().roomId))
        RoomContextPrivate::of(*room).onMessage(std::move(messages.first()), messageBytes());
    return {};
}

Result<void> DialogueClientPrivate::readGap(const JsonData &payload, const Attachments &)
{
    const auto gap = protocol::Gap::fromJson(payload);
    if (!gap)
        return gap.error();
    if (RoomContext *const room = rooms.value(gap->roomId))
        RoomContextPrivate::of(*room).onDropped(*gap);
    return {};
}

Result<void> DialogueClientPrivate::readPresence(const JsonData &payload, const Attachments &)
{
    const auto notice = protocol::PresenceNotice::fromJson(payload);
    if (!notice)
        return notice.error();
    if (RoomContext *const room = rooms.value(notice->roomId))
        RoomContextPrivate::of(*room).onPresence(*notice);
    return {};
}

Result<void> DialogueClientPrivate::readRooms(const JsonData &payload, const Attachments &)
{
    if (const auto list = protocol::Rooms::fromJson(payload); !list)
        return list.error();
    answer(names::rooms, QJsonObject{{QStringLiteral("rooms"), payload}}); // in the shape of the ack
    return {};
}

Result<void> DialogueClientPrivate::readRoomCreated(const JsonData &payload, const Attachments &)
{
    const auto info = protocol::RoomInfo::fromJson(payload);
    if (!info)
        return info.error();
    const QPointer<DialogueClient> alive(q);
    if (!acknowledges(names::createRoom))
        answer(names::roomCreated, payload);
    if (alive)
        Q_EMIT q->roomCreated(publicInfo(*info));
    return {};
}

Result<void> DialogueClientPrivate::readRoomDeleted(const JsonData &payload, const Attachments &)
{
    const auto deleted = protocol::RoomDeleted::fromJson(payload);
    if (!deleted)
        return deleted.error();
    const QPointer<DialogueClient> alive(q);
    if (!acknowledges(names::deleteRoom))
        answer(names::roomDeleted, payload);
    if (!alive)
        return {};
    if (RoomContext *const room = rooms.value(deleted->roomId))
        RoomContextPrivate::of(*room).leftBy(
            {ErrorCode::RoomNotFound, QStringLiteral("The room was deleted")});
    if (alive)
        Q_EMIT q->roomDeleted(deleted->roomId);
    return {};
}

Result<void> DialogueClientPrivate::readHistory(const JsonData &payload, const Attachments &attachments)
{
    const auto history = protocol::History::fromJson(payload);
    if (!history)
        return history.error();
    auto events = protocol::eventMessagesFromJson(history->events.toArray(), attachments);
    if (!events)
        return events.error();
    protocol::takeDataAsWritten(*events, json::memberText(payload.ownText(), QLatin1StringView("events")));
    if (RoomContext *const room = rooms.value(history->roomId))
        RoomContextPrivate::of(*room).onHistory(*events);
    return {};
}

Result<void> DialogueClientPrivate::readHistoryResponse(const JsonData &payload,
                                                        const Attachments &attachments)
{
    const auto response = protocol::HistoryResponse::fromJson(payload);
    if (!response)
        return response.error();
    if (const auto events = protocol::eventMessagesFromJson(response->events.toArray()); !events)
        return events.error();
    answer(names::historyResponse, payload, attachments);
    return {};
}

Result<void> DialogueClientPrivate::readError(const JsonData &payload, const Attachments &)
{
    const auto said = protocol::ErrorPayload::fromJson(payload);
    if (!said)
        return said.error();
    // Where requests are acknowledged, the ack that follows says the same, and to whom.
    const bool isAcknowledged
        = m_isDialogue ? requests.hasSent() || outbox.size() > 0 : requests.allSentArePlain();
    if (isAcknowledged && said->code != codeName(ErrorCode::ServerDraining))
        return {};
    if (!m_isDialogue) {
        if (const auto request = requests.takeFailed(*said)) {
            request->done(said->toError());
            return {};
        }
    }
    Q_EMIT q->errorOccurred(said->toError());
    return {};
}

} // namespace dialogue
