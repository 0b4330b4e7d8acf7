#pragma once

#include "server/types/names.h"
#include "server/types/schemadocuments.h"

#include <QHash>
#include <QJsonObject>
#include <QList>

#include <utility>

namespace dialogue::types {

/**
 * Schemas in one document, each under a name, which refer to each other there. They are for readers of draft
 * 7, as those of AsyncAPI are: what that has no word for stays, and is passed over; nothing is asked for that
 * the schema does not ask.
 */
class SchemaBundle
{
public:
    /** \a place: of the schemas in the document: "#/components/schemas/". */
    SchemaBundle(const SchemaDocuments &documents, const QString &place)
        : m_documents(documents)
        , m_place(place)
    { }

    /** Takes \a schema, and what it refers to; returns what refers to it. \a name: unless it has one. */
    QJsonObject add(const PlacedSchema &schema, const QString &name);

    [[nodiscard]] const QJsonObject &schemas() const { return m_schemas; }

private:
    QString nameOf(const PlacedSchema &schema, const QString &wanted);
    QJsonObject referenceTo(const QString &name) const;
    QJsonValue rewritten(const PlacedSchema &schema);
    QJsonValue rewrittenPart(const PlacedSchema &part, const QString &keyword);
    QJsonObject rewrittenReference(const PlacedSchema &schema);

    const SchemaDocuments &m_documents;
    const QString m_place;
    Names m_names;
    QHash<QString, QString> m_known; ///< Names by document and pointer.
    QList<std::pair<QString, PlacedSchema>> m_waiting;
    QJsonObject m_schemas;
};

} // namespace dialogue::types
