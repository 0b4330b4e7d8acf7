#include "core/schema/compile/contradictions.h"

#include "core/schema/compile/compiler.h"

#include <algorithm>

namespace dialogue::schema {

namespace {

/** The first is to be no more than the second. */
struct Limits
{
    const char *least;
    const char *most;
    bool apart = false; ///< Equal ones leave nothing between them.
};

constexpr Limits AllLimits[] = {
    {"minLength", "maxLength"},
    {"minItems", "maxItems"},
    {"minContains", "maxContains"},
    {"minProperties", "maxProperties"},
    {"minimum", "maximum"},
    {"minimum", "exclusiveMaximum", true},
    {"exclusiveMinimum", "maximum", true},
    {"exclusiveMinimum", "exclusiveMaximum", true},
};

std::optional<Decimal> numberOf(const Json &value)
{
    return Decimal::fromJson({value.text.data(), std::size_t(value.text.size())});
}

unsigned typeOf(const Json &value)
{
    switch (value.type) {
    case Json::Type::Null:
        return types::Null;
    case Json::Type::Bool:
        return types::Boolean;
    case Json::Type::String:
        return types::String;
    case Json::Type::Array:
        return types::Array;
    case Json::Type::Object:
        return types::Object;
    default:
        return numberOf(value)->isInteger() ? types::Whole : types::Fraction;
    }
}

/** Whether one of \a list is of a type that \a node takes. */
bool hasOfType(const std::vector<Json> &list, const Node &node)
{
    return std::ranges::any_of(list, [&](const Json &each) { return (typeOf(each) & node.types) != 0; });
}

bool haveCommon(const Texts &a, const Texts &b)
{
    return std::ranges::any_of(b.list(), [&a](const QByteArray &text) { return a.contains(text); });
}

void note(Compiler &compiler, const Context &context, const char *keyword, const QByteArray &other)
{
    compiler.note(SchemaNote::Contradiction, *context.schema.find(keyword), context, other);
}

} // namespace

void noteContradictions(Compiler &compiler, const Context &context)
{
    const Node &node = context.node;
    if (node.values && node.values->texts.isEmpty())
        note(compiler, context, "enum", {});
    else if (node.values && !hasOfType(context.schema.find("enum")->items, node))
        note(compiler, context, "enum", "type");
    if (node.constant && !(typeOf(*context.schema.find("const")) & node.types))
        note(compiler, context, "const", "type");
    if (node.constant && node.values && !haveCommon(node.values->strings, node.constant->strings)
        && !haveCommon(node.values->others, node.constant->others))
        note(compiler, context, "const", "enum");
    for (const Limits &each : AllLimits) {
        const Json *least = context.schema.find(each.least);
        const Json *most = context.schema.find(each.most);
        if (!least || !most || least->type != Json::Type::Double || most->type != Json::Type::Double)
            continue;
        const auto order = *numberOf(*least) <=> *numberOf(*most);
        if (std::is_gt(order) || (each.apart && std::is_eq(order)))
            note(compiler, context, each.least, each.most);
    }
}

} // namespace dialogue::schema
