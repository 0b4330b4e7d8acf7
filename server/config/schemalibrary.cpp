#include "server/config/schemalibrary.h"

#include "core/json/jsondata.h"
#include "server/config/document.h"
#include "server/config/nearest.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

Error wrong(const QString &message) { return {.code = ErrorCode::ConfigError, .message = message}; }

QByteArray textOf(const Node &node) { return JsonData(toJson(node)).text(); }

} // namespace

SchemaLibrary::SchemaLibrary(Issues &issues)
    : m_issues(issues)
    , m_base(QUrl::fromLocalFile(QFileInfo(issues.fileName()).absoluteFilePath()))
{ }

void SchemaLibrary::collect(const Node &rooms)
{
    for (const Member &room : rooms.members)
        collectRoom(room.value);
    for (const Node &room : rooms.items)
        collectRoom(room);
}

void SchemaLibrary::collectRoom(const Node &room)
{
    const Node *events = room.find(u"events");
    if (!events)
        return;
    for (const Node &event : events->items) {
        const Node *schema = event.find(u"schema");
        if (!schema)
            continue;
        if (schema->kind == Node::Kind::Map) {
            know(*schema, m_base);
        } else if (schema->kind == Node::Kind::Scalar && !schema->scalar.isEmpty()) {
            const QUrl file = m_base.resolved(QUrl::fromLocalFile(schema->scalar));
            if (const Result<Node> parsed = parseFile(file))
                know(*parsed, file);
        }
    }
}

void SchemaLibrary::know(const Node &schema, const QUrl &base)
{
    const Node *id = schema.find(u"$id");
    if (id && id->kind == Node::Kind::Scalar)
        m_texts.insert(base.resolved(QUrl(id->scalar)).toString(QUrl::RemoveFragment), textOf(schema));
}

std::optional<Schema> SchemaLibrary::read(const Node &node, const QString &path)
{
    if (node.kind == Node::Kind::Map)
        return readInline(node, path);
    if (node.kind == Node::Kind::Scalar && !node.scalar.isEmpty())
        return readFile(node, path);
    if (node.kind != Node::Kind::Null)
        m_issues.error(
            node.position, path,
            u"must be a JSON Schema, or the name of a file that holds one, not %1"_s.arg(describe(node)));
    return {};
}

std::optional<Schema> SchemaLibrary::readInline(const Node &node, const QString &path)
{
    const Result<Schema> schema = compile(node, m_base);
    if (!schema) {
        const QString &inner = schema.error().path;
        m_issues.error(locate(node, inner), inner.isEmpty() ? path : path + u'.' + inner, schema.error().message);
        return {};
    }
    tellNotes(*schema, node, path);
    return *schema;
}

std::optional<Schema> SchemaLibrary::readFile(const Node &node, const QString &path)
{
    const QUrl file = m_base.resolved(QUrl::fromLocalFile(node.scalar));
    const QString name = file.toLocalFile();
    if (const auto known = m_loaded.constFind(name); known != m_loaded.cend())
        return *known;
    const Result<Node> parsed = parseFile(file);
    if (!parsed) {
        m_issues.error(node.position, path, parsed.error().message);
        return {};
    }
    Issues inner(name);
    const Result<Schema> schema = compile(*parsed, file);
    if (!schema)
        inner.error(locate(*parsed, schema.error().path), schema.error().path, schema.error().message);
    else
        SchemaLibrary(inner).tellNotes(*schema, *parsed, {});
    for (const ConfigIssue &issue : inner.sorted()) {
        if (issue.severity == ConfigIssue::Severity::Error)
            m_issues.error(node.position, path, issue.text());
        else
            m_issues.warning(node.position, path, issue.text());
    }
    if (!schema)
        return {};
    m_loaded.insert(name, *schema);
    return *schema;
}

Result<Schema> SchemaLibrary::compile(const Node &node, const QUrl &base)
{
    const QByteArray text = textOf(node);
    if (const auto known = m_compiled.constFind(text); known != m_compiled.cend())
        return *known;
    Result<Schema> schema = Schema::fromText(
        text, {.uri = base.toString(), .load = [this](const QString &uri) { return find(uri); }});
    if (schema)
        m_compiled.insert(text, *schema);
    return schema;
}

Result<Node> SchemaLibrary::parseFile(const QUrl &url) const
{
    const QString name = url.toLocalFile();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(u"%1: cannot be read: %2"_s.arg(name, file.errorString()));
    Issues issues(name);
    const std::optional<Node> node = parseDocument(file.read(kMaxFileSize + 1), issues);
    if (issues.hasErrors())
        return wrong(issues.sorted().constFirst().text());
    if (!node || node->kind != Node::Kind::Map)
        return wrong(u"%1: must hold a JSON Schema, which is an object"_s.arg(name));
    return *node;
}

std::optional<QByteArray> SchemaLibrary::find(const QString &uri) const
{
    if (const auto known = m_texts.constFind(uri); known != m_texts.cend())
        return *known;
    const QUrl url(uri);
    if (!url.isLocalFile())
        return {};
    const Result<Node> parsed = parseFile(url);
    return parsed ? std::optional(textOf(*parsed)) : std::nullopt;
}

void SchemaLibrary::tellNotes(const Schema &schema, const Node &node, const QString &path)
{
    const QList<SchemaNote> notes = schema.notes();
    for (const SchemaNote &note : notes) {
        const Position position = locate(node, note.path);
        const QString here = path.isEmpty() ? note.path : path + u'.' + note.path;
        const QString name = visible(note.name);
        if (note.kind == SchemaNote::UnknownFormat) {
            m_issues.warning(position, here, u"\"%1\" is no format that is known here; it is not checked"_s.arg(name));
        } else if (note.kind == SchemaNote::IgnoredBesideReference) {
            m_issues.warning(position, here, u"has no effect beside $ref in draft 7; put both into an allOf"_s);
        } else if (!note.name.startsWith("x-"_L1)) {
            const QString meant = nearest(note.name, Schema::keywords());
            if (meant.isEmpty())
                m_issues.warning(position, here,
                                 u"is no keyword of JSON Schema, and has no effect; what begins with x- is not "
                                 "asked about"_s);
            else
                m_issues.error(position, here,
                               u"is no keyword of the schema's draft; did you mean %1?"_s.arg(meant));
        }
    }
}

} // namespace dialogue::config
