#pragma once

#include <QJsonObject>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace dialogue::console {

enum class FieldKind {
    Text,
    DateTime, ///< A text of the format date-time.
    Integer, ///< Within 64 bits.
    Number,
    Boolean,
    Null,
    Choice, ///< One of a few values: enum, const, or branches that are nothing else.
    Object,
    Array,
    Branches, ///< One of several fields: oneOf, anyOf, or several types.
    Json, ///< What no other kind is for; written as JSON.
};

struct FieldChoice
{
    QString label;
    QJsonValue value;

    friend bool operator==(const FieldChoice &, const FieldChoice &) = default;
};

/** A place in the data that a form asks for, without what is inside: FormSchema gives that, when it is
 * opened. */
struct Field
{
    FieldKind kind = FieldKind::Json;
    QString name = {}; ///< Of the member; empty for the whole, items and branches.
    QString title = {};
    QString description = {};
    QString obstacle = {}; ///< Why it is written as JSON, though its schema says more.
    bool isRequired = true;
    bool isDeclared = true; ///< By `properties`; not: a member that somebody made up.
    int depth = 0;
    QList<FieldChoice> choices = {};
    QJsonObject schema = {}; ///< Without references and allOf.
};

/** Arrays and objects: what can be folded. */
[[nodiscard]] constexpr bool isContainer(FieldKind kind)
{
    return kind == FieldKind::Object || kind == FieldKind::Array;
}

} // namespace dialogue::console
