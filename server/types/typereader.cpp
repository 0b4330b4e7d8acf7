#include "server/types/typereader.h"

#include "server/types/jsonkinds.h"
#include "server/types/schemaremarks.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

constexpr unsigned AllKinds = JsonKinds::All;

DataTypePtr literalOf(const QJsonValue &value)
{
    if (value.isNull())
        return typeOfKind(DataType::Kind::Null);
    return std::make_shared<DataType>(DataType{.kind = DataType::Kind::Literal, .literal = value});
}

/** One of the values that \a schema lists, of those \a kinds. */
DataTypePtr literalsOf(const QJsonValue &schema, unsigned kinds)
{
    QList<DataTypePtr> literals;
    const QJsonValue only = schema["const"_L1];
    const QJsonArray listed = only.isUndefined() ? schema["enum"_L1].toArray() : QJsonArray{only};
    const bool isBoth = !only.isUndefined() && schema["enum"_L1].isArray();
    for (const QJsonValue value : listed) {
        if ((JsonKinds::kindsOf(value) & kinds) && (!isBoth || schema["enum"_L1].toArray().contains(value)))
            literals.append(literalOf(value));
    }
    return oneOfTypes(literals);
}

bool hasAny(const QJsonValue &schema, std::initializer_list<QLatin1StringView> keywords)
{
    return std::ranges::any_of(keywords,
                               [&schema](QLatin1StringView word) { return !schema[word].isUndefined(); });
}

} // namespace

qsizetype TypeReader::define(const PlacedSchema &schema, const QString &name)
{
    const QString key = schema.document + u'#' + schema.pointer;
    if (const auto known = m_known.constFind(key); known != m_known.cend())
        return *known;
    const qsizetype number = m_definitions.size();
    m_known.insert(key, number);
    m_definitions.append({name, nullptr});
    m_waiting.append({number, schema});
    if (m_isReading)
        return number;
    // One after the other: a chain of references does not deepen the stack.
    m_isReading = true;
    while (!m_waiting.isEmpty()) {
        const auto [next, place] = m_waiting.takeFirst();
        const DataTypePtr type = read(place, AllKinds);
        m_definitions[next].type = type;
    }
    m_isReading = false;
    return number;
}

qsizetype TypeReader::alias(const PlacedSchema &schema, const QString &name)
{
    const qsizetype other = define(schema, schema.title());
    m_definitions.append(
        {name, std::make_shared<DataType>(DataType{.kind = DataType::Kind::Named, .definition = other})});
    return m_definitions.size() - 1;
}

DataTypePtr TypeReader::read(const PlacedSchema &place, Kinds kinds)
{
    const QJsonValue &schema = place.schema;
    if (schema.isBool() && !schema.toBool())
        return typeOfKind(DataType::Kind::Never);
    const bool isReference = schema["$ref"_L1].isString();
    QStringList unsaid;
    QList<DataTypePtr> parts;
    if (isReference)
        parts.append(readReference(place, unsaid));
    if (!isReference || !place.isDraft7) {
        kinds &= JsonKinds::kindsIn(schema["type"_L1]);
        unsaid += unsaidIn(schema);
        bool isShaped = false;
        const DataTypePtr shape = readShape(place, kinds, isShaped);
        readApplicators(place, kinds, parts);
        // An object of which nothing is said would let any member pass beside what the parts say.
        if (isShaped || kinds != JsonKinds::Object || parts.isEmpty())
            parts.prepend(shape);
    }
    const DataTypePtr type = allOfTypes(parts);
    const QString about = aboutOf(schema);
    if (about.isEmpty() && unsaid.isEmpty())
        return type;
    DataType told = *type;
    if (!about.isEmpty())
        told.about = about;
    told.unsaid += unsaid;
    return std::make_shared<DataType>(std::move(told));
}

/** What \a schema itself says of values of these kinds. \a isShaped: anything but the kinds. */
DataTypePtr TypeReader::readShape(const PlacedSchema &place, Kinds kinds, bool &isShaped)
{
    using enum DataType::Kind;
    const QJsonValue &schema = place.schema;
    isShaped = true;
    if (schema["format"_L1] == u"binary"_s)
        return typeOfKind(Attachment);
    if (hasAny(schema, {"const"_L1, "enum"_L1}))
        return literalsOf(schema, kinds);
    const bool hasItems = hasAny(schema, {"items"_L1, "prefixItems"_L1});
    const bool hasMembers
        = hasAny(schema, {"properties"_L1, "required"_L1, "additionalProperties"_L1, "patternProperties"_L1});
    isShaped = hasItems || hasMembers;
    if (kinds == AllKinds && !isShaped)
        return typeOfKind(Unknown);
    QList<DataTypePtr> shapes;
    if (kinds & JsonKinds::Object)
        shapes.append(readObject(place));
    if (kinds & JsonKinds::Array)
        shapes.append(readArray(place));
    if (kinds & JsonKinds::String)
        shapes.append(typeOfKind(String));
    if (kinds & JsonKinds::Number)
        shapes.append(typeOfKind(Number));
    else if (kinds & JsonKinds::Integer)
        shapes.append(typeOfKind(Integer));
    if (kinds & JsonKinds::Boolean)
        shapes.append(typeOfKind(Boolean));
    if (kinds & JsonKinds::Null)
        shapes.append(typeOfKind(Null));
    return oneOfTypes(shapes);
}

DataTypePtr TypeReader::readArray(const PlacedSchema &place)
{
    using enum DataType::Kind;
    const QJsonValue &schema = place.schema;
    const bool isOldTuple = schema["items"_L1].isArray();
    const QString first = isOldTuple ? u"items"_s : u"prefixItems"_s;
    const QString others = isOldTuple ? u"additionalItems"_s : u"items"_s;
    const bool isTuple = isOldTuple || (!place.isDraft7 && schema["prefixItems"_L1].isArray());
    DataTypePtr rest = schema[others].isUndefined() ? typeOfKind(Unknown) : read(place.at(others), AllKinds);
    if (!isTuple)
        return std::make_shared<DataType>(DataType{.kind = Array, .rest = rest});
    QList<DataTypePtr> items = readAll(place.at(first), AllKinds);
    const auto countIn = [&schema](QLatin1StringView keyword, double fallback) {
        return schema[keyword].toDouble(fallback);
    };
    if (const double most = countIn("maxItems"_L1, double(items.size()) + 1); most <= double(items.size())) {
        items.resize(qsizetype(most));
        rest = typeOfKind(Never);
    }
    const auto least = qsizetype(std::min(countIn("minItems"_L1, 0), double(items.size())));
    return std::make_shared<DataType>(
        DataType{.kind = Tuple, .parts = items, .rest = rest, .leastItems = least});
}

DataTypePtr TypeReader::readObject(const PlacedSchema &place)
{
    using enum DataType::Kind;
    DataType object{.kind = Object};
    object.rest = readRest(place, object.isClosed);
    QSet<QString> required;
    for (const QJsonValue name : place.schema["required"_L1].toArray())
        required.insert(name.toString());
    const PlacedSchema properties = place.at(u"properties"_s);
    const QStringList names = properties.schema.toObject().keys();
    for (const QString &name : names)
        object.members.append({name, read(properties.at(name), AllKinds), required.contains(name)});
    QStringList others = (required - QSet<QString>(names.cbegin(), names.cend())).values();
    others.sort();
    for (const QString &name : std::as_const(others)) {
        const DataTypePtr type = object.isClosed ? typeOfKind(Never)
            : object.rest                        ? object.rest
                                                 : typeOfKind(Unknown);
        object.members.append({name, type, true});
    }
    return std::make_shared<DataType>(std::move(object));
}

/** What members are that are not named; null: nothing is said of them. */
DataTypePtr TypeReader::readRest(const PlacedSchema &place, bool &isClosed)
{
    const QJsonValue others = place.schema["additionalProperties"_L1];
    const QJsonObject patterns = place.schema["patternProperties"_L1].toObject();
    if (patterns.isEmpty()) {
        isClosed = others.isBool() && !others.toBool();
        return others.isUndefined() || isClosed ? nullptr
                                                : read(place.at(u"additionalProperties"_s), AllKinds);
    }
    QList<DataTypePtr> kinds{others.isUndefined() ? typeOfKind(DataType::Kind::Unknown)
                                                  : read(place.at(u"additionalProperties"_s), AllKinds)};
    const QStringList names = patterns.keys();
    for (const QString &pattern : names)
        kinds.append(read(place.at(u"patternProperties"_s).at(pattern), AllKinds));
    return oneOfTypes(kinds);
}

DataTypePtr TypeReader::readReference(const PlacedSchema &place, QStringList &unsaid)
{
    const QString reference = place.schema["$ref"_L1].toString();
    const std::optional<PlacedSchema> target = m_documents.find(reference, place);
    if (!target) {
        unsaid.append(u"$ref "_s + reference);
        return typeOfKind(DataType::Kind::Unknown);
    }
    return std::make_shared<DataType>(
        DataType{.kind = DataType::Kind::Named, .definition = define(*target, target->title())});
}

QList<DataTypePtr> TypeReader::readAll(const PlacedSchema &list, Kinds kinds)
{
    QList<DataTypePtr> types;
    const qsizetype count = list.schema.toArray().size();
    for (qsizetype i = 0; i < count; ++i)
        types.append(read(list.at(QString::number(i)), kinds));
    return types;
}

void TypeReader::readApplicators(const PlacedSchema &place, Kinds kinds, QList<DataTypePtr> &parts)
{
    const QJsonValue &schema = place.schema;
    if (schema["allOf"_L1].isArray())
        parts += readAll(place.at(u"allOf"_s), kinds);
    for (const QString &either : {u"anyOf"_s, u"oneOf"_s}) {
        if (schema[either].isArray())
            parts.append(oneOfTypes(readAll(place.at(either), kinds)));
    }
    // Whichever holds; which one is not said.
    if (hasAny(schema, {"if"_L1}) && hasAny(schema, {"then"_L1}) && hasAny(schema, {"else"_L1}))
        parts.append(oneOfTypes({read(place.at(u"then"_s), kinds), read(place.at(u"else"_s), kinds)}));
}

} // namespace dialogue::types
