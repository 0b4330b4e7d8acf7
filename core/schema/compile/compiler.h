#pragma once

#include "core/base/result.h"
#include "core/schema/compile/keywords.h"
#include "core/schema/compile/resources.h"
#include "core/schema/program.h"
#include "core/schema/schema.h"

#include <QHash>
#include <QMap>

#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace dialogue::schema {

/** Rules of a kind that few nodes have: made where a keyword asks for them. */
template <class Rules>
Rules &in(std::unique_ptr<Rules> &rules)
{
    if (!rules)
        rules = std::make_unique<Rules>();
    return *rules;
}

struct Compiled
{
    std::shared_ptr<const Program> program;
    QList<SchemaNote> notes;
};

/** Compiles \a text, which is JSON; the Error's path says where in it something is wrong. */
Result<Compiled> compile(const QByteArray &text, const SchemaSource &source);

/** What a keyword's reader has to know of the schema it stands in. */
struct Context
{
    const Json &schema;
    const Resource &resource;
    int scope; ///< Dynamic: which dynamic anchors hold.
    int depth;
    Node &node;
};

/**
 * Makes a program of a document. Dynamic references are resolved here: a schema becomes one node for each
 * dynamic scope that it is reached in, so that nothing is left to find out at run time.
 */
class Compiler
{
public:
    explicit Compiler(const SchemaSource &source)
        : m_resources(source)
    { }

    Result<Compiled> compile(const QByteArray &text);

    // For the readers of keywords
    const Node *schema(const Json &json, const Context &context);
    std::vector<const Node *> schemas(const Json &list, const Context &context);
    const Node *reference(const QString &reference, const Json &at, const Context &context, bool dynamic);
    std::optional<Expression> expression(const QString &source, const Json &at, const Context &context);
    void fail(const Json &at, const Context &context, const QString &message);
    void note(SchemaNote::Kind kind, const Json &at, const Context &context, const QByteArray &name);

private:
    struct Pending
    {
        const Json *json;
        const Resource *resource;
        int scope;
        Node *node;
        int depth;
    };
    using Scope = QMap<QByteArray, const Json *>;

    Node *nodeOf(const Json &json, const Resource &resource, int scope);
    int enter(int scope, const Resource &resource);
    void fill(const Pending &pending);
    void readKeywords(const Context &context);
    void checkTogether(const Context &context);

    Resources m_resources;
    std::shared_ptr<Program> m_program = std::make_shared<Program>();
    std::map<std::pair<const Json *, int>, Node *> m_nodes;
    QHash<const Node *, std::pair<const Json *, const Resource *>> m_sources;
    std::vector<Pending> m_pending; ///< Referred to, and not yet read.
    std::vector<Scope> m_scopes{Scope()};
    QHash<const Json *, const Resource *> m_owners; ///< Of schemas with dynamic anchors.
    QList<SchemaNote> m_notes;
    std::optional<Error> m_error;
};

} // namespace dialogue::schema
