#include "core/schema/compile/compiler.h"

#include "core/json/parsed.h"

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

using Type = Json::Type;

bool isObject(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::Object)
        compiler.fail(value, context, u"must be an object whose members are schemas"_s);
    return value.type == Type::Object;
}

void readBranches(bool exactlyOne, Compiler &compiler, const Json &value, const Context &context)
{
    Branches branches{.exactlyOne = exactlyOne, .list = {}, .probes = {}};
    for (const Node *node : compiler.schemas(value, context))
        branches.list.push_back({.node = node});
    in(context.node.combined).any.push_back(std::move(branches));
}

/** What has another meaning in the draft that nobody named is no keyword to guess at. */
void askForDraft(Compiler &compiler, const Json &value, const Context &context, const QString &instead)
{
    compiler.fail(
        value, context,
        u"is of draft 7, and the schema does not name its draft: write %1, as 2020-12 has it, or say "
        "\"$schema\": \"http://json-schema.org/draft-07/schema#\" at the top"_s.arg(instead));
}

void readReferenceOf(Compiler &compiler, const Json &value, const Context &context, bool dynamic)
{
    if (value.type != Type::String)
        return compiler.fail(value, context, u"must be a reference, such as \"#/$defs/name\", as a string"_s);
    if (const Node *target = compiler.reference(json::fromUtf8(value.string), value, context, dynamic))
        in(context.node.combined).all.push_back(target);
}

} // namespace

void readReference(Compiler &compiler, const Json &value, const Context &context)
{
    readReferenceOf(compiler, value, context, false);
}

void readDynamicReference(Compiler &compiler, const Json &value, const Context &context)
{
    readReferenceOf(compiler, value, context, true);
}

void readDefinitions(Compiler &compiler, const Json &value, const Context &context)
{
    if (!isObject(compiler, value, context))
        return;
    for (const auto &[name, schema] : value.members) // Wrong ones are told of, though nobody refers to them.
        compiler.schema(schema, context);
}

void readAllOf(Compiler &compiler, const Json &value, const Context &context)
{
    for (const Node *node : compiler.schemas(value, context))
        in(context.node.combined).all.push_back(node);
}

void readAnyOf(Compiler &compiler, const Json &value, const Context &context)
{
    readBranches(false, compiler, value, context);
}

void readOneOf(Compiler &compiler, const Json &value, const Context &context)
{
    readBranches(true, compiler, value, context);
}

void readNot(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.combined).no = compiler.schema(value, context);
}

void readIf(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.combined).condition = compiler.schema(value, context);
}

void readThen(Compiler &compiler, const Json &value, const Context &context)
{
    const Node *node = compiler.schema(value, context);
    if (context.schema.find("if"))
        in(context.node.combined).then = node;
}

void readElse(Compiler &compiler, const Json &value, const Context &context)
{
    const Node *node = compiler.schema(value, context);
    if (context.schema.find("if"))
        in(context.node.combined).otherwise = node;
}

void readProperties(Compiler &compiler, const Json &value, const Context &context)
{
    if (!isObject(compiler, value, context))
        return;
    ObjectRules &rules = in(context.node.object);
    rules.describes = true;
    for (const auto &[name, schema] : value.members) {
        const Node *node = compiler.schema(schema, context);
        rules.names.members[rules.names.add(name)].node = node;
    }
}

void readPatternProperties(Compiler &compiler, const Json &value, const Context &context)
{
    if (!isObject(compiler, value, context))
        return;
    ObjectRules &rules = in(context.node.object);
    rules.describes = true;
    for (const auto &[source, schema] : value.members) {
        auto expression = compiler.expression(json::fromUtf8(source), value, context);
        const Node *node = compiler.schema(schema, context);
        if (expression)
            rules.patterns.push_back({*expression, node});
    }
}

void readAdditionalProperties(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.object).additional = compiler.schema(value, context);
}

void readPropertyNames(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.object).memberNames = compiler.schema(value, context);
}

void readDependentSchemas(Compiler &compiler, const Json &value, const Context &context)
{
    if (!isObject(compiler, value, context))
        return;
    Names &names = in(context.node.object).names;
    for (const auto &[name, schema] : value.members) {
        const Node *node = compiler.schema(schema, context);
        names.members[names.add(name)].dependent = node;
    }
}

void readDependencies(Compiler &compiler, const Json &value, const Context &context)
{
    if (!context.resource.draftIsNamed)
        return askForDraft(compiler, value, context, u"dependentRequired and dependentSchemas"_s);
    if (value.type != Type::Object)
        return compiler.fail(value, context,
                             u"must be an object whose members are lists of names, or schemas"_s);
    Names &names = in(context.node.object).names;
    for (const auto &[name, dependency] : value.members) {
        const std::size_t member = names.add(name);
        if (dependency.type != Type::Array) {
            const Node *node = compiler.schema(dependency, context);
            names.members[member].dependent = node;
            continue;
        }
        for (const Json &other : dependency.items) {
            if (other.type != Type::String)
                compiler.fail(dependency, context, u"must be a list of member names, or a schema"_s);
            const std::size_t index = names.add(other.string);
            names.members[member].needs.push_back(index);
        }
    }
}

void readUnevaluatedProperties(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.object).unevaluated = compiler.schema(value, context);
}

void readPrefixItems(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.array).prefix = compiler.schemas(value, context);
}

void readItems(Compiler &compiler, const Json &value, const Context &context)
{
    if (value.type != Type::Array) {
        in(context.node.array).items = compiler.schema(value, context);
        return;
    }
    if (!context.resource.draftIsNamed)
        return askForDraft(compiler, value, context, u"prefixItems"_s);
    if (context.resource.draft != Draft::Draft7)
        return compiler.fail(value, context, u"must be a schema; a list of them is called prefixItems"_s);
    for (const Json &item : value.items)
        in(context.node.array).prefix.push_back(compiler.schema(item, context));
}

void readAdditionalItems(Compiler &compiler, const Json &value, const Context &context)
{
    if (!context.resource.draftIsNamed)
        return askForDraft(compiler, value, context, u"items"_s);
    if (context.resource.draft != Draft::Draft7)
        return;
    const Node *node = compiler.schema(value, context);
    const Json *items = context.schema.find("items");
    if (items && items->type == Type::Array)
        in(context.node.array).items = node;
}

void readContains(Compiler &compiler, const Json &value, const Context &context)
{
    ArrayRules &rules = in(context.node.array);
    rules.contains = compiler.schema(value, context);
    rules.containsEvaluates = context.resource.draft == Draft::Draft2020;
}

void readUnevaluatedItems(Compiler &compiler, const Json &value, const Context &context)
{
    in(context.node.array).unevaluated = compiler.schema(value, context);
}

} // namespace dialogue::schema
