#pragma once

#include "core/event/definedevent.h"
#include "core/event/requestdefinition.h"

#include <QFuture>
#include <QJsonArray>

#include <chrono>
#include <concepts>

/** Sending and asking by a definition, for classes that do it by name: each derives from one of these, and
 * says `using`. */
namespace dialogue {

/** For a \a Sender with `send(const QString &, const QJsonValue &)` and `request(const QString &, const
 * QJsonValue &, std::chrono::milliseconds)`. */
template <class Sender>
class TypedSending
{
public:
    template <EventPayload T>
    void send(const TypedEvent<T> &event, const std::type_identity_t<T> &data)
    {
        self().send(event.name(), toJson(data));
    }
    template <std::same_as<EventDefinition> E>
    void send(const E &event, const QJsonValue &data = QJsonValue::Undefined)
    {
        self().send(event.name, data);
    }

    /** The first argument of the acknowledgement; ValidationFailed where that is no Reply. */
    template <EventPayload Ask, EventPayload Reply>
    [[nodiscard]] QFuture<Result<Reply>> request(const TypedRequest<Ask, Reply> &request,
                                                 const std::type_identity_t<Ask> &ask,
                                                 std::chrono::milliseconds timeout = {})
    {
        return self()
            .request(request.name(), toJson(ask), timeout)
            .then([](const Result<QJsonArray> &answer) -> Result<Reply> {
                return answer ? fromJson<Reply>(answer->at(0)) : Result<Reply>(answer.error());
            });
    }

private:
    friend Sender;
    TypedSending() = default;
    Sender &self() { return static_cast<Sender &>(*this); }
};

/** For a \a Sender with `broadcast(const QString &, const QJsonValue &, const Options &)`. */
template <class Sender, class Options>
class TypedBroadcast
{
public:
    template <EventPayload T>
    void broadcast(const TypedEvent<T> &event, const std::type_identity_t<T> &data,
                   const Options &options = {})
    {
        self().broadcast(event.name(), toJson(data), options);
    }
    template <std::same_as<EventDefinition> E>
    void broadcast(const E &event, const QJsonValue &data = QJsonValue::Undefined,
                   const Options &options = {})
    {
        self().broadcast(event.name, data, options);
    }

private:
    friend Sender;
    TypedBroadcast() = default;
    Sender &self() { return static_cast<Sender &>(*this); }
};

} // namespace dialogue
