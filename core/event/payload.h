#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/event/metajson.h"
#include "core/schema/schema.h"

#include <QJsonArray>
#include <QJsonValue>
#include <QList>
#include <QMetaType>
#include <QObject>

#include <concepts>
#include <type_traits>

namespace dialogue {

/**
 * How a type is written to and read from JSON: the one thing to specialise for a type of your own.
 *
 * There is one for gadgets (Q_GADGET: each writable Q_PROPERTY is a member), enums made known with Q_ENUM,
 * bool, numbers, QString, QDateTime, QJsonValue, QJsonObject, QJsonArray, and QList of these.
 *
 *     template <>
 *     struct dialogue::JsonCodec<Money> {
 *         static Schema schema() { return Schema::string().pattern(u"^[0-9]+\\.[0-9]{2}$"_s); }
 *         static QJsonValue toJson(const Money &money);
 *         static Result<Money> fromJson(const QJsonValue &value);
 *     };
 */
template <class T>
struct JsonCodec;

template <class T>
concept Gadget = requires
{
    {
        T::staticMetaObject
        } -> std::same_as<const QMetaObject &>;
}
&&!std::derived_from<T, QObject>;

template <class T>
concept KnownEnum = std::is_enum_v<T> && requires(T value)
{
    qt_getEnumMetaObject(value);
};

/** What Qt's meta types describe well enough to be written as JSON. */
template <class T>
constexpr bool isMetaPayload
    = Gadget<
          T> || KnownEnum<T> || std::same_as<T, QString> || std::same_as<T, QDateTime> || std::same_as<T, QJsonValue> || std::same_as<T, QJsonObject> || std::same_as<T, QJsonArray> || std::floating_point<T> || std::same_as<T, bool> || std::same_as<T, int> || std::same_as<T, uint> || std::same_as<T, qint64> || std::same_as<T, quint64>;
template <class T>
constexpr bool isMetaPayload<QList<T>> = isMetaPayload<T>;

template <class T>
requires isMetaPayload<T>
struct JsonCodec<T>
{
    static Schema schema() { return metajson::schemaOf(QMetaType::fromType<T>()); }
    static QJsonValue toJson(const T &value) { return metajson::toJson(QMetaType::fromType<T>(), &value); }
    static Result<T> fromJson(const QJsonValue &value)
    {
        T result{};
        if (const Result<void> read = metajson::fromJson(QMetaType::fromType<T>(), &result, value); !read)
            return read.error();
        return result;
    }
};

/** A type whose values can be the data of an event. */
template <class T>
concept EventPayload
    = std::default_initializable<T> && std::copyable<T> && requires(const T &data, const QJsonValue &value)
{
    {
        JsonCodec<T>::schema()
        } -> std::same_as<Schema>;
    {
        JsonCodec<T>::toJson(data)
        } -> std::convertible_to<QJsonValue>;
    {
        JsonCodec<T>::fromJson(value)
        } -> std::same_as<Result<T>>;
};

/** \a data as it stands in an event. */
template <EventPayload T>
[[nodiscard]] QJsonValue toJson(const T &data)
{
    return JsonCodec<T>::toJson(data);
}

/** The T that \a value is; an Error with ValidationFailed names the place: "data.text". */
template <EventPayload T>
[[nodiscard]] Result<T> fromJson(const QJsonValue &value)
{
    return JsonCodec<T>::fromJson(value);
}

/** Lets a type with a JsonCodec of its own be a property of gadgets as well. Once, before the first event of
 * such. */
template <EventPayload T>
void registerJsonCodec()
{
    QMetaType::registerConverter<T, QJsonValue>(&JsonCodec<T>::toJson);
    QMetaType::registerConverter<T, Schema>([](const T &) { return JsonCodec<T>::schema(); });
    QMetaType::registerConverterFunction(
        [](const void *from, void *to) {
            const Result<T> result = JsonCodec<T>::fromJson(*static_cast<const QJsonValue *>(from));
            if (result)
                *static_cast<T *>(to) = *result;
            return result.has_value();
        },
        QMetaType::fromType<QJsonValue>(), QMetaType::fromType<T>());
}

} // namespace dialogue
