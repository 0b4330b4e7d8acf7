#pragma once

#include "core/event/eventdefinition.h"
#include "core/event/eventmessage.h"
#include "core/event/payload.h"
#include "core/schema/merge.h"

namespace dialogue {

/**
 * An event whose data is a T: triggering it with anything else does not compile.
 *
 *     struct ChatMessage
 *     {
 *         Q_GADGET
 *         Q_PROPERTY(QString text MEMBER text)
 *         Q_PROPERTY(std::optional<QString> senderId MEMBER senderId)
 *     public:
 *         QString text;
 *         std::optional<QString> senderId;
 *     };
 *
 *     const Schema text = Schema::string().min(1);
 *     const auto message = defineEvent<ChatMessage>("message", Schema::object({{"text", text}}));
 *     const RoomConfig chat{.id = u"chat"_s, .name = u"Chat"_s, .events = {message}};
 *     room->trigger(message, ChatMessage{.text = u"Hello"_s});
 */
template <EventPayload T>
class TypedEvent
{
public:
    using Payload = T;

    explicit TypedEvent(const EventDefinition &definition)
        : m_definition(definition)
    { }

    [[nodiscard]] const QString &name() const { return m_definition.name; }
    [[nodiscard]] const EventDefinition &definition() const { return m_definition; }
    operator const EventDefinition &() const { return m_definition; } // where a list of events is wanted

private:
    EventDefinition m_definition;
};

/** The typed view of an EventMessage. */
template <EventPayload T>
struct TypedMessage
{
    T data;
    QString event;
    QString roomId;
    QString from; ///< The userId of who triggered it; "system" for the server itself.
    qint64 timestamp = 0; ///< Milliseconds since the Unix epoch.
    quint64 offset = 0; ///< Position in the room's log; 0 of an ephemeral event.
    QString id = {};
    QJsonObject meta = {};

    /** ValidationFailed, with the place in the data, when the data is no T. */
    static Result<TypedMessage> of(const EventMessage &message)
    {
        const Result<T> data = fromJson<T>(message.data);
        if (!data)
            return data.error();
        return TypedMessage{.data = *data,
                            .event = message.event,
                            .roomId = message.roomId,
                            .from = message.from,
                            .timestamp = message.timestamp,
                            .offset = message.offset,
                            .id = message.id,
                            .meta = message.meta};
    }
};

/**
 * An event with the schema its payload's type gives: members are required unless std::optional. \a
 * constraints narrow it; a contradiction between the two is found by RoomConfig::check().
 */
template <EventPayload T>
[[nodiscard]] TypedEvent<T> defineEvent(const QString &name, const Schema &constraints = {},
                                        HistoryPolicy history = {})
{
    return TypedEvent<T>(
        {.name = name, .schema = schema::merge(JsonCodec<T>::schema(), constraints), .history = history});
}

template <EventPayload T>
[[nodiscard]] TypedEvent<T> defineEvent(const char *name, const Schema &constraints = {},
                                        HistoryPolicy history = {})
{
    return defineEvent<T>(QString::fromUtf8(name), constraints, history);
}

template <EventPayload T>
[[nodiscard]] TypedEvent<T> defineEvent(const QString &name, const Schema &constraints, Ephemeral)
{
    return TypedEvent<T>(defineEvent(name, schema::merge(JsonCodec<T>::schema(), constraints), ephemeral));
}

template <EventPayload T>
[[nodiscard]] TypedEvent<T> defineEvent(const char *name, const Schema &constraints, Ephemeral)
{
    return defineEvent<T>(QString::fromUtf8(name), constraints, ephemeral);
}

} // namespace dialogue
