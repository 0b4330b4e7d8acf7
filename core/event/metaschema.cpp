#include "core/event/metajson.h"
#include "core/event/metatype_p.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonObject>

#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::metajson {

namespace {

QJsonObject ofType(const QString &type) { return {{u"type"_s, type}}; }

template <class Number>
QJsonObject integerOf()
{
    QJsonObject schema = ofType(u"integer"_s);
    schema.insert("minimum"_L1, qint64(std::numeric_limits<Number>::min()));
    schema.insert("maximum"_L1, qint64(std::numeric_limits<Number>::max()));
    return schema;
}

/** Writes the schema of a type; a gadget that contains itself becomes a definition that refers to itself. */
class SchemaWriter
{
public:
    QJsonObject write(QMetaType type, const QString &path);

    [[nodiscard]] const QJsonObject &definitions() const { return m_definitions; }
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }

private:
    QJsonObject writeInteger(QMetaType type) const;
    QJsonObject writeEnum(QMetaType type) const;
    QJsonObject writeGadget(QMetaType type, const QString &path);
    QJsonObject writeCustom(QMetaType type) const;

    QList<QMetaType> m_open; // gadgets being written
    QStringList m_recursive; // names of those met again within themselves
    QJsonObject m_definitions;
    std::optional<Error> m_error;
};

QJsonObject SchemaWriter::write(QMetaType type, const QString &path)
{
    switch (kindOf(type)) {
    case Kind::Bool:
        return ofType(u"boolean"_s);
    case Kind::Integer:
    case Kind::BigInteger:
        return writeInteger(type);
    case Kind::Number:
        return ofType(u"number"_s);
    case Kind::Text:
        if (type.id() == QMetaType::QDate)
            return {{u"type"_s, u"string"_s}, {u"format"_s, u"date"_s}};
        [[fallthrough]];
    case Kind::String:
        return ofType(u"string"_s);
    case Kind::DateTime:
        return {{u"type"_s, u"string"_s}, {u"format"_s, u"date-time"_s}};
    case Kind::Json:
        return {};
    case Kind::Object:
        return ofType(u"object"_s);
    case Kind::Array:
        return ofType(u"array"_s);
    case Kind::Enum:
        return writeEnum(type);
    case Kind::Gadget:
        return writeGadget(type, path);
    case Kind::Optional: {
        const QVariant empty(type);
        return write(viewOptional(type, empty.constData()).type, path);
    }
    case Kind::List:
        return {{u"type"_s, u"array"_s}, {u"items"_s, write(elementType(type), path + u"[]"_s)}};
    case Kind::Custom:
        return writeCustom(type);
    case Kind::Unknown:
        break;
    }
    if (!m_error)
        m_error = Error{.code = ErrorCode::ConfigError, .message = whyUnknown(type), .path = path};
    return {};
}

QJsonObject SchemaWriter::writeInteger(QMetaType type) const
{
    switch (type.id()) {
    case QMetaType::Short:
        return integerOf<short>();
    case QMetaType::UShort:
        return integerOf<ushort>();
    case QMetaType::Int:
        return integerOf<int>();
    case QMetaType::UInt:
        return integerOf<uint>();
    case QMetaType::ULong:
    case QMetaType::ULongLong:
        // A QJsonValue holds no larger one.
        return {
            {u"type"_s, u"integer"_s}, {u"minimum"_s, 0}, {u"maximum"_s, std::numeric_limits<qint64>::max()}};
    default:
        return ofType(u"integer"_s);
    }
}

QJsonObject SchemaWriter::writeEnum(QMetaType type) const
{
    const QMetaEnum meta = enumOf(type);
    QStringList keys;
    for (int i = 0; i < meta.keyCount(); ++i)
        keys.append(QString::fromLatin1(meta.key(i)));
    return Schema::enumeration(keys).toJson();
}

QJsonObject SchemaWriter::writeGadget(QMetaType type, const QString &path)
{
    const QString name = QString::fromLatin1(type.name()).replace("::"_L1, "."_L1);
    const QJsonObject reference{{u"$ref"_s, u"#/definitions/"_s + name}};
    if (m_open.contains(type)) {
        m_recursive.append(name);
        return reference;
    }
    m_open.append(type);
    QJsonObject properties;
    QJsonArray required;
    for (const QMetaProperty &member : membersOf(type)) {
        const QString key = QString::fromLatin1(member.name());
        properties.insert(key, write(member.metaType(), path.isEmpty() ? key : path + u'.' + key));
        if (kindOf(member.metaType()) != Kind::Optional)
            required.append(key);
    }
    m_open.removeLast();

    QJsonObject schema = ofType(u"object"_s);
    schema.insert("properties"_L1, properties);
    if (!required.isEmpty())
        schema.insert("required"_L1, required);
    if (!m_recursive.contains(name))
        return schema;
    m_definitions.insert(name, schema);
    return reference;
}

QJsonObject SchemaWriter::writeCustom(QMetaType type) const
{
    Schema schema;
    const QVariant value(type);
    QMetaType::convert(type, value.constData(), QMetaType::fromType<Schema>(), &schema);
    return schema.toJson();
}

} // namespace

Schema schemaOf(QMetaType type)
{
    SchemaWriter writer;
    QJsonObject document = writer.write(type, {});
    if (writer.error())
        return Schema::refusing(*writer.error());
    if (!writer.definitions().isEmpty())
        document.insert("definitions"_L1, writer.definitions());
    const Result<Schema> schema = Schema::fromJson(document);
    return schema ? *schema : Schema::refusing(schema.error());
}

} // namespace dialogue::metajson
