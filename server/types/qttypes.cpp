#include "server/types/qttypes.h"

#include "server/types/cppwords.h"
#include "server/types/typescripttype.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

constexpr int DeepestObject = 32; ///< Definitions that are others, one behind the other.

bool isOfKinds(const QList<DataTypePtr> &types, auto fits)
{
    return std::ranges::all_of(types, [&fits](const DataTypePtr &type) { return fits(*type); });
}

bool isText(const DataType &type)
{
    return type.kind == DataType::Kind::String
        || (type.kind == DataType::Kind::Literal && type.literal.isString());
}
bool isBoolean(const DataType &type)
{
    return type.kind == DataType::Kind::Boolean
        || (type.kind == DataType::Kind::Literal && type.literal.isBool());
}
bool isWhole(const DataType &type)
{
    if (type.kind == DataType::Kind::Integer)
        return true;
    const double number = type.literal.toDouble(0.5);
    return type.kind == DataType::Kind::Literal && type.literal.isDouble() && std::abs(number) < 9e15
        && std::floor(number) == number;
}
bool isNumber(const DataType &type)
{
    return isWhole(type) || type.kind == DataType::Kind::Number
        || (type.kind == DataType::Kind::Literal && type.literal.isDouble());
}
bool isList(const DataType &type)
{
    return type.kind == DataType::Kind::Array || type.kind == DataType::Kind::Tuple
        || (type.kind == DataType::Kind::Literal && type.literal.isArray());
}

/** \a one and \a other at once. */
void merge(DataType &one, const DataType &other)
{
    for (const ObjectMember &member : other.members) {
        const auto same = std::ranges::find(one.members, member.name, &ObjectMember::name);
        if (same == one.members.end()) {
            one.members.append(member);
            continue;
        }
        same->isRequired = same->isRequired || member.isRequired;
        if (same->type != member.type)
            same->type = allOfTypes({same->type, member.type});
    }
    if (!one.rest)
        one.rest = other.rest;
    one.unsaid += other.unsaid;
}

} // namespace

/** The struct that is being made, in which enums stand. */
struct QtTypes::Host
{
    QtStruct &made;
    Names &names;
    qsizetype definition = -1;
};

QtTypes::QtTypes(const QList<Definition> &definitions, Names &names)
    : m_definitions(definitions)
    , m_names(names)
{
    for (const Definition &definition : definitions)
        m_shownNames.append(pascalCase(definition.name));
}

QtType QtTypes::wider(const QString &text, const DataType &type) const
{
    const QString exactly = TypeScriptType(m_shownNames).text(type);
    return {text,
            {exactly.contains(u'\n') ? u"Wider than the schema, which says more than this type can."_s
                                     : u"Wider than the schema, which says: "_s + exactly}};
}

std::optional<DataType> QtTypes::asObject(const DataType &type, int depth) const
{
    if (depth > DeepestObject)
        return {};
    if (type.kind == DataType::Kind::Object)
        return type;
    if (type.kind == DataType::Kind::Named)
        return asObject(*m_definitions[type.definition].type, depth + 1);
    if (type.kind != DataType::Kind::Intersection)
        return {};
    std::optional<DataType> all;
    for (const DataTypePtr &part : type.parts) {
        const std::optional<DataType> object = asObject(*part, depth + 1);
        if (!object)
            return {};
        if (all)
            merge(*all, *object);
        else
            all = object;
    }
    if (all) {
        all->about = type.about;
        all->unsaid += type.unsaid;
    }
    return all;
}

QtType QtTypes::ofDefinition(qsizetype number)
{
    return ofNamed(number, m_definitions[number].name, nullptr);
}

QtType QtTypes::ofNamed(qsizetype number, const QString &name, Host *host)
{
    if (const auto made = m_made.constFind(number); made != m_made.cend())
        return *made;
    const DataType &type = *m_definitions[number].type;
    if (m_open.contains(number))
        return wider(asObject(type) ? u"QJsonObject"_s : u"QJsonValue"_s,
                     DataType{.kind = DataType::Kind::Named, .definition = number});
    if (type.kind == DataType::Kind::Named) {
        m_open.append(number);
        const QtType same = ofNamed(type.definition, name, host);
        m_open.removeLast();
        return same;
    }
    m_open.append(number);
    const std::optional<DataType> object = asObject(type);
    const QtType result
        = object ? makeStruct(*object, m_definitions[number].name, number) : of(type, name, host);
    m_open.removeLast();
    if (object)
        m_made.insert(number, result);
    return result;
}

QtType QtTypes::of(const DataType &type, const QString &name, Host *host)
{
    switch (type.kind) {
        using enum DataType::Kind;
    case Boolean:
        return {u"bool"_s};
    case Number:
        return {u"double"_s};
    case Integer:
        return {u"qint64"_s};
    case String:
        return {u"QString"_s};
    case Attachment:
        return {u"QJsonObject"_s, {u"Bytes beside the JSON, of which this is the place."_s}};
    case Literal:
        return ofLiterals({std::make_shared<DataType>(type)}, name, host);
    case Array:
        return ofArray(type, name, host);
    case Tuple:
        return wider(u"QJsonArray"_s, type);
    case Named:
        return ofNamed(type.definition, name, host);
    case Union:
        return ofUnion(type, name, host);
    case Unknown:
        return {u"QJsonValue"_s};
    case Object:
    case Intersection:
        if (const std::optional<DataType> object = asObject(type))
            return makeStruct(*object, name, -1);
        return wider(u"QJsonValue"_s, type);
    case Never:
    case Null:
        break;
    }
    return wider(u"QJsonValue"_s, type);
}

QtType QtTypes::ofArray(const DataType &type, const QString &name, Host *host)
{
    const DataType &item = *type.rest;
    if (host && item.kind == DataType::Kind::Named && item.definition == host->definition) {
        host->made.holdsItself = true;
        return {u"QList<%1>"_s.arg(host->made.name)};
    }
    const QtType each = of(item, name, host);
    if (each.text == u"QJsonValue")
        return {u"QJsonArray"_s, each.remarks};
    return {u"QList<%1>"_s.arg(each.text), each.remarks};
}

QtType QtTypes::ofUnion(const DataType &type, const QString &name, Host *host)
{
    if (isOfKinds(type.parts, isText) || isOfKinds(type.parts, isBoolean) || isOfKinds(type.parts, isNumber))
        return ofLiterals(type.parts, name, host);
    if (isOfKinds(type.parts, [this](const DataType &part) { return asObject(part).has_value(); }))
        return wider(u"QJsonObject"_s, type);
    return wider(isOfKinds(type.parts, isList) ? u"QJsonArray"_s : u"QJsonValue"_s, type);
}

/** Of one kind all, values or types. */
QtType QtTypes::ofLiterals(const QList<DataTypePtr> &literals, const QString &name, Host *host)
{
    const DataType shown = literals.size() == 1 ? *literals.constFirst()
                                                : DataType{.kind = DataType::Kind::Union, .parts = literals};
    if (isOfKinds(literals, isBoolean))
        return wider(u"bool"_s, shown);
    if (isOfKinds(literals, isWhole))
        return wider(u"qint64"_s, shown);
    if (isOfKinds(literals, isNumber))
        return wider(u"double"_s, shown);
    if (!isOfKinds(literals, isText))
        return wider(u"QJsonValue"_s, shown);
    QStringList keys;
    for (const DataTypePtr &literal : literals) {
        if (!keys.contains(literal->literal.toString()))
            keys.append(literal->literal.toString());
    }
    const bool areNames = std::ranges::all_of(
        keys, [](const QString &key) { return canBeProperty(key) && !reservedInCpp().contains(key); });
    if (!host || !areNames
        || !isOfKinds(literals, [](const DataType &each) { return each.literal.isString(); }))
        return wider(u"QString"_s, shown);
    const QString enumName
        = host->names.unique(pascalCase(name.sliced(name.lastIndexOf(u' ') + 1)), u"Value"_s);
    host->made.enums.append({enumName, keys});
    return {enumName};
}

QtType QtTypes::makeStruct(const DataType &object, const QString &name, qsizetype definition)
{
    const bool haveNames = std::ranges::all_of(
        object.members, [](const ObjectMember &member) { return canBeProperty(member.name); });
    if (object.members.isEmpty() || object.rest || !haveNames)
        return object.members.isEmpty() && !object.rest && !object.isClosed ? QtType{u"QJsonObject"_s}
                                                                            : wider(u"QJsonObject"_s, object);
    QString wanted = pascalCase(name);
    if (wanted.size() > 1 && wanted[0] == u'Q' && wanted[1].isUpper()) // Qt's own
        wanted.prepend("Data"_L1);
    QtStruct made{.name = m_names.unique(wanted, u"Data"_s), .remarks = TypeScriptType::remarks(object)};
    QSet<QString> taken = reservedInCpp();
    taken.insert(made.name);
    Names memberNames(taken);
    Names enumNames(taken
                    + QSet<QString>{u"QString"_s, u"QList"_s, u"QJsonArray"_s, u"QJsonObject"_s,
                                    u"QJsonValue"_s, u"QMetaObject"_s});
    Host host{made, enumNames, definition};
    for (const ObjectMember &member : object.members) {
        // A capital could be a type's that stands behind it.
        const bool isType = member.name[0].isUpper() || reservedInCpp().contains(member.name);
        made.members.append(
            {.property = member.name,
             .name = memberNames.unique(isType ? member.name + u'_' : member.name, u"member"_s),
             .type = of(*member.type, name + u' ' + member.name, &host),
             .about = member.type->about,
             .isOptional = !member.isRequired});
        made.members.last().type.remarks
            += TypeScriptType::remarks(DataType{.unsaid = member.type->unsaid}).mid(1);
    }
    m_structs.append(made);
    return {u"rooms::"_s + made.name}; // Which no enum of another struct hides.
}

} // namespace dialogue::types
