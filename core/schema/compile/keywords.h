#pragma once

#include "core/schema/compile/resources.h"

#include <QByteArrayView>
#include <QList>

namespace dialogue::schema {

class Compiler;
struct Context;

/** Where in the value of a keyword there are schemas. */
enum class Holds {
    Nothing,
    Schema,
    Schemas, ///< A list.
    Members, ///< An object's members are schemas.
    SchemaOrSchemas,
    MembersOrNames, ///< The same, or lists of names.
};

/** A keyword of JSON Schema: a new one is a line of the table in keywords.cpp, and the function it names. */
struct Keyword
{
    const char *name;
    unsigned drafts; ///< Draft, ored.
    Holds holds;
    void (*read)(Compiler &compiler, const Json &value, const Context &context); ///< Null: a note to people.
};

/** The keyword called \a name in \a draft, or null. */
const Keyword *keywordOf(QByteArrayView name, Draft draft);

/** The names of all. */
QStringList keywordNames();

/** The schemas in \a value; what should be one and is not is left out. */
QList<const Json *> schemasIn(Holds holds, const Json &value);

// Those that judge a value without applying another schema (assertions.cpp)
void readType(Compiler &compiler, const Json &value, const Context &context);
void readEnum(Compiler &compiler, const Json &value, const Context &context);
void readConst(Compiler &compiler, const Json &value, const Context &context);
void readMinLength(Compiler &compiler, const Json &value, const Context &context);
void readMaxLength(Compiler &compiler, const Json &value, const Context &context);
void readPattern(Compiler &compiler, const Json &value, const Context &context);
void readFormat(Compiler &compiler, const Json &value, const Context &context);
void readMinimum(Compiler &compiler, const Json &value, const Context &context);
void readMaximum(Compiler &compiler, const Json &value, const Context &context);
void readExclusiveMinimum(Compiler &compiler, const Json &value, const Context &context);
void readExclusiveMaximum(Compiler &compiler, const Json &value, const Context &context);
void readMultipleOf(Compiler &compiler, const Json &value, const Context &context);
void readMinItems(Compiler &compiler, const Json &value, const Context &context);
void readMaxItems(Compiler &compiler, const Json &value, const Context &context);
void readMinContains(Compiler &compiler, const Json &value, const Context &context);
void readMaxContains(Compiler &compiler, const Json &value, const Context &context);
void readUniqueItems(Compiler &compiler, const Json &value, const Context &context);
void readMinProperties(Compiler &compiler, const Json &value, const Context &context);
void readMaxProperties(Compiler &compiler, const Json &value, const Context &context);
void readRequired(Compiler &compiler, const Json &value, const Context &context);
void readDependentRequired(Compiler &compiler, const Json &value, const Context &context);
void readDefault(Compiler &compiler, const Json &value, const Context &context);

// Those that apply schemas (applicators.cpp)
void readReference(Compiler &compiler, const Json &value, const Context &context);
void readDynamicReference(Compiler &compiler, const Json &value, const Context &context);
void readDefinitions(Compiler &compiler, const Json &value, const Context &context);
void readAllOf(Compiler &compiler, const Json &value, const Context &context);
void readAnyOf(Compiler &compiler, const Json &value, const Context &context);
void readOneOf(Compiler &compiler, const Json &value, const Context &context);
void readNot(Compiler &compiler, const Json &value, const Context &context);
void readIf(Compiler &compiler, const Json &value, const Context &context);
void readThen(Compiler &compiler, const Json &value, const Context &context);
void readElse(Compiler &compiler, const Json &value, const Context &context);
void readProperties(Compiler &compiler, const Json &value, const Context &context);
void readPatternProperties(Compiler &compiler, const Json &value, const Context &context);
void readAdditionalProperties(Compiler &compiler, const Json &value, const Context &context);
void readPropertyNames(Compiler &compiler, const Json &value, const Context &context);
void readDependentSchemas(Compiler &compiler, const Json &value, const Context &context);
void readDependencies(Compiler &compiler, const Json &value, const Context &context);
void readUnevaluatedProperties(Compiler &compiler, const Json &value, const Context &context);
void readPrefixItems(Compiler &compiler, const Json &value, const Context &context);
void readItems(Compiler &compiler, const Json &value, const Context &context);
void readAdditionalItems(Compiler &compiler, const Json &value, const Context &context);
void readContains(Compiler &compiler, const Json &value, const Context &context);
void readUnevaluatedItems(Compiler &compiler, const Json &value, const Context &context);

} // namespace dialogue::schema
