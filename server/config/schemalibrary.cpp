#include "server/config/schemalibrary.h"

#include "server/config/document.h"
#include "server/config/schemanotes.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

Error wrong(const QString &message) { return {.code = ErrorCode::ConfigError, .message = message}; }

QUrl urlOf(const QFileInfo &file) { return QUrl::fromLocalFile(file.absoluteFilePath()); }

/** A schema without a word: everything fits, or nothing. */
bool isWord(const Node &node)
{
    return node.kind == Node::Kind::Scalar && !node.quoted
        && (node.scalar == "true"_L1 || node.scalar == "false"_L1);
}

/** The schema in the file \a name. */
Result<Node> parseFile(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return wrong(u"%1: cannot be read: %2"_s.arg(name, file.errorString()));
    Issues issues(name);
    const std::optional<Node> node = parseDocument(file.read(MaxFileSize + 1), issues);
    if (issues.hasErrors())
        return wrong(issues.sorted().constFirst().text());
    if (!node || (node->kind != Node::Kind::Map && !isWord(*node)))
        return wrong(u"%1: must hold a JSON Schema, which is an object, true or false"_s.arg(name));
    return *node;
}

bool isFileName(const Node &node)
{
    return node.kind == Node::Kind::Scalar && !node.scalar.isEmpty() && !isWord(node);
}

} // namespace

SchemaLibrary::SchemaLibrary(Issues &issues, QHash<QString, QByteArray> &found)
    : m_issues(issues)
    , m_found(found)
    , m_base(urlOf(QFileInfo(issues.fileName())))
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
        } else if (isFileName(*schema)) {
            const QFileInfo file = fileOf(*schema);
            if (const Result<Node> parsed = parseFile(file.filePath()))
                know(*parsed, urlOf(file));
        }
    }
}

void SchemaLibrary::know(const Node &schema, const QUrl &base)
{
    const Node *id = schema.find(u"$id");
    if (id && id->kind == Node::Kind::Scalar)
        m_texts.insert(base.resolved(QUrl(id->scalar)).toString(QUrl::RemoveFragment), toJson(schema));
}

std::optional<Schema> SchemaLibrary::read(const Node &node, const QString &path)
{
    if (node.kind == Node::Kind::Map || isWord(node))
        return readInline(node, path);
    if (isFileName(node))
        return readFile(node, path);
    if (node.kind != Node::Kind::Null) {
        m_issues.error(
            node.position, path,
            u"must be a JSON Schema, or the name of a file that holds one, not %1"_s.arg(describe(node)));
    }
    return {};
}

std::optional<Schema> SchemaLibrary::readInline(const Node &node, const QString &path)
{
    const Result<Schema> schema = compile(node, m_base);
    if (!schema) {
        const QString &inner = schema.error().path;
        m_issues.error(locate(node, inner), inner.isEmpty() ? path : path + u'.' + inner,
                       schema.error().message);
        return {};
    }
    tellSchemaNotes(*schema, node, path, m_issues);
    return *schema;
}

std::optional<Schema> SchemaLibrary::readFile(const Node &node, const QString &path)
{
    const QFileInfo file = fileOf(node);
    if (const auto known = m_loaded.constFind(file.absoluteFilePath()); known != m_loaded.cend())
        return *known;
    const Result<Node> parsed = parseFile(file.filePath());
    if (!parsed) {
        m_issues.error(node.position, path, parsed.error().message);
        return {};
    }
    Issues inner(file.filePath());
    const Result<Schema> schema = compile(*parsed, urlOf(file));
    if (schema)
        tellSchemaNotes(*schema, *parsed, {}, inner);
    else
        inner.error(locate(*parsed, schema.error().path), schema.error().path, schema.error().message);
    QList<ConfigIssue> issues = inner.sorted();
    for (ConfigIssue &issue : issues) {
        const bool isError = issue.severity == ConfigIssue::Severity::Error;
        issue.severity = ConfigIssue::Severity::Error; // Whether it is one is said in front of it all.
        if (isError)
            m_issues.error(node.position, path, issue.text());
        else
            m_issues.warning(node.position, path, issue.text());
    }
    if (!schema)
        return {};
    m_loaded.insert(file.absoluteFilePath(), *schema);
    return *schema;
}

Result<Schema> SchemaLibrary::compile(const Node &node, const QUrl &base)
{
    const QByteArray text = toJson(node);
    // The same words refer to others elsewhere.
    const QByteArray key = base.toEncoded() + '\n' + text;
    if (const auto known = m_compiled.constFind(key); known != m_compiled.cend())
        return *known;
    m_unreadable.clear();
    Result<Schema> schema = Schema::fromText(
        text, {.uri = base.toString(), .load = [this](const QString &uri) { return find(uri); }});
    if (schema) {
        m_compiled.insert(key, *schema);
        return schema;
    }
    Error error = schema.error();
    if (!m_unreadable.isEmpty())
        error.message = m_unreadable;
    return error;
}

QFileInfo SchemaLibrary::fileOf(const Node &node) const
{
    return QFileInfo(QFileInfo(m_issues.fileName()).dir(), node.scalar);
}

SchemaPlace SchemaLibrary::placeOf(const Node &node) const
{
    if (isFileName(node))
        return {.uri = urlOf(fileOf(node)), .isWholeFile = true};
    return {.uri = m_base};
}

std::optional<QByteArray> SchemaLibrary::find(const QString &uri)
{
    std::optional<QByteArray> text = load(uri);
    if (text)
        m_found.insert(uri, *text);
    return text;
}

std::optional<QByteArray> SchemaLibrary::load(const QString &uri)
{
    if (const auto known = m_texts.constFind(uri); known != m_texts.cend())
        return *known;
    const QUrl url(uri);
    if (!url.isLocalFile())
        return {};
    const Result<Node> parsed = parseFile(url.toLocalFile());
    if (parsed)
        return toJson(*parsed);
    m_unreadable = parsed.error().message;
    return {};
}

} // namespace dialogue::config
