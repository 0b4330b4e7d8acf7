#include "server/types/jsonkinds.h"

#include <QJsonArray>
#include <QString>

#include <cmath>

namespace dialogue::types::JsonKinds {

namespace {

unsigned kindNamed(const QString &name)
{
    if (name == u"null")
        return Null;
    if (name == u"boolean")
        return Boolean;
    if (name == u"integer")
        return Integer;
    if (name == u"number")
        return Number | Integer;
    if (name == u"string")
        return String;
    if (name == u"array")
        return Array;
    return name == u"object" ? Object : 0;
}

} // namespace

unsigned kindsIn(const QJsonValue &type)
{
    if (type.isString())
        return kindNamed(type.toString());
    if (!type.isArray())
        return All;
    unsigned kinds = 0;
    for (const QJsonValue name : type.toArray())
        kinds |= kindNamed(name.toString());
    return kinds;
}

unsigned kindsOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return Null;
    case QJsonValue::Bool:
        return Boolean;
    case QJsonValue::Double:
        return std::floor(value.toDouble()) == value.toDouble() ? Integer | Number : Number;
    case QJsonValue::String:
        return String;
    case QJsonValue::Array:
        return Array;
    case QJsonValue::Object:
        return Object;
    case QJsonValue::Undefined:
        break;
    }
    return 0;
}

} // namespace dialogue::types::JsonKinds
