#include "model/conversation.h"

#include "model/eventtext.h"

#include <QUuid>

#include <algorithm>

namespace chat {

using dialogue::Error;
using dialogue::ErrorCode;
using dialogue::EventMessage;
using dialogue::Result;
using dialogue::RoomContext;
using dialogue::TriggerReceipt;
using namespace Qt::StringLiterals;

Conversation::Conversation(dialogue::DialogueClient &client, const QString &roomId, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_roomId(roomId)
    , m_typingNotice([this](bool isTyping) { sendTyping(isTyping); })
{
    connect(&client, &dialogue::DialogueClient::identityChanged, this,
            [this] { m_messages.setUserId(m_client.userId()); });
    m_messages.setUserId(client.userId());
}

void Conversation::join()
{
    setState(State::Joining);
    m_client.join(m_roomId).then(this, [this](const Result<RoomContext *> &room) {
        if (room)
            enter(**room);
        else
            setState(State::Out, room.error().text());
    });
}

void Conversation::enter(RoomContext &room)
{
    if (m_room == &room)
        return;
    m_room = &room;
    connect(&room, &RoomContext::eventReceived, this, &Conversation::onEvent);
    connect(&room, &RoomContext::historyReceived, this, &Conversation::onHistory);
    connect(&room, &RoomContext::gap, this, &Conversation::onGap);
    connect(&room, &RoomContext::joinedChanged, this,
            [this](bool joined) { setState(joined ? State::Joined : State::Away); });
    connect(&room, &RoomContext::left, this, [this](const QString &reason) {
        m_room = nullptr;
        m_people.reset();
        setState(State::Out, reason);
    });
    if (room.presence() == dialogue::Presence::Users)
        m_people = std::make_unique<dialogue::ParticipantsModel>(&room);
    askWhatItCarries(room);
    setState(State::Joined);
}

void Conversation::askWhatItCarries(RoomContext &room)
{
    room.subscribe(MessageEvent.toString()).then(this, [this](const Result<void> &subscribed) {
        m_carriesMessages = subscribed || subscribed.error().code != ErrorCode::EventNotAllowed;
        Q_EMIT stateChanged();
        if (!m_hadHistory) // the room would have sent it before it answered this
            loadEarlier();
    });
    room.subscribe(TypingEvent.toString()).then(this, [this](const Result<void> &subscribed) {
        m_carriesTyping = subscribed.has_value();
    });
}

qsizetype Conversation::tooMany(const QString &text)
{
    return std::max<qsizetype>(0, text.trimmed().toUcs4().size() - MostCharacters);
}

bool Conversation::say(const QString &text)
{
    const QString trimmed = text.trimmed();
    if (trimmed.isEmpty() || tooMany(trimmed) > 0 || !m_room)
        return false;
    m_typingNotice.stopped();
    const QString tag = QUuid::createUuid().toString(QUuid::WithoutBraces);
    m_messages.addWaiting(trimmed, tag);
    m_room
        ->triggerWithAck(MessageEvent.toString(),
                         QJsonObject{{u"text"_s, trimmed}, {u"senderId"_s, m_client.userId()}},
                         {.meta = metaOf(tag)})
        .then(this, [this, tag](const Result<TriggerReceipt> &receipt) {
            if (receipt)
                m_messages.confirm(tag, receipt->offset,
                                   receipt->timestamp ? QDateTime::fromMSecsSinceEpoch(receipt->timestamp)
                                                      : QDateTime());
            else
                m_messages.refuse(tag, receipt.error().text());
        });
    return true;
}

QString Conversation::takeBack(int row)
{
    if (row < 0 || row >= m_messages.rowCount() || m_messages.at(row).delivery != Message::Delivery::Refused)
        return {};
    const QString text = m_messages.at(row).text;
    m_messages.remove(row);
    return text;
}

void Conversation::wrote(bool anything)
{
    if (anything && m_carriesTyping && m_state == State::Joined)
        m_typingNotice.wrote();
    else
        m_typingNotice.stopped();
}

void Conversation::sendTyping(bool isTyping)
{
    // Old news by the time the connection is back: never into the outbox.
    if (!m_room || m_state != State::Joined)
        return;
    m_room->triggerWithAck(TypingEvent.toString(), QJsonObject{{u"isTyping"_s, isTyping}})
        .then(this, [this](const Result<TriggerReceipt> &receipt) {
            if (!receipt && receipt.error().code != ErrorCode::RateLimited)
                m_carriesTyping = false; // not in the way we say it
        });
}

void Conversation::onEvent(const EventMessage &event)
{
    const bool own = event.from == m_client.userId();
    if (event.event == TypingEvent) {
        if (!own)
            m_typing.set(event.from, event.data["isTyping"_L1].toBool(true));
        return;
    }
    const Message message = messageOf(event);
    m_typing.set(event.from, false);
    if (m_messages.add(message) && !own)
        Q_EMIT said(message);
}

void Conversation::onHistory(const QList<EventMessage> &events)
{
    m_hadHistory = true;
    addHistory(events);
    m_hasEarlier = !events.isEmpty();
    Q_EMIT earlierChanged();
}

void Conversation::onGap(const dialogue::Gap &gap)
{
    m_messages.addGap(gap);
    loadEarlier(); // what the room still has may close it
}

int Conversation::addHistory(const QList<EventMessage> &events)
{
    QList<Message> page;
    for (auto event = events.rbegin(); event != events.rend(); ++event) { // newest first
        m_keptEvents.insert(event->event);
        if (event->event != TypingEvent)
            page.append(messageOf(*event));
    }
    return m_messages.addPage(page);
}

void Conversation::loadEarlier()
{
    if (!m_room || m_loading)
        return;
    m_loading = true;
    Q_EMIT earlierChanged();
    const int start = m_messages.countSinceGap(m_keptEvents);
    m_room->getHistory({.start = start, .end = start + PageSize})
        .then(this, [this, start](const Result<QList<EventMessage>> &events) {
            m_loading = false;
            m_historyProblem = events ? QString() : events.error().text();
            if (events) {
                const int added = addHistory(*events);
                m_hasEarlier = events->size() == PageSize;
                // Only now is it known what the room keeps: the next page begins elsewhere.
                if (added == 0 && m_hasEarlier && m_messages.countSinceGap(m_keptEvents) > start)
                    loadEarlier();
            }
            Q_EMIT earlierChanged();
        });
}

void Conversation::setState(State state, const QString &problem)
{
    m_state = state;
    m_problem = problem;
    if (state != State::Joined)
        m_typing.clear();
    Q_EMIT stateChanged();
}

} // namespace chat
