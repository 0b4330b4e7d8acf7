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
#include <optional>
#include <type_traits>

class QUrl;
class QUuid;

namespace dialogue {

/**
 * How a type is written to and read from JSON: the one thing to specialise for a type of your own.
 *
 * There is one for these types, and for QList of them:
 *
 * - gadgets: each Q_PROPERTY that can be written is a member. One without any is told by RoomConfig::check().
 * - enums made known with Q_ENUM: the name of the value
 * - bool, float, double; short, int, long, qint64 and their unsigned kinds. More than 2^63-1 (of a quint64)
 * no QJsonValue holds: such an event is refused.
 * - QString; QUrl, QUuid, QDate, QTime, QDateTime as text. One that is not valid is refused but for a QUrl.
 * - QJsonValue, QJsonObject, QJsonArray, QVariantMap, QVariantList: whatever they hold
 *
 * A member may besides be a std::optional (left out while empty), a QVariant, a list of another kind that is
 * a sequential container to Qt, a type that Qt converts to QString and back, or one with registerJsonCodec().
 * A gadget that is a member, in a list or not, has an operator==, since moc compares: `= default` does.
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
template <class T, class... Candidates>
constexpr bool isOneOf = (std::same_as<T, Candidates> || ...);
template <class T>
constexpr bool isMetaPayload
    = Gadget<
          T> || KnownEnum<T> || isOneOf<T, bool, float, double, short, ushort, int, uint, long, ulong, qint64, quint64> || isOneOf<T, QString, QUrl, QUuid, QDate, QTime, QDateTime> || isOneOf<T, QJsonValue, QJsonObject, QJsonArray, QVariantMap, QVariantList>;
template <class T>
constexpr bool isMetaPayload<QList<T>> = isMetaPayload<T>;
template <>
inline constexpr bool isMetaPayload<QVariantList> = true;

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

/** A gadget, or a list of such, that nothing compares. */
template <class T>
constexpr bool isWithoutEquality = Gadget<T> && !requires(const T &value)
{
    value == value;
};
template <class T>
constexpr bool isWithoutEquality<QList<T>> = isWithoutEquality<T>;

template <class T>
constexpr bool askForEquality()
{
    static_assert(!isWithoutEquality<T>,
                  "A gadget that is a member of another one, or in a list of it, has to be comparable: "
                  "bool operator==(const Item &) const = default;");
    return true;
}

} // namespace dialogue

// moc compares the types of properties. What it asks for, and what it says where there is no operator==:
template <class T>
requires dialogue::isWithoutEquality<T>
constexpr bool operator!=(const T &, const T &) { return dialogue::askForEquality<T>(); }
template <class T>
requires dialogue::isWithoutEquality<T>
constexpr bool operator!=(const std::optional<T> &, const std::optional<T> &)
{
    return dialogue::askForEquality<T>();
}
