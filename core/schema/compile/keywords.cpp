#include "core/schema/compile/keywords.h"

#include <QHash>
#include <QStringList>

namespace dialogue::schema {

namespace {

constexpr auto Seven = unsigned(Draft::Draft7);
constexpr auto New = unsigned(Draft::Draft2020);
constexpr unsigned Both = Seven | New;

constexpr Keyword Keywords[] = {
    {"$schema", Both, Holds::Nothing, nullptr},
    {"$id", Both, Holds::Nothing, nullptr},
    {"$anchor", New, Holds::Nothing, nullptr},
    {"$dynamicAnchor", New, Holds::Nothing, nullptr},
    {"$vocabulary", New, Holds::Nothing, nullptr},
    {"$comment", Both, Holds::Nothing, nullptr},
    {"$defs", Both, Holds::Members, readDefinitions},
    {"definitions", Both, Holds::Members, readDefinitions},
    {"$ref", Both, Holds::Nothing, readReference},
    {"$dynamicRef", New, Holds::Nothing, readDynamicReference},

    {"title", Both, Holds::Nothing, nullptr},
    {"description", Both, Holds::Nothing, nullptr},
    {"default", Both, Holds::Nothing, readDefault},
    {"examples", Both, Holds::Nothing, nullptr},
    {"deprecated", New, Holds::Nothing, nullptr},
    {"readOnly", Both, Holds::Nothing, nullptr},
    {"writeOnly", Both, Holds::Nothing, nullptr},
    {"contentEncoding", Both, Holds::Nothing, nullptr},
    {"contentMediaType", Both, Holds::Nothing, nullptr},
    {"contentSchema", New, Holds::Schema, nullptr},

    {"type", Both, Holds::Nothing, readType},
    {"enum", Both, Holds::Nothing, readEnum},
    {"const", Both, Holds::Nothing, readConst},
    {"minLength", Both, Holds::Nothing, readMinLength},
    {"maxLength", Both, Holds::Nothing, readMaxLength},
    {"pattern", Both, Holds::Nothing, readPattern},
    {"format", Both, Holds::Nothing, readFormat},
    {"minimum", Both, Holds::Nothing, readMinimum},
    {"maximum", Both, Holds::Nothing, readMaximum},
    {"exclusiveMinimum", Both, Holds::Nothing, readExclusiveMinimum},
    {"exclusiveMaximum", Both, Holds::Nothing, readExclusiveMaximum},
    {"multipleOf", Both, Holds::Nothing, readMultipleOf},

    {"minItems", Both, Holds::Nothing, readMinItems},
    {"maxItems", Both, Holds::Nothing, readMaxItems},
    {"uniqueItems", Both, Holds::Nothing, readUniqueItems},
    {"prefixItems", New, Holds::Schemas, readPrefixItems},
    {"items", Both, Holds::SchemaOrSchemas, readItems},
    {"additionalItems", Both, Holds::Schema, readAdditionalItems},
    {"contains", Both, Holds::Schema, readContains},
    {"minContains", New, Holds::Nothing, readMinContains},
    {"maxContains", New, Holds::Nothing, readMaxContains},
    {"unevaluatedItems", New, Holds::Schema, readUnevaluatedItems},

    {"minProperties", Both, Holds::Nothing, readMinProperties},
    {"maxProperties", Both, Holds::Nothing, readMaxProperties},
    {"required", Both, Holds::Nothing, readRequired},
    {"properties", Both, Holds::Members, readProperties},
    {"patternProperties", Both, Holds::Members, readPatternProperties},
    {"additionalProperties", Both, Holds::Schema, readAdditionalProperties},
    {"propertyNames", Both, Holds::Schema, readPropertyNames},
    {"dependentRequired", New, Holds::Nothing, readDependentRequired},
    {"dependentSchemas", New, Holds::Members, readDependentSchemas},
    {"dependencies", Both, Holds::MembersOrNames, readDependencies},
    {"unevaluatedProperties", New, Holds::Schema, readUnevaluatedProperties},

    {"allOf", Both, Holds::Schemas, readAllOf},
    {"anyOf", Both, Holds::Schemas, readAnyOf},
    {"oneOf", Both, Holds::Schemas, readOneOf},
    {"not", Both, Holds::Schema, readNot},
    {"if", Both, Holds::Schema, readIf},
    {"then", Both, Holds::Schema, readThen},
    {"else", Both, Holds::Schema, readElse},
};

} // namespace

const Keyword *keywordOf(QByteArrayView name, Draft draft)
{
    static const QHash<QByteArray, const Keyword *> byName = [] {
        QHash<QByteArray, const Keyword *> index;
        for (const Keyword &keyword : Keywords)
            index.insert(keyword.name, &keyword);
        return index;
    }();
    const Keyword *keyword = byName.value(name.toByteArray());
    return keyword && (keyword->drafts & unsigned(draft)) ? keyword : nullptr;
}

QStringList keywordNames()
{
    QStringList names;
    for (const Keyword &keyword : Keywords)
        names += QString::fromLatin1(keyword.name);
    return names;
}

QList<const Json *> schemasIn(Holds holds, const Json &value)
{
    QList<const Json *> schemas;
    const bool one = holds == Holds::Schema || holds == Holds::SchemaOrSchemas;
    const bool list = holds == Holds::Schemas || holds == Holds::SchemaOrSchemas;
    const bool members = holds == Holds::Members || holds == Holds::MembersOrNames;
    if (one)
        schemas += &value; // Of a list nothing is found in it.
    for (const Json &item : value.items) {
        if (list)
            schemas += &item;
    }
    for (const auto &[name, member] : value.members) {
        if (members)
            schemas += &member;
    }
    return schemas;
}

} // namespace dialogue::schema
