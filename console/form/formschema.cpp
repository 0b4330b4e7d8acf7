#include "console/form/formschema.h"

#include "console/form/schemamerge.h"

#include "console/form/fieldvalues.h"
#include "core/base/foreigntext.h"

#include <QJsonArray>
#include <QSet>

#include <algorithm>

namespace dialogue::console {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestTitle = 100;
constexpr qsizetype LongestDescription = 1000;

QString shortText(const QJsonValue &text, qsizetype longest)
{
    const QString whole = text.toString();
    return printable(whole.size() > longest ? QString(whole.left(longest) + u'…') : whole);
}

QStringList typesAllowed(const QJsonObject &schema) { return typesIn(schema.value("type"_L1)); }

bool hasAny(const QJsonObject &schema, std::initializer_list<QLatin1StringView> keywords)
{
    return std::any_of(keywords.begin(), keywords.end(),
                       [&](QLatin1StringView keyword) { return schema.contains(keyword); });
}

/** What a schema that names no type speaks of. */
QString impliedType(const QJsonObject &schema)
{
    if (hasAny(schema, {"properties"_L1, "required"_L1, "additionalProperties"_L1, "patternProperties"_L1}))
        return u"object"_s;
    if (hasAny(schema, {"items"_L1, "prefixItems"_L1, "minItems"_L1, "maxItems"_L1, "contains"_L1}))
        return u"array"_s;
    if (hasAny(schema, {"minLength"_L1, "maxLength"_L1, "pattern"_L1, "format"_L1}))
        return u"string"_s;
    if (hasAny(schema,
               {"minimum"_L1, "maximum"_L1, "exclusiveMinimum"_L1, "exclusiveMaximum"_L1, "multipleOf"_L1}))
        return u"number"_s;
    return {};
}

FieldKind kindOfType(const QString &type, const QJsonObject &schema)
{
    if (type == u"string") {
        return schema.value("format"_L1).toString() == u"date-time" ? FieldKind::DateTime : FieldKind::Text;
    }
    if (type == u"integer")
        return FieldKind::Integer;
    if (type == u"number")
        return FieldKind::Number;
    if (type == u"boolean")
        return FieldKind::Boolean;
    if (type == u"null")
        return FieldKind::Null;
    if (type == u"object")
        return FieldKind::Object;
    return type == u"array" ? FieldKind::Array : FieldKind::Json;
}

QLatin1StringView branchKeyword(const QJsonObject &schema)
{
    if (schema.value("oneOf"_L1).isArray())
        return "oneOf"_L1;
    return schema.value("anyOf"_L1).isArray() ? "anyOf"_L1 : QLatin1StringView();
}

QStringList requiredNames(const QJsonObject &schema)
{
    QStringList names;
    const QJsonArray required = schema.value("required"_L1).toArray();
    for (const QJsonValue &name : required)
        names.append(name.toString());
    names.removeDuplicates();
    return names;
}

QStringList memberNames(const QJsonObject &schema, QStringList names)
{
    const QSet<QString> known(names.cbegin(), names.cend());
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    for (auto it = properties.begin(); it != properties.end(); ++it) {
        if (!known.contains(it.key()))
            names.append(it.key());
    }
    return names;
}

} // namespace

FormSchema::FormSchema(const QJsonObject &document)
    : m_reader(document)
    , m_root(fieldOf(document, 0))
{ }

Field FormSchema::fieldOf(const QJsonValue &schema, int depth) const
{
    FlatSchema flat = m_reader.flattened(schema);
    Field field{.obstacle = flat.obstacle, .depth = depth, .schema = std::move(flat.schema)};
    field.title = shortText(field.schema.value("title"_L1), LongestTitle);
    field.description = shortText(field.schema.value("description"_L1), LongestDescription);
    if (!field.obstacle.isEmpty())
        return field;
    if (depth >= MaxDepth)
        field.obstacle = tr("It is too deep for a form.");
    else
        classify(field);
    return field;
}

void FormSchema::classify(Field &field) const
{
    const QJsonObject &schema = field.schema;
    if (schema.value("type"_L1) == QJsonValue(u"object"_s)
        && schema.value("format"_L1).toString() == u"binary") {
        field.obstacle = tr("It is a binary attachment, which cannot be sent from here.");
        return;
    }
    if (isOfChoices(field)) {
        field.kind = FieldKind::Choice;
        return;
    }
    if (!field.obstacle.isEmpty())
        return;
    const QLatin1StringView keyword = branchKeyword(schema);
    const QStringList types = typesAllowed(schema);
    const qsizetype branches = keyword.isEmpty() ? types.size() : schema.value(keyword).toArray().size();
    if (branches > MaxBranches) {
        field.obstacle = tr("It is one of too many (%1).").arg(branches);
        return;
    }
    if (!keyword.isEmpty() || types.size() > 1)
        field.kind = branches > 0 ? FieldKind::Branches : FieldKind::Json;
    else
        field.kind = kindOfType(types.isEmpty() ? impliedType(schema) : types.first(), schema);
}

bool FormSchema::isOfChoices(Field &field) const
{
    const QJsonObject &schema = field.schema;
    if (schema.contains("const"_L1)) {
        const QJsonValue value = schema.value("const"_L1);
        field.choices = {{labelOf(value), value}};
        return true;
    }
    const QJsonArray values = schema.value("enum"_L1).toArray();
    const QJsonArray branches = schema.value(branchKeyword(schema)).toArray();
    if (std::max(values.size(), branches.size()) > MaxChoices) {
        field.obstacle = tr("It is one of too many (%1).").arg(std::max(values.size(), branches.size()));
        return false;
    }
    for (const QJsonValue &value : values)
        field.choices.append({labelOf(value), value});
    if (!values.isEmpty())
        return true;
    // Of branches with a title and a const each, which is how an enum gets titles.
    for (const QJsonValue &branch : branches) {
        const QJsonObject each = branch.toObject();
        if (!each.contains("const"_L1)) {
            field.choices.clear();
            return false;
        }
        const QString title = shortText(each.value("title"_L1), LongestTitle);
        const QString label = labelOf(each.value("const"_L1));
        field.choices.append(
            {title.isEmpty() ? label : u"%1 (%2)"_s.arg(title, label), each.value("const"_L1)});
    }
    return !field.choices.isEmpty();
}

QList<Field> FormSchema::members(const Field &object, qsizetype most) const
{
    const QStringList required = requiredNames(object.schema);
    const QStringList names = memberNames(object.schema, required);
    QList<Field> fields;
    for (qsizetype i = 0; i < std::min(most, names.size()); ++i) {
        Field field = otherMember(object, names[i]);
        field.isRequired = i < required.size();
        field.isDeclared = true;
        fields.append(field);
    }
    return fields;
}

qsizetype FormSchema::memberCount(const Field &object)
{
    return memberNames(object.schema, requiredNames(object.schema)).size();
}

Field FormSchema::otherMember(const Field &object, const QString &name) const
{
    QJsonValue schema = object.schema.value("properties"_L1).toObject().value(name);
    const bool isDeclared = !schema.isUndefined();
    if (!isDeclared)
        schema = object.schema.value("additionalProperties"_L1);
    Field field = fieldOf(schema.isUndefined() ? QJsonValue(true) : schema, object.depth + 1);
    field.name = name;
    field.isDeclared = isDeclared;
    return field;
}

bool FormSchema::invitesOthers(const Field &object)
{
    const QJsonValue others = object.schema.value("additionalProperties"_L1);
    return others.isObject()
        || (others != QJsonValue(false) && object.schema.value("properties"_L1).toObject().isEmpty());
}

Field FormSchema::item(const Field &array, qsizetype index) const
{
    const QJsonValue items = array.schema.value("items"_L1);
    // Draft 7 has in items and additionalItems what is prefixItems and items since.
    const QJsonArray first
        = items.isArray() ? items.toArray() : array.schema.value("prefixItems"_L1).toArray();
    const QJsonValue rest = items.isArray() ? array.schema.value("additionalItems"_L1) : items;
    const QJsonValue schema = index < first.size() ? first.at(index) : rest;
    return fieldOf(schema.isUndefined() ? QJsonValue(true) : schema, array.depth + 1);
}

QList<Field> FormSchema::branches(const Field &field) const
{
    QJsonObject base = field.schema;
    QJsonArray variants;
    const QLatin1StringView keyword = branchKeyword(base);
    if (!keyword.isEmpty()) {
        variants = base.take(keyword).toArray();
    } else {
        const QStringList types = typesAllowed(base);
        for (const QString &type : types)
            variants.append(QJsonObject{{u"type"_s, type}});
    }
    // Of the whole, and shown there.
    for (const QLatin1StringView told : {"title"_L1, "description"_L1, "default"_L1, "examples"_L1})
        base.remove(told);
    QList<Field> branches;
    for (const QJsonValue &variant : std::as_const(variants)) {
        const QJsonArray both{variant, base};
        Field branch = fieldOf(QJsonObject{{u"allOf"_s, both}}, field.depth + 1);
        branch.name = field.name;
        branches.append(branch);
    }
    return branches;
}

} // namespace dialogue::console
