#include "server/types/schemadocuments.h"

#include "core/json/parsed.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** Keywords whose value is a schema, or a list of schemas. */
constexpr std::array SchemaKeywords{"additionalItems"_L1,
                                    "additionalProperties"_L1,
                                    "allOf"_L1,
                                    "anyOf"_L1,
                                    "contains"_L1,
                                    "contentSchema"_L1,
                                    "else"_L1,
                                    "if"_L1,
                                    "items"_L1,
                                    "not"_L1,
                                    "oneOf"_L1,
                                    "prefixItems"_L1,
                                    "propertyNames"_L1,
                                    "then"_L1,
                                    "unevaluatedItems"_L1,
                                    "unevaluatedProperties"_L1};
/** Those whose value holds a schema for each name. */
constexpr std::array MapKeywords{
    "$defs"_L1,     "definitions"_L1, "dependencies"_L1, "dependentSchemas"_L1, "patternProperties"_L1,
    "properties"_L1};

/** What \a url names, without the part of it. */
QString withoutFragment(const QUrl &url) { return url.toString(QUrl::RemoveFragment); }

/** \a place as the schema in it says: its own URI, its own draft. */
PlacedSchema settled(PlacedSchema place)
{
    const QString dialect = place.schema["$schema"_L1].toString();
    if (!dialect.isEmpty())
        place.isDraft7 = dialect.contains("draft-07"_L1);
    // In draft 7 nothing beside a reference counts.
    const QString id = place.schema["$id"_L1].toString();
    const bool isIgnored = place.isDraft7 && place.schema["$ref"_L1].isString();
    if (!id.isEmpty() && !id.startsWith(u'#') && !isIgnored)
        place.base = place.base.resolved(QUrl(id));
    return place;
}

QJsonValue partOf(const QJsonValue &value, const QString &step)
{
    if (!value.isArray())
        return value[step];
    bool isNumber = false;
    const int index = step.toInt(&isNumber);
    return isNumber ? value.toArray().at(index) : QJsonValue(QJsonValue::Undefined);
}

} // namespace

bool holdsSchema(const QString &keyword)
{
    return std::ranges::find(SchemaKeywords, keyword) != SchemaKeywords.end();
}

bool holdsNamedSchemas(const QString &keyword)
{
    return std::ranges::find(MapKeywords, keyword) != MapKeywords.end();
}

PlacedSchema PlacedSchema::at(const QString &step) const
{
    PlacedSchema part = *this;
    part.schema = partOf(schema, step);
    part.pointer += u'/' + QString(step).replace(u'~', "~0"_L1).replace(u'/', "~1"_L1);
    return settled(part);
}

QString PlacedSchema::title() const
{
    const QString last = pointer.sliced(pointer.lastIndexOf(u'/') + 1);
    return !last.isEmpty() ? last : QFileInfo(base.path()).completeBaseName();
}

SchemaDocuments::SchemaDocuments(const QHash<QString, QByteArray> &texts)
{
    QStringList uris = texts.keys();
    uris.sort();
    for (const QString &uri : std::as_const(uris)) {
        const QJsonDocument document = json::parsed(texts[uri]);
        addWhole(document.isObject() ? QJsonValue(document.object())
                                     : QJsonValue(texts[uri].trimmed() != "false"),
                 QUrl(uri));
    }
}

PlacedSchema SchemaDocuments::addPart(const QJsonValue &schema, const QUrl &uri)
{
    return add(withoutFragment(uri) + u' ' + QString::number(m_documents.size()), schema, uri);
}

PlacedSchema SchemaDocuments::addWhole(const QJsonValue &schema, const QUrl &uri)
{
    const QString key = withoutFragment(uri);
    if (const auto known = m_documents.constFind(key); known != m_documents.cend())
        return *known;
    const PlacedSchema place = add(key, schema, uri);
    m_keys.insert(key, key);
    m_keys.insert(withoutFragment(place.base), key); // What it calls itself.
    return place;
}

PlacedSchema SchemaDocuments::add(const QString &key, const QJsonValue &schema, const QUrl &uri)
{
    const PlacedSchema place = settled({.schema = schema, .document = key, .base = uri});
    m_documents.insert(key, place);
    m_resources.insert(key + u'\n' + withoutFragment(uri), place);
    index(place);
    return place;
}

void SchemaDocuments::index(const PlacedSchema &place)
{
    if (!place.schema.isObject())
        return;
    const QString resource = place.document + u'\n' + withoutFragment(place.base);
    const bool isWhole = place.pointer.isEmpty();
    const QString id = place.schema["$id"_L1].toString();
    if (isWhole || (!id.isEmpty() && !id.startsWith(u'#')))
        m_resources.insert(resource, place);
    for (const QString &anchor :
         {place.schema["$anchor"_L1].toString(), place.schema["$dynamicAnchor"_L1].toString(),
          id.startsWith(u'#') ? id.sliced(1) : QString()}) {
        if (!anchor.isEmpty())
            m_anchors.insert(resource + u'#' + anchor, place);
    }
    indexBelow(place);
}

void SchemaDocuments::indexBelow(const PlacedSchema &place)
{
    const QJsonObject schema = place.schema.toObject();
    for (auto member = schema.begin(); member != schema.end(); ++member) {
        const QJsonValue value = member.value();
        if (holdsSchema(member.key()) && value.isObject()) {
            index(place.at(member.key()));
        } else if (holdsSchema(member.key()) && value.isArray()) {
            const qsizetype count = value.toArray().size();
            for (qsizetype i = 0; i < count; ++i)
                index(place.at(member.key()).at(QString::number(i)));
        } else if (holdsNamedSchemas(member.key()) && value.isObject()) {
            const QStringList names = value.toObject().keys();
            for (const QString &name : names)
                index(place.at(member.key()).at(name));
        }
    }
}

std::optional<PlacedSchema> SchemaDocuments::find(const QString &reference, const PlacedSchema &from) const
{
    const QUrl url = from.base.resolved(QUrl(reference));
    const QString uri = withoutFragment(url);
    QString document = from.document;
    if (!m_resources.contains(document + u'\n' + uri))
        document = m_keys.value(uri);
    const QString resource = document + u'\n' + uri;
    if (!m_resources.contains(resource))
        return {};
    const QString fragment = url.fragment(QUrl::FullyDecoded);
    PlacedSchema place = m_resources.value(resource);
    if (fragment.isEmpty())
        return place;
    if (!fragment.startsWith(u'/')) {
        const auto anchor = m_anchors.constFind(resource + u'#' + fragment);
        return anchor != m_anchors.cend() ? std::optional(*anchor) : std::nullopt;
    }
    const QStringList steps = fragment.sliced(1).split(u'/');
    for (const QString &step : steps)
        place = place.at(QString(step).replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1));
    if (!place.schema.isObject() && !place.schema.isBool())
        return {};
    return place;
}

} // namespace dialogue::types
