#pragma once

#include "core/base/threadboundpart.h"
#include "core/event/eventmessage.h"
#include "core/event/typedevent.h"
#include "core/room/roomconfig.h"
#include "server/export.h"
#include "server/rooms/hooks.h"

#include <QObject>

#include <functional>
#include <memory>

namespace dialogue {

class ConnectedClient;
class RoomPrivate;

/** What a trigger may say besides event and data. */
struct TriggerOptions
{
    QString from = QStringLiteral("system");
    QJsonObject meta = {};
    QString id = {}; ///< Message id; see EventMessage::id.
    QList<ConnectedClient *> except = {}; ///< Not delivered to these.
};

/** A runtime room: its participants, its log, its events. Lives in the hub's thread. */
class DIALOGUE_SERVER_EXPORT Room : public QObject
{
    Q_OBJECT
    Q_PROPERTY(QString id READ id CONSTANT)
    Q_PROPERTY(QString name READ name NOTIFY updated)
    Q_PROPERTY(int size READ size NOTIFY sizeChanged)
public:
    using Handler = std::function<void(const EventMessage &)>;

    ~Room() override;

    [[nodiscard]] QString id() const;
    [[nodiscard]] QString name() const;
    [[nodiscard]] RoomConfig config() const; ///< As it is declared now.

    [[nodiscard]] int size() const; ///< Participants.
    [[nodiscard]] bool isFull() const;
    [[nodiscard]] QList<ConnectedClient *> participants() const;
    [[nodiscard]] bool contains(const ConnectedClient *client) const;

    [[nodiscard]] QByteArray epoch() const; ///< Identity of the room's log.
    /** Of the newest event that has one, which ephemeral ones have not; 0 before the first. */
    [[nodiscard]] quint64 offset() const;

    /**
     * Validates, orders, records and delivers an event. The Error is EventNotAllowed, ValidationFailed,
     * PayloadTooLarge, RoomNotFound once the room is deleted, or what Hooks::beforeEach said.
     */
    Result<EventMessage> trigger(const QString &event, const QJsonValue &data,
                                 const TriggerOptions &options = {});

    /** A typed event: a payload of the wrong type does not compile. */
    template <EventPayload T>
    Result<EventMessage> trigger(const TypedEvent<T> &event, const T &data,
                                 const TriggerOptions &options = {})
    {
        return trigger(event.name(), toJson(data), options);
    }

    /** Calls \a handler for each \a event ("*": any) after it went out, as long as \a context lives. */
    void on(const QString &event, QObject *context, Handler handler);

    template <EventPayload T>
    void on(const TypedEvent<T> &event, QObject *context,
            std::type_identity_t<std::function<void(const TypedMessage<T> &)>> handler)
    {
        on(event.name(), context, [handler = std::move(handler)](const EventMessage &message) {
            if (const auto typed = TypedMessage<T>::of(message))
                handler(*typed);
        });
    }

    /** Kept events of one name (empty: of all), newest first. InvalidRequest for a range that is none; what
     * Hooks::onLoad said, where it is asked. */
    [[nodiscard]] Result<QList<EventMessage>> history(const QString &event = {},
                                                      HistoryRange range = {}) const;

Q_SIGNALS:
    void eventTriggered(const dialogue::EventMessage &message);
    /** After handlers and eventTriggered: what Hooks call afterEach. */
    void eventCompleted(const dialogue::EventMessage &message);
    /** Left the in-memory history for newer ones, oldest first: the moment to put them elsewhere. */
    void eventsEvicted(const QString &event, const QList<dialogue::EventMessage> &events);
    void participantJoined(dialogue::ConnectedClient *client);
    void participantLeft(dialogue::ConnectedClient *client);
    void sizeChanged(int size);
    void updated();

private:
    friend class RoomPrivate;
    explicit Room(std::unique_ptr<RoomPrivate> d);
    const ThreadBoundPart<RoomPrivate> d;
};

} // namespace dialogue
