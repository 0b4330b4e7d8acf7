#include "core/schema/compile/compiler.h"

#include "core/json/parsed.h"
#include "core/schema/compile/contradictions.h"
#include "core/schema/compile/link.h"
#include "core/schema/run/place.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr int MaxSchemaDepth = 64;
constexpr std::size_t MaxNodes = 100'000;
constexpr qsizetype MaxPattern = 1000; // characters

} // namespace

Result<Compiled> compile(const QByteArray &text, const SchemaSource &source)
{
    return Compiler(source).compile(text);
}

Result<Compiled> Compiler::compile(const QByteArray &text)
{
    const Result<const Resource *> main = m_resources.addMain(text);
    if (!main)
        return main.error();
    const Resource &resource = **main;
    const int scope = enter(0, resource);
    m_program->root = nodeOf(*resource.root, resource, scope);
    while (!m_pending.empty() && !m_error) {
        const Pending next = m_pending.back();
        m_pending.pop_back();
        fill(next);
    }
    if (m_error)
        return *m_error;
    if (const Node *endless = link(*m_program)) {
        const auto [json, from] = m_sources.value(endless);
        return Resources::error(*from->document, *json,
                                u"leads back to itself, so that a check would have no end"_s);
    }
    return Compiled{m_program, m_notes};
}

void Compiler::fail(const Json &at, const Context &context, const QString &message)
{
    if (!m_error)
        m_error = Resources::error(*context.resource.document, at, message);
}

void Compiler::note(SchemaNote::Kind kind, const Json &at, const Context &context, const QByteArray &name)
{
    const QString path = placeOf(context.resource.document->text, at.text.begin(), {}).path;
    const bool known = std::ranges::any_of(
        m_notes, [&](const SchemaNote &each) { return each.kind == kind && each.path == path; });
    if (!known && context.resource.document->uri.isEmpty())
        m_notes.append({kind, path, json::fromUtf8(name)});
}

/** The number of the dynamic scope in which \a resource was come to from \a scope. */
int Compiler::enter(int scope, const Resource &resource)
{
    Scope inside = m_scopes[std::size_t(scope)];
    for (auto it = resource.dynamicAnchors.cbegin(); it != resource.dynamicAnchors.cend(); ++it) {
        m_owners.insert(it.value(), &resource);
        if (!inside.contains(it.key())) // The outermost holds.
            inside.insert(it.key(), it.value());
    }
    const auto known = std::ranges::find(m_scopes, inside);
    if (known != m_scopes.end())
        return int(known - m_scopes.begin());
    m_scopes.push_back(inside);
    return int(m_scopes.size() - 1);
}

/** The node of a schema that may be in reading, or is read later. */
Node *Compiler::nodeOf(const Json &json, const Resource &resource, int scope)
{
    Node *&node = m_nodes[{&json, scope}];
    if (!node) {
        node = &m_program->nodes.emplace_back();
        m_sources.insert(node, {&json, &resource});
        m_pending.push_back({&json, &resource, scope, node, 0});
    }
    node->shared = true;
    return node;
}

const Node *Compiler::schema(const Json &json, const Context &context)
{
    const Resource *own = m_resources.startingAt(json);
    const Resource &resource = own ? *own : context.resource;
    const int scope = own ? enter(context.scope, *own) : context.scope;
    Node *&node = m_nodes[{&json, scope}];
    if (node)
        return node;
    node = &m_program->nodes.emplace_back();
    m_sources.insert(node, {&json, &resource});
    fill({&json, &resource, scope, node, context.depth + 1});
    return node;
}

std::vector<const Node *> Compiler::schemas(const Json &list, const Context &context)
{
    std::vector<const Node *> nodes;
    if (list.type != Json::Type::Array || list.items.empty())
        fail(list, context, u"must be a list of at least one schema"_s);
    for (const Json &item : list.items)
        nodes.push_back(schema(item, context));
    return nodes;
}

const Node *Compiler::reference(const QString &reference, const Json &at, const Context &context,
                                bool dynamic)
{
    const Result<Target> found = m_resources.resolve(reference, context.resource);
    if (!found) {
        fail(at, context, found.error().message);
        return nullptr;
    }
    Target target = *found;
    int scope = context.scope;
    if (dynamic && !target.anchor.isEmpty()) {
        const Scope &holding = m_scopes[std::size_t(scope)];
        if (const Json *outermost = holding.value(target.anchor)) {
            target.schema = outermost;
            target.resource = m_owners.value(outermost);
        }
    }
    if (target.resource != &context.resource)
        scope = enter(scope, *target.resource);
    return nodeOf(*target.schema, *target.resource, scope);
}

std::optional<Expression> Compiler::expression(const QString &source, const Json &at, const Context &context)
{
    if (source.size() > MaxPattern) {
        fail(at, context, u"is longer than the %1 characters a pattern may have"_s.arg(MaxPattern));
        return {};
    }
    const Result<Pattern> pattern = Pattern::compile(source);
    if (!pattern) {
        fail(at, context, u"\"%1\" %2"_s.arg(source.left(100), pattern.error().message));
        return {};
    }
    return Expression{.pattern = *pattern, .source = source};
}

void Compiler::fill(const Pending &pending)
{
    if (m_error)
        return;
    const auto &[json, resource, scope, node, depth] = pending;
    const Context context{*json, *resource, scope, depth, *node};
    if (json->type == Json::Type::Bool) {
        node->types = json->isTrue() ? types::Any : 0;
        return;
    }
    if (json->type != Json::Type::Object)
        fail(*json, context, u"must be a schema: an object, true or false"_s);
    else if (depth > MaxSchemaDepth)
        fail(*json, context, u"is nested too deeply; at most %1 levels"_s.arg(MaxSchemaDepth));
    else if (m_program->nodes.size() > MaxNodes)
        fail(*json, context, u"is too large: at most %1 schemas"_s.arg(MaxNodes));
    else
        readKeywords(context);
}

void Compiler::readKeywords(const Context &context)
{
    const Draft draft = context.resource.draft;
    const bool isReference = draft == Draft::Draft7 && context.schema.find("$ref");
    for (const auto &[name, value] : context.schema.members) {
        if (m_error)
            return;
        const Keyword *keyword = keywordOf(name, draft);
        const bool beside = isReference && name != "$ref" && name != "definitions" && name != "$defs";
        if (!keyword) {
            note(SchemaNote::UnknownKeyword, value, context, name);
        } else if (beside) {
            if (keyword->read && keyword->read != readDefault)
                note(SchemaNote::IgnoredBesideReference, value, context, name);
        } else if (keyword->read) {
            keyword->read(*this, value, context);
        }
    }
    checkTogether(context);
}

/** What only shows when all keywords of a schema are read. */
void Compiler::checkTogether(const Context &context)
{
    Node &node = context.node;
    if (!m_error)
        noteContradictions(*this, context);
    if (node.combined && node.combined->all.size() == 1 && context.schema.find("$ref")) {
        const bool alone = node.types == types::Any && !node.values && !node.constant && !node.string
            && !node.number && !node.array && !node.object && !node.attachment && node.combined->any.empty()
            && !node.combined->no && !node.combined->condition;
        if (alone) {
            node.only = node.combined->all.front();
            node.combined.reset();
        }
    }
}

} // namespace dialogue::schema
