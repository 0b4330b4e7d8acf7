#pragma once

#include "server/types/datatype.h"
#include "server/types/schemadocuments.h"

#include <QHash>

#include <utility>

namespace dialogue::types {

/** Reads schemas as types. What a reference leads to becomes a definition with a name, read once. */
class TypeReader
{
public:
    explicit TypeReader(const SchemaDocuments &documents)
        : m_documents(documents)
    { }

    /** The number of the definition that \a schema is; called \a name, unless it was referred to before. */
    qsizetype define(const PlacedSchema &schema, const QString &name);
    /** A definition of its own for it, besides the one that it has. */
    qsizetype alias(const PlacedSchema &schema, const QString &name);

    [[nodiscard]] const QList<Definition> &definitions() const { return m_definitions; }

private:
    using Kinds = unsigned;

    DataTypePtr read(const PlacedSchema &schema, Kinds kinds);
    DataTypePtr readShape(const PlacedSchema &schema, Kinds kinds, bool &isShaped);
    DataTypePtr readArray(const PlacedSchema &schema);
    DataTypePtr readObject(const PlacedSchema &schema);
    DataTypePtr readRest(const PlacedSchema &schema, bool &isClosed);
    DataTypePtr readReference(const PlacedSchema &schema, QStringList &unsaid);
    QList<DataTypePtr> readAll(const PlacedSchema &list, Kinds kinds);
    void readApplicators(const PlacedSchema &schema, Kinds kinds, QList<DataTypePtr> &parts);

    const SchemaDocuments &m_documents;
    QList<Definition> m_definitions;
    QHash<QString, qsizetype> m_known; ///< By document and pointer.
    bool m_isReading = false; ///< A definition, behind which others wait.
    QList<std::pair<qsizetype, PlacedSchema>> m_waiting;
};

} // namespace dialogue::types
