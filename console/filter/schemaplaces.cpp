#include "console/filter/schemaplaces.h"

#include <QJsonArray>
#include <QUrl>

#include <array>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr int MaxPlaces = 256;
constexpr int MaxDepth = 32; // Of branches and references in one another.

/** What a reference such as #/$defs/bid leads to; undefined where it leads elsewhere. */
QJsonValue referred(const QJsonObject &document, const QString &reference)
{
    if (!reference.startsWith(u'#'))
        return QJsonValue::Undefined;
    QJsonValue value = document;
    const QString pointer = QUrl::fromPercentEncoding(QStringView(reference).sliced(1).toUtf8());
    for (QString part : pointer.split(u'/').mid(1)) {
        part.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        value = value.isArray() ? value.toArray().at(part.toInt()) : value.toObject().value(part);
    }
    return pointer.isEmpty() || pointer.startsWith(u'/') ? value : QJsonValue(QJsonValue::Undefined);
}

} // namespace

SchemaPlaces::SchemaPlaces(const QList<QJsonObject> &documents)
    : m_documents(documents)
{
    for (int i = 0; i < documents.size(); ++i)
        add(i, documents[i]);
}

SchemaPlaces SchemaPlaces::inside() const
{
    SchemaPlaces places({});
    places.m_documents = m_documents;
    return places;
}

void SchemaPlaces::follow(int document, const QString &reference, int depth)
{
    const std::pair place(document, reference);
    if (reference.isEmpty() || m_followed.contains(place))
        return;
    m_followed.insert(place);
    add(document, referred(m_documents[document], reference), depth);
}

void SchemaPlaces::add(int document, const QJsonValue &value, int depth)
{
    static constexpr std::array branches{"allOf"_L1, "anyOf"_L1, "oneOf"_L1};
    static constexpr std::array conditional{"then"_L1, "else"_L1};
    if (!value.isObject() || m_places.size() >= MaxPlaces || depth > MaxDepth)
        return;
    const QJsonObject schema = value.toObject();
    m_places.append({document, schema});
    follow(document, schema.value("$ref"_L1).toString(), depth + 1);
    for (const QLatin1StringView keyword : branches) {
        const QJsonArray all = schema.value(keyword).toArray();
        for (const QJsonValue &branch : all)
            add(document, branch, depth + 1);
    }
    for (const QLatin1StringView keyword : conditional)
        add(document, schema.value(keyword), depth + 1);
}

SchemaPlaces SchemaPlaces::member(const QString &name) const
{
    SchemaPlaces places = inside();
    for (const Place &place : m_places) {
        const QJsonObject properties = place.schema.value("properties"_L1).toObject();
        const bool isDeclared = properties.contains(name);
        places.add(place.document,
                   isDeclared ? properties.value(name) : place.schema.value("additionalProperties"_L1));
    }
    return places;
}

SchemaPlaces SchemaPlaces::item(int index) const
{
    SchemaPlaces places = inside();
    for (const Place &place : m_places) {
        const QJsonValue items = place.schema.value("items"_L1);
        // Draft 7 has in items what is prefixItems since.
        const QJsonArray first
            = items.isArray() ? items.toArray() : place.schema.value("prefixItems"_L1).toArray();
        places.add(place.document, index < first.size() ? first.at(index) : items);
    }
    return places;
}

QStringList SchemaPlaces::members() const
{
    QStringList names;
    for (const Place &place : m_places)
        names += place.schema.value("properties"_L1).toObject().keys();
    names.sort();
    names.removeDuplicates();
    return names;
}

QStringList SchemaPlaces::types() const
{
    QStringList types;
    for (const Place &place : m_places) {
        const QJsonValue type = place.schema.value("type"_L1);
        const QJsonArray several = type.isArray() ? type.toArray() : QJsonArray{type};
        for (const QJsonValue &each : several) {
            if (each.isString())
                types.append(each.toString());
        }
    }
    types.removeDuplicates();
    return types;
}

QList<QJsonValue> SchemaPlaces::values() const
{
    QList<QJsonValue> values;
    const auto take = [&](const QJsonValue &value) {
        if (!value.isUndefined() && !value.isArray() && !value.isObject() && !values.contains(value))
            values.append(value);
    };
    for (const Place &place : m_places) {
        take(place.schema.value("const"_L1));
        const QJsonArray all = place.schema.value("enum"_L1).toArray();
        for (const QJsonValue &each : all)
            take(each);
    }
    return values;
}

QString SchemaPlaces::description() const
{
    for (const Place &place : m_places) {
        if (const QString text = place.schema.value("description"_L1).toString(); !text.isEmpty())
            return text;
    }
    return {};
}

} // namespace dialogue::console
