#include "core/event/metajson.h"

#include "core/event/metatype_p.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonObject>
#include <QSequentialIterable>

#include <cmath>
#include <cstring>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::metajson {

namespace {

/** The value that could not be read: its place below the whole, ".items[1].day", and what it should be. */
struct Misfit
{
    QString place = {};
    QMetaType type = {};
};

std::optional<QVariant> read(QMetaType type, const QJsonValue &json, Misfit &misfit);

QJsonValue enumToJson(QMetaType type, const void *value)
{
    const QMetaEnum meta = enumOf(type);
    qint64 number = 0;
    std::memcpy(&number, value,
                std::size_t(type.sizeOf())); // little-endian, as all platforms Debian builds Qt 6 for
    for (int i = 0; i < meta.keyCount(); ++i) {
        const int known = meta.value(i);
        if (std::memcmp(&known, &number, std::min<std::size_t>(sizeof known, std::size_t(type.sizeOf())))
            == 0)
            return QString::fromLatin1(meta.key(i));
    }
    return number;
}

QJsonValue gadgetToJson(QMetaType type, const void *value)
{
    QJsonObject object;
    for (const QMetaProperty &member : membersOf(type)) {
        const QVariant content = member.readOnGadget(value);
        const QJsonValue json = toJson(member.metaType(),
                                       member.metaType() == QMetaType::fromType<QVariant>()
                                           ? static_cast<const void *>(&content)
                                           : content.constData());
        if (!json.isUndefined())
            object.insert(QString::fromLatin1(member.name()), json);
    }
    return object;
}

QJsonValue listToJson(QMetaType type, const void *value)
{
    QJsonArray array;
    const QVariant list(type, value);
    const QMetaType element = elementType(type);
    for (const QVariant &item : list.value<QSequentialIterable>())
        array.append(toJson(element, item.constData()));
    return array;
}

/** One beyond qint64's is what comes closest, which the schema refuses: a QJsonValue cannot hold it. */
QJsonValue integerToJson(const QVariant &number)
{
    bool fits = true;
    const qulonglong positive = number.toULongLong(&fits);
    const bool isUnsigned = number.typeId() == QMetaType::ULong || number.typeId() == QMetaType::ULongLong;
    if (isUnsigned && positive > qulonglong(std::numeric_limits<qint64>::max()))
        return double(positive);
    return number.toLongLong();
}

/** One that is not valid, as a QTime() is not, has no text that it could be read from: null, which the schema
 * refuses. */
QJsonValue textToJson(const QVariant &value)
{
    const QString text = value.toString();
    if (text.isEmpty() && !QVariant(text).convert(value.metaType()))
        return QJsonValue::Null;
    return text;
}

QJsonValue numberToJson(double number)
{
    return std::isfinite(number) ? QJsonValue(number) : QJsonValue(QJsonValue::Null);
}

std::optional<QVariant> readInteger(QMetaType type, const QJsonValue &json)
{
    // What is none, or too large for one, is whatever it is told to be instead.
    if (json.toInteger(0) != json.toInteger(1))
        return {};
    QVariant value(json.toInteger());
    const qint64 before = value.toLongLong();
    if (!value.convert(type) || value.toLongLong() != before
        || (before < 0 && (type.flags() & QMetaType::IsUnsignedEnumeration)))
        return {};
    return value;
}

std::optional<QVariant> readEnum(QMetaType type, const QJsonValue &json)
{
    bool known = false;
    const int number = enumOf(type).keyToValue(json.toString().toLatin1().constData(), &known);
    if (!json.isString() || !known)
        return {};
    QVariant value(type);
    const qint64 wide = number;
    std::memcpy(value.data(), &wide, std::size_t(type.sizeOf()));
    return value;
}

std::optional<QVariant> readText(QMetaType type, const QJsonValue &json)
{
    QVariant value(json.toString());
    if (!json.isString() || !value.convert(type))
        return {};
    return value;
}

std::optional<QVariant> readConverted(QMetaType type, const QVariant &from)
{
    QVariant value(type);
    if (!QMetaType::convert(from.metaType(), from.constData(), type, value.data()))
        return {};
    return value;
}

std::optional<QVariant> readOptional(QMetaType type, const QJsonValue &json, Misfit &misfit)
{
    QVariant value(type);
    if (json.isUndefined())
        return value;
    const std::optional<QVariant> content = read(viewOptional(type, value.constData()).type, json, misfit);
    return content ? readConverted(type, *content) : std::nullopt;
}

std::optional<QVariant> readList(QMetaType type, const QJsonValue &json, Misfit &misfit)
{
    if (!json.isArray())
        return {};
    QVariant list(type);
    auto items = list.view<QSequentialIterable>();
    const QMetaType element = elementType(type);
    qsizetype index = 0;
    for (const QJsonValue item : json.toArray()) {
        const std::optional<QVariant> value = read(element, item, misfit);
        if (!value) {
            misfit.place.prepend(u"[%1]"_s.arg(index));
            return {};
        }
        items.addValue(*value);
        ++index;
    }
    return list;
}

std::optional<QVariant> readGadget(QMetaType type, const QJsonValue &json, Misfit &misfit)
{
    if (!json.isObject())
        return {};
    const QJsonObject object = json.toObject();
    QVariant gadget(type);
    for (const QMetaProperty &member : membersOf(type)) {
        const std::optional<QVariant> value
            = read(member.metaType(), object.value(QLatin1StringView(member.name())), misfit);
        if (!value || !member.writeOnGadget(gadget.data(), *value)) {
            misfit.place.prepend(u'.' + QString::fromLatin1(member.name()));
            return {};
        }
    }
    return gadget;
}

std::optional<QVariant> readDateTime(const QJsonValue &json)
{
    const QDateTime time = QDateTime::fromString(json.toString(), Qt::ISODateWithMs);
    return json.isString() && time.isValid() ? std::optional<QVariant>(time) : std::nullopt;
}

std::optional<QVariant> readKind(QMetaType type, const QJsonValue &json, Misfit &misfit)
{
    const Kind kind = kindOf(type);
    if (json.isUndefined() && kind != Kind::Optional)
        return {};
    const auto when = [](bool good, const QVariant &value) {
        return good ? std::optional<QVariant>(value) : std::nullopt;
    };
    switch (kind) {
    case Kind::Bool:
        return when(json.isBool(), json.toBool());
    case Kind::Integer:
    case Kind::BigInteger:
        return readInteger(type, json);
    case Kind::Number:
        return when(json.isDouble(),
                    type.id() == QMetaType::Float ? QVariant(float(json.toDouble())) : json.toDouble());
    case Kind::String:
        return when(json.isString(), json.toString());
    case Kind::DateTime:
        return readDateTime(json);
    case Kind::Json:
        return type.id() == QMetaType::QVariant ? json.toVariant() : QVariant::fromValue(json);
    case Kind::Object:
        return when(json.isObject(),
                    type.id() == QMetaType::QVariantMap ? json.toVariant()
                                                        : QVariant::fromValue(json.toObject()));
    case Kind::Array:
        return when(json.isArray(),
                    type.id() == QMetaType::QVariantList ? json.toVariant()
                                                         : QVariant::fromValue(json.toArray()));
    case Kind::Enum:
        return readEnum(type, json);
    case Kind::Gadget:
        return readGadget(type, json, misfit);
    case Kind::Optional:
        return readOptional(type, json, misfit);
    case Kind::List:
        return readList(type, json, misfit);
    case Kind::Custom:
        return readConverted(type, QVariant::fromValue(json));
    case Kind::Text:
        return readText(type, json);
    case Kind::Unknown:
        break;
    }
    return {};
}

std::optional<QVariant> read(QMetaType type, const QJsonValue &json, Misfit &misfit)
{
    std::optional<QVariant> value = readKind(type, json, misfit);
    if (!value && !misfit.type.isValid())
        misfit.type = type; // The innermost one is told.
    return value;
}

} // namespace

QJsonValue toJson(QMetaType type, const void *value)
{
    switch (kindOf(type)) {
    case Kind::Integer:
    case Kind::BigInteger:
        return integerToJson(QVariant(type, value));
    case Kind::Number:
        return numberToJson(QVariant(type, value).toDouble());
    case Kind::DateTime:
        return static_cast<const QDateTime *>(value)->toUTC().toString(Qt::ISODateWithMs);
    case Kind::Enum:
        return enumToJson(type, value);
    case Kind::Gadget:
        return gadgetToJson(type, value);
    case Kind::List:
        return listToJson(type, value);
    case Kind::Text:
        return textToJson(QVariant(type, value));
    case Kind::Optional: {
        const OptionalView view = viewOptional(type, value);
        return view.value.isValid() ? toJson(view.type, view.value.constData())
                                    : QJsonValue(QJsonValue::Undefined);
    }
    case Kind::Custom: {
        QJsonValue json;
        QMetaType::convert(type, value, QMetaType::fromType<QJsonValue>(), &json);
        return json;
    }
    case Kind::Json:
        if (type.id() == QMetaType::QVariant)
            return QJsonValue::fromVariant(*static_cast<const QVariant *>(value));
        return *static_cast<const QJsonValue *>(value);
    case Kind::Bool:
    case Kind::String:
    case Kind::Object:
    case Kind::Array:
        return QJsonValue::fromVariant(QVariant(type, value));
    case Kind::Unknown:
        break;
    }
    return QJsonValue::Undefined;
}

Result<void> fromJson(QMetaType type, void *value, const QJsonValue &json)
{
    Misfit misfit;
    const std::optional<QVariant> result = read(type, json, misfit);
    if (result && QMetaType::convert(type, result->constData(), type, value))
        return {};
    // Only now, for what it can say about the place.
    if (const Result<void> checked = schemaOf(type).validate(json); !checked)
        return checked;
    return Error{.code = ErrorCode::ValidationFailed,
                 .message = u"cannot be read as %1"_s.arg(
                     QString::fromLatin1((misfit.type.isValid() ? misfit.type : type).name())),
                 .path = u"data"_s + misfit.place};
}

} // namespace dialogue::metajson
