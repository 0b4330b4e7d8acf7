#include "core/schema/compile/resources.h"

#include "core/json/cursor.h"
#include "core/json/parsed.h"
#include "core/schema/compile/keywords.h"
#include "core/schema/compile/metaschemas.h"
#include "core/schema/run/place.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

Error wrong(const QString &message) { return {.code = ErrorCode::ConfigError, .message = message}; }

/** \a uri without a fragment, however empty. */
QString plain(QStringView uri)
{
    return uri.left(uri.indexOf(u'#') < 0 ? uri.size() : uri.indexOf(u'#')).toString();
}

QString resolved(const QString &base, const QString &reference)
{
    return reference.isEmpty() ? base : QUrl(base).resolved(QUrl(reference)).toString(QUrl::RemoveFragment);
}

bool isAnchor(QByteArrayView id) { return id.startsWith('#') && id.size() > 1; }

} // namespace

Error Resources::error(const Document &document, const Json &value, const QString &message)
{
    const QString path = placeOf(document.text, value.text.begin(), {}).path;
    if (document.uri.isEmpty())
        return {.code = ErrorCode::ConfigError, .message = message, .path = path};
    return wrong(u"%1: %2%3"_s.arg(document.uri, path.isEmpty() ? path : path + u": "_s, message));
}

Result<const Resource *> Resources::addMain(const QByteArray &text)
{
    return add(text, {}, m_source.uri.isEmpty() ? u"schema:/"_s : m_source.uri);
}

Result<const Resource *> Resources::add(const QByteArray &text, const QString &name, const QString &uri)
{
    Document &document = m_documents.emplace_back();
    document.text = text;
    document.uri = name;
    if (const Result<void> read = json::check(document.text); !read)
        return wrong(name.isEmpty() ? read.error().message : u"%1: %2"_s.arg(name, read.error().message));
    document.root = readTree(document.text);
    Resource &resource = m_resources.emplace_back();
    resource.document = &document;
    resource.root = &document.root;
    resource.uri = plain(uri);
    m_byUri.insert(resource.uri, &resource);
    m_byRoot.insert(&document.root, &resource);
    if (const Result<void> indexed = index(document.root, &resource); !indexed)
        return indexed.error();
    return &resource;
}

/** Of what draft \a resource is, which begins with \a schema. */
Result<void> Resources::nameDraft(const Json &schema, Resource &resource)
{
    const Json *value = schema.find("$schema");
    if (!value)
        return {};
    QString name = json::fromUtf8(value->string);
    if (name.endsWith(u'#'))
        name.chop(1);
    resource.draftIsNamed = true;
    if (name == "http://json-schema.org/draft-07/schema"_L1
        || name == "https://json-schema.org/draft-07/schema"_L1)
        resource.draft = Draft::Draft7;
    else if (name == "https://json-schema.org/draft/2020-12/schema"_L1
             || name == "http://json-schema.org/draft/2020-12/schema"_L1)
        resource.draft = Draft::Draft2020;
    else
        return error(*resource.document, *value,
                     u"must be \"https://json-schema.org/draft/2020-12/schema\" or "
                     "\"http://json-schema.org/draft-07/schema#\", the drafts that are known here"_s);
    return {};
}

/** The resource that \a schema is of: \a parent, or one of its own. */
Result<Resource *> Resources::identify(const Json &schema, Resource *parent)
{
    const bool isRoot = parent->root == &schema;
    if (isRoot) {
        if (const Result<void> named = nameDraft(schema, *parent); !named)
            return named.error();
    }
    const Json *id = schema.find("$id");
    if (!id || (parent->draft == Draft::Draft7 && schema.find("$ref")))
        return parent;
    if (id->type != Json::Type::String)
        return error(*parent->document, *id, u"must be a URI reference, as a string"_s);
    if (isAnchor(id->string)) { // As draft 7 has them.
        if (parent->draft == Draft::Draft7)
            parent->anchors.insert(id->string.mid(1), &schema);
        return parent;
    }
    Resource *resource = parent;
    if (!isRoot) {
        resource = &m_resources.emplace_back(Resource{.document = parent->document,
                                                      .root = &schema,
                                                      .draft = parent->draft,
                                                      .draftIsNamed = parent->draftIsNamed});
        if (const Result<void> named = nameDraft(schema, *resource); !named)
            return named.error();
    }
    resource->uri = resolved(parent->uri, plain(json::fromUtf8(id->string)));
    if (const Resource *known = m_byUri.value(resource->uri); known && known != resource)
        return error(*parent->document, *id, u"\"%1\" names another schema already"_s.arg(resource->uri));
    m_byUri.insert(resource->uri, resource);
    m_byRoot.insert(&schema, resource);
    return resource;
}

Result<void> Resources::index(const Json &schema, Resource *resource)
{
    if (schema.type != Json::Type::Object)
        return {};
    const Result<Resource *> own = identify(schema, resource);
    if (!own)
        return own.error();
    resource = *own;
    const bool isReference = resource->draft == Draft::Draft7 && schema.find("$ref");
    for (const auto &[name, value] : schema.members) {
        if (resource->draft == Draft::Draft2020 && value.type == Json::Type::String) {
            if (name == "$anchor" || name == "$dynamicAnchor")
                resource->anchors.insert(value.string, &schema);
            if (name == "$dynamicAnchor")
                resource->dynamicAnchors.insert(value.string, &schema);
        }
        const Keyword *keyword = keywordOf(name, resource->draft);
        if (!keyword || (isReference && name != "definitions" && name != "$defs"))
            continue;
        for (const Json *each : schemasIn(keyword->holds, value)) {
            if (const Result<void> done = index(*each, resource); !done)
                return done;
        }
    }
    return {};
}

Result<Target> Resources::resolve(const QString &reference, const Resource &from)
{
    const qsizetype hash = reference.indexOf(u'#');
    const QString uri = plain(reference);
    const QString fragment = hash < 0 ? QString() : reference.mid(hash + 1);
    const QString absolute = resolved(from.uri, uri);
    const Resource *resource = uri.isEmpty() ? &from : m_byUri.value(absolute);
    if (!resource) {
        std::optional<QByteArray> text = metaSchema(absolute);
        if (!text && m_source.load)
            text = m_source.load(absolute);
        if (!text)
            return wrong(
                u"\"%1\" is not known here: it must be in this document, such as \"#/$defs/name\", or in "
                "another one of the configuration, by its $id or its file's name; nothing is fetched"_s.arg(
                    reference.left(100)));
        const Result<const Resource *> added = add(*text, absolute, absolute);
        if (!added)
            return added.error();
        resource = *added;
    }
    return find(*resource, fragment, reference);
}

Result<Target> Resources::find(const Resource &resource, const QString &fragment, const QString &reference)
{
    // Decoded once: a name may hold what looks like another escape.
    const QByteArray decoded = QByteArray::fromPercentEncoding(fragment.toUtf8());
    Target target{.schema = resource.root, .resource = &resource};
    if (decoded.startsWith('/')) {
        target = follow(resource, decoded);
    } else if (!decoded.isEmpty()) {
        target.schema = resource.anchors.value(decoded);
        if (resource.dynamicAnchors.contains(decoded))
            target.anchor = decoded;
    }
    if (!target.schema
        || (target.schema->type != Json::Type::Object && target.schema->type != Json::Type::Bool))
        return wrong(u"\"%1\" is not a schema in this document"_s.arg(reference.left(100)));
    return target;
}

Target Resources::follow(const Resource &resource, const QByteArray &pointer) const
{
    Target target{.schema = resource.root, .resource = &resource};
    const QList<QByteArray> keys = pointer.mid(1).split('/');
    for (QByteArray key : keys) {
        key.replace("~1", "/").replace("~0", "~");
        if (target.schema->type == Json::Type::Array) {
            bool isIndex = false;
            const auto index = std::size_t(key.toUInt(&isIndex));
            if (!isIndex || index >= target.schema->items.size())
                return {};
            target.schema = &target.schema->items[index];
        } else {
            target.schema = target.schema->find(key);
        }
        if (!target.schema)
            return {};
        if (const Resource *own = startingAt(*target.schema))
            target.resource = own;
    }
    return target;
}

} // namespace dialogue::schema
