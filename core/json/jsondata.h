#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QJsonArray>
#include <QJsonObject>
#include <QJsonValue>

#include <concepts>
#include <initializer_list>
#include <type_traits>
#include <utility>

namespace dialogue {

/**
 * A JSON value in the form it came in, text or QJsonValue; the other is made when it is asked for. So what a
 * client sent can go to other clients as the text it is, without a tree ever being made of it.
 *
 * Converts from and to QJsonValue. Implicitly shared, as all its parts are; const calls are re-entrant.
 */
class DIALOGUE_CORE_EXPORT JsonData
{
public:
    JsonData() = default; ///< null

    template <class T>
    requires(std::convertible_to<T, QJsonValue> && !std::same_as<std::remove_cvref_t<T>, JsonData>)
        JsonData(const T &value)
        : m_value(value)
    { }

    /** An object: `{{u"key"_s, 1}}`. */
    JsonData(std::initializer_list<std::pair<QString, QJsonValue>> members)
        : m_value(QJsonObject(members))
    { }

    /** \a text must have passed json::check(). */
    static JsonData fromText(QByteArray text);

    /** From text it is parsed at each call, until keepValue(). */
    [[nodiscard]] QJsonValue value() const;
    operator QJsonValue() const { return value(); }
    /** Parses now, for those who are going to ask for it several times. */
    void keepValue() { m_value = value(); }
    /** Undoes keepValue(), for what is going to lie about for long. */
    void dropValue();

    /** Compact where it is made from a value, as it came otherwise; undefined gives null. */
    [[nodiscard]] QByteArray text() const &;
    [[nodiscard]] QByteArray text() &&;
    void appendTo(QByteArray &json) const; ///< What text() gives.
    /** Where it came as text; null otherwise. */
    [[nodiscard]] const QByteArray &ownText() const { return m_text; }

    [[nodiscard]] QJsonValue::Type type() const;
    [[nodiscard]] bool isNull() const { return type() == QJsonValue::Null; }
    [[nodiscard]] bool isBool() const { return type() == QJsonValue::Bool; }
    [[nodiscard]] bool isDouble() const { return type() == QJsonValue::Double; }
    [[nodiscard]] bool isString() const { return type() == QJsonValue::String; }
    [[nodiscard]] bool isArray() const { return type() == QJsonValue::Array; }
    [[nodiscard]] bool isObject() const { return type() == QJsonValue::Object; }
    [[nodiscard]] bool isUndefined() const { return type() == QJsonValue::Undefined; }

    [[nodiscard]] bool toBool(bool otherwise = false) const { return value().toBool(otherwise); }
    [[nodiscard]] int toInt(int otherwise = 0) const { return value().toInt(otherwise); }
    [[nodiscard]] qint64 toInteger(qint64 otherwise = 0) const { return value().toInteger(otherwise); }
    [[nodiscard]] double toDouble(double otherwise = 0) const { return value().toDouble(otherwise); }
    [[nodiscard]] QString toString(const QString &otherwise = {}) const
    {
        return value().toString(otherwise);
    }
    [[nodiscard]] QJsonArray toArray() const { return value().toArray(); }
    [[nodiscard]] QJsonObject toObject() const { return value().toObject(); }
    [[nodiscard]] QJsonValue operator[](QStringView key) const { return value()[key]; }
    [[nodiscard]] QJsonValue operator[](QLatin1StringView key) const { return value()[key]; }

    /** By value: two texts may differ and say the same. */
    friend bool operator==(const JsonData &a, const JsonData &b) { return a.value() == b.value(); }
    template <class T>
    requires(std::convertible_to<T, QJsonValue> && !std::same_as<T, JsonData>) friend bool
    operator==(const JsonData &a, const T &b)
    {
        return a.value() == QJsonValue(b);
    }

private:
    QByteArray m_text;
    QJsonValue m_value; ///< Undefined where there is a text that nobody has parsed.
};

} // namespace dialogue
