#pragma once

#include "server/config/field.h"

#include <chrono>
#include <type_traits>
#include <utility>

namespace dialogue::config {

// What the tables in fields.cpp are written with. An access is a generic lambda from the owner to the member:
// [](auto &config) -> auto & { return config.limits.sendQueue; }

constexpr qint64 KiB = 1024;
constexpr qint64 MiB = 1024 * KiB;
constexpr qint64 GiB = 1024 * MiB;

template <class T>
struct Unwrapped
{
    using Type = T;
};
template <class T>
struct Unwrapped<std::optional<T>>
{
    using Type = T;
};
template <class T>
constexpr bool isOptional = !std::is_same_v<T, typename Unwrapped<T>::Type>;

/** A member of type bool, QString, QStringList or a number, or an optional of one. */
template <class Owner, class Access>
Field<Owner> plainField(FieldInfo info, Access access)
{
    using Type = std::remove_cvref_t<decltype(access(std::declval<Owner &>()))>;
    using Value = typename Unwrapped<Type>::Type;
    using Stored
        = std::conditional_t<std::is_integral_v<Value> && !std::is_same_v<Value, bool>, qint64, Value>;
    return {std::move(info),
            [access](Owner &owner, const FieldValue &value) {
                access(owner) = static_cast<Value>(*std::get_if<Stored>(&value));
            },
            [access](const Owner &owner) -> FieldValue {
                if constexpr (isOptional<Type>) {
                    const Type &member = access(owner);
                    return member ? FieldValue(static_cast<Stored>(*member)) : FieldValue();
                } else {
                    return static_cast<Stored>(access(owner));
                }
            }};
}

template <class Owner, class Access>
Field<Owner> flag(const QString &key, const QString &doc, Access access)
{
    return plainField<Owner>({.key = key, .type = FieldType::Flag, .doc = doc}, access);
}

template <class Owner, class Access>
Field<Owner> number(const QString &key, qint64 least, qint64 most, const QString &doc, Access access)
{
    return plainField<Owner>(
        {.key = key, .type = FieldType::Number, .doc = doc, .least = least, .most = most}, access);
}

template <class Owner, class Access>
Field<Owner> size(const QString &key, qint64 least, qint64 most, const QString &doc, Access access)
{
    return plainField<Owner>({.key = key, .type = FieldType::Size, .doc = doc, .least = least, .most = most},
                             access);
}

/** Of type std::chrono::milliseconds, or an optional of it. */
template <class Owner, class Access>
Field<Owner> duration(const QString &key, std::chrono::milliseconds least, std::chrono::milliseconds most,
                      const QString &doc, Access access)
{
    using Type = std::remove_cvref_t<decltype(access(std::declval<Owner &>()))>;
    return {
        {.key = key, .type = FieldType::Duration, .doc = doc, .least = least.count(), .most = most.count()},
        [access](Owner &owner, const FieldValue &value) {
            access(owner) = std::chrono::milliseconds(*std::get_if<qint64>(&value));
        },
        [access](const Owner &owner) -> FieldValue {
            if constexpr (isOptional<Type>) {
                const Type &member = access(owner);
                return member ? FieldValue(static_cast<qint64>(member->count())) : FieldValue();
            } else {
                return static_cast<qint64>(access(owner).count());
            }
        }};
}

template <class Owner, class Access>
Field<Owner> text(const QString &key, const QString &doc, Access access, const QString &pattern = {},
                  const QString &expected = {})
{
    return plainField<Owner>(
        {.key = key, .type = FieldType::Text, .doc = doc, .pattern = pattern, .expected = expected}, access);
}

template <class Owner, class Access>
Field<Owner> textList(const QString &key, const QString &doc, Access access, const QString &pattern = {},
                      const QString &expected = {})
{
    return plainField<Owner>(
        {.key = key, .type = FieldType::TextList, .doc = doc, .pattern = pattern, .expected = expected},
        access);
}

/** \a field, of which no error repeats what stands there. */
template <class Owner>
Field<Owner> secret(Field<Owner> field)
{
    field.isSecret = true;
    return field;
}

/** \a field with a check that a pattern cannot express. */
template <class Owner>
Field<Owner> checked(Field<Owner> field, QString (*problem)(const QString &text))
{
    field.problem = problem;
    return field;
}

template <class Owner, class Access>
Field<Owner> rate(const QString &key, const QString &doc, Access access)
{
    return plainField<Owner>({.key = key, .type = FieldType::Rate, .doc = doc}, access);
}

template <class Owner, class Access>
Field<Owner> rates(const QString &key, const QString &doc, Access access)
{
    return plainField<Owner>({.key = key, .type = FieldType::Rates, .doc = doc}, access);
}

/** An enum by the names its values have in the file. */
template <class Owner, class Enum, class Access>
Field<Owner> choice(const QString &key, const QList<std::pair<QString, Enum>> &names, const QString &doc,
                    Access access)
{
    QStringList choices;
    for (const auto &[name, value] : names)
        choices.append(name);
    return {{.key = key, .type = FieldType::Choice, .doc = doc, .choices = choices},
            [access, names, choices](Owner &owner, const FieldValue &value) {
                access(owner) = names[choices.indexOf(*std::get_if<QString>(&value))].second;
            },
            [access, names](const Owner &owner) -> FieldValue {
                for (const auto &[name, value] : names) {
                    if (value == access(owner))
                        return name;
                }
                return {};
            }};
}

} // namespace dialogue::config
