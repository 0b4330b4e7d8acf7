#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <vector>

namespace dialogue::schema {

/** A schema document as it is written: numbers with all their digits, members in their order. */
struct Json
{
    using Type = QJsonValue::Type;
    struct Entry; ///< A member of an object.

    Type type = Type::Undefined;
    QByteArrayView text; ///< Of the whole value.
    QByteArray string; ///< Of a string: UTF-8, without escapes.
    std::vector<Entry> members;
    std::vector<Json> items;

    [[nodiscard]] const Json *find(QByteArrayView key) const;
    [[nodiscard]] bool isTrue() const { return text == "true"; }
};

struct Json::Entry
{
    QByteArray name;
    Json value;
};

/** The value of a text that has passed json::check(), and outlives it. Of members alike the last one counts.
 */
Json readTree(QByteArrayView text);

} // namespace dialogue::schema
