#pragma once

#include "core/event/typedevent.h"

#include <concepts>
#include <functional>
#include <type_traits>
#include <utility>

/** An event by its definition, where its name would do; and what listens to it. */
namespace dialogue {

/** What may stand for an event where a name may: its EventDefinition, or the TypedEvent. */
template <class E>
concept DefinedEvent = std::convertible_to<const E &, const EventDefinition &>;

[[nodiscard]] inline const QString &nameOf(const EventDefinition &event) { return event.name; }

/** `&Window::append`, where a handler is wanted. */
template <class F>
concept MemberFunction = std::is_member_function_pointer_v<F>;

/** What calls \a typed with each message whose data is a T. */
template <EventPayload T>
[[nodiscard]] std::function<void(const EventMessage &)>
handlerOf(std::function<void(const TypedMessage<T> &)> typed)
{
    return [typed = std::move(typed)](const EventMessage &message) {
        if (const auto read = TypedMessage<T>::of(message))
            typed(*read);
    };
}

/** The same event, with a \a description for people. */
[[nodiscard]] inline EventDefinition described(EventDefinition event, const QString &description)
{
    event.description = description;
    return event;
}

/** An event with a description: `defineEvent(u"moved"_s, schema, {.enabled = true}, u"A piece was moved"_s)`.
 */
[[nodiscard]] inline EventDefinition defineEvent(const QString &name, const Schema &schema,
                                                 HistoryPolicy history, const QString &description)
{
    return described(defineEvent(name, schema, history), description);
}
[[nodiscard]] inline EventDefinition defineEvent(const QString &name, const Schema &schema, Ephemeral,
                                                 const QString &description)
{
    return described(defineEvent(name, schema, ephemeral), description);
}
[[nodiscard]] inline EventDefinition defineEvent(const char *name, const Schema &schema,
                                                 HistoryPolicy history, const QString &description)
{
    return described(defineEvent(name, schema, history), description);
}
[[nodiscard]] inline EventDefinition defineEvent(const char *name, const Schema &schema, Ephemeral,
                                                 const QString &description)
{
    return described(defineEvent(name, schema, ephemeral), description);
}

template <std::same_as<QJsonObject> Document, class Keep = HistoryPolicy>
[[nodiscard]] Result<EventDefinition> defineEvent(const QString &name, const Document &document, Keep keep,
                                                  const QString &description)
{
    return defineEvent(name, document, keep).transform([&](const EventDefinition &event) {
        return described(event, description);
    });
}

template <EventPayload T, class Keep = HistoryPolicy>
[[nodiscard]] TypedEvent<T> defineEvent(const QString &name, const Schema &constraints, Keep keep,
                                        const QString &description)
{
    return TypedEvent<T>(described(defineEvent<T>(name, constraints, keep), description));
}

template <EventPayload T, class Keep = HistoryPolicy>
[[nodiscard]] TypedEvent<T> defineEvent(const char *name, const Schema &constraints, Keep keep,
                                        const QString &description)
{
    return TypedEvent<T>(described(defineEvent<T>(name, constraints, keep), description));
}

} // namespace dialogue
