#include "server/types/bundle.h"

#include "core/schema/schema.h"

#include <QJsonArray>
#include <QSet>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** Whether \a keyword of \a schema means in draft 7 what it means there, or nothing. */
bool isKept(const QString &keyword, const QJsonObject &schema)
{
    static const QStringList known = Schema::keywords();
    // What is named in one document, and what of others' vocabularies AsyncAPI could take for its own.
    static const QSet<QString> left{u"$id"_s,         u"$schema"_s,     u"$anchor"_s, u"$dynamicAnchor"_s,
                                    u"$dynamicRef"_s, u"$vocabulary"_s, u"$defs"_s,   u"definitions"_s,
                                    u"$ref"_s};
    if (keyword == u"contains" && schema.value("minContains"_L1).toDouble(1) < 1)
        return false;
    return !left.contains(keyword) && (known.contains(keyword) || keyword.startsWith("x-"_L1));
}

/** Whether it is about the others, where a word will do. */
bool isOfOthers(const QString &keyword) { return keyword.startsWith("additional"_L1) || keyword == u"items"; }

} // namespace

QJsonObject SchemaBundle::add(const PlacedSchema &schema, const QString &name)
{
    const QString own = nameOf(schema, name);
    while (!m_waiting.isEmpty()) {
        const auto [next, place] = m_waiting.takeFirst();
        m_schemas.insert(next, rewritten(place));
    }
    return referenceTo(own);
}

QString SchemaBundle::nameOf(const PlacedSchema &schema, const QString &wanted)
{
    const QString key = schema.document + u'#' + schema.pointer;
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return *known;
    const QString name = m_names.unique(pascalCase(wanted), u"Data"_s);
    m_known.insert(key, name);
    m_waiting.append({name, schema});
    return name;
}

QJsonObject SchemaBundle::referenceTo(const QString &name) const { return {{u"$ref"_s, m_place + name}}; }

QJsonValue SchemaBundle::rewritten(const PlacedSchema &place)
{
    if (!place.schema.isObject()) // For AsyncAPI a word is none.
        return place.schema.toBool(true) ? QJsonObject() : QJsonObject{{u"not"_s, QJsonObject()}};
    const QJsonObject schema = place.schema.toObject();
    const bool isReference = schema.value("$ref"_L1).isString();
    if (isReference && place.isDraft7)
        return rewrittenReference(place);
    const bool isTuple = !place.isDraft7 && schema.value("prefixItems"_L1).isArray();
    QJsonObject result;
    for (auto member = schema.begin(); member != schema.end(); ++member) {
        if (!isKept(member.key(), schema))
            continue;
        QString key = member.key();
        if (isTuple && key == u"items")
            key = u"additionalItems"_s;
        else if (isTuple && key == u"prefixItems")
            key = u"items"_s;
        result.insert(key, rewrittenPart(place.at(member.key()), member.key()));
    }
    if (!isReference)
        return result;
    // In draft 7 nothing beside a reference counts.
    const QJsonObject reference = rewrittenReference(place);
    if (result.isEmpty())
        return reference;
    return QJsonObject{{u"allOf"_s, QJsonArray{reference, result}}};
}

/** The value of \a keyword. */
QJsonValue SchemaBundle::rewrittenPart(const PlacedSchema &part, const QString &keyword)
{
    const QJsonValue &value = part.schema;
    if (holdsSchema(keyword) && value.isArray()) {
        QJsonArray all;
        const qsizetype count = value.toArray().size();
        for (qsizetype i = 0; i < count; ++i)
            all.append(rewritten(part.at(QString::number(i))));
        return all;
    }
    if (holdsSchema(keyword))
        return value.isBool() && isOfOthers(keyword) ? value : rewritten(part);
    if (!holdsNamedSchemas(keyword) || !value.isObject())
        return value;
    QJsonObject all;
    const QStringList names = value.toObject().keys();
    for (const QString &name : names)
        all.insert(name, rewritten(part.at(name)));
    return all;
}

QJsonObject SchemaBundle::rewrittenReference(const PlacedSchema &place)
{
    const std::optional<PlacedSchema> target = m_documents.find(place.schema["$ref"_L1].toString(), place);
    return target ? referenceTo(nameOf(*target, target->title())) : QJsonObject();
}

} // namespace dialogue::types
