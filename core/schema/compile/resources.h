#pragma once

#include "core/base/result.h"
#include "core/schema/compile/tree.h"
#include "core/schema/schema.h"

#include <QHash>
#include <QMap>
#include <QString>

#include <deque>

namespace dialogue::schema {

enum class Draft { Draft7 = 1, Draft2020 = 2 };

/** A text that schemas stand in. */
struct Document
{
    QByteArray text;
    Json root;
    QString uri; ///< As it was asked for; empty: the one that is compiled.
};

/** A schema with an identifier of its own, and what can be found in it by name. */
struct Resource
{
    const Document *document = nullptr;
    const Json *root = nullptr;
    QString uri = {}; ///< Absolute, without a fragment.
    Draft draft = Draft::Draft2020;
    bool draftIsNamed = false; ///< By $schema.
    QHash<QByteArray, const Json *> anchors = {};
    QMap<QByteArray, const Json *> dynamicAnchors = {};
};

/** What a reference leads to. */
struct Target
{
    const Json *schema = nullptr;
    const Resource *resource = nullptr;
    QByteArray anchor = {}; ///< By which it was found, where that is a dynamic one.
};

/** Documents, and all that has a name in them. */
class Resources
{
public:
    explicit Resources(const SchemaSource &source)
        : m_source(source)
    { }

    /** \a text is the document that is compiled. */
    Result<const Resource *> addMain(const QByteArray &text);

    /** What \a reference leads to, as written in \a from. The Error has no path. */
    Result<Target> resolve(const QString &reference, const Resource &from);

    /** The resource that begins with \a schema, or null. */
    [[nodiscard]] const Resource *startingAt(const Json &schema) const { return m_byRoot.value(&schema); }

    /** That \a message is so of \a value, which stands in \a document. */
    static Error error(const Document &document, const Json &value, const QString &message);

private:
    /** \a name is empty for the one that is compiled. */
    Result<const Resource *> add(const QByteArray &text, const QString &name, const QString &uri);
    Result<void> index(const Json &schema, Resource *resource);
    Result<Resource *> identify(const Json &schema, Resource *parent);
    Result<void> nameDraft(const Json &schema, Resource &resource);
    Result<Target> find(const Resource &resource, const QString &fragment, const QString &reference);
    Target follow(const Resource &resource, const QByteArray &pointer) const;

    const SchemaSource m_source;
    std::deque<Document> m_documents;
    std::deque<Resource> m_resources;
    QHash<QString, const Resource *> m_byUri;
    QHash<const Json *, const Resource *> m_byRoot;
};

} // namespace dialogue::schema
