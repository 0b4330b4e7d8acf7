#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonValue>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <optional>

namespace dialogue::types {

/** A schema, and where it stands: what the references in it are relative to. */
struct PlacedSchema
{
    QJsonValue schema = {};
    QString document = {}; ///< In which it stands: its key.
    QString pointer = {}; ///< Where in it: "/$defs/address"; empty: it is all of it.
    QUrl base = {};
    bool isDraft7 = false;

    /** What stands below it at \a step, the name of a member or the number of an item. */
    [[nodiscard]] PlacedSchema at(const QString &step) const;

    /** What people call it: the last word of its place, "address", or the name of its file. */
    [[nodiscard]] QString title() const;
};

/** The documents that the schemas of a configuration stand in, and what their references lead to. */
class SchemaDocuments
{
public:
    /** \a texts: what references lead to besides the schemas of events, by URI. */
    explicit SchemaDocuments(const QHash<QString, QByteArray> &texts);

    /** A schema that is a part of what has that URI. */
    PlacedSchema addPart(const QJsonValue &schema, const QUrl &uri);
    /** One that is all of it; the same again is there once. */
    PlacedSchema addWhole(const QJsonValue &schema, const QUrl &uri);

    /** Where \a reference, of \a from, leads to; nothing: to what is not known here. */
    [[nodiscard]] std::optional<PlacedSchema> find(const QString &reference, const PlacedSchema &from) const;

private:
    PlacedSchema add(const QString &key, const QJsonValue &schema, const QUrl &uri);
    void index(const PlacedSchema &place);
    void indexBelow(const PlacedSchema &place);

    QHash<QString, PlacedSchema> m_documents; ///< By key.
    QHash<QString, PlacedSchema> m_resources; ///< By the key of the document and the URI.
    QHash<QString, PlacedSchema> m_anchors; ///< By these and the anchor.
    QHash<QString, QString> m_keys; ///< Of those that have a URI of their own.
};

/** Whether the value of that keyword is a schema, or a list of schemas. */
[[nodiscard]] bool holdsSchema(const QString &keyword);
/** Whether it has a schema for each name. */
[[nodiscard]] bool holdsNamedSchemas(const QString &keyword);

} // namespace dialogue::types
