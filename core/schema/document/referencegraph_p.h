#pragma once

#include "core/base/result.h"
#include "core/schema/document/place_p.h"

#include <QHash>
#include <QStringList>

namespace dialogue::schema {

/**
 * Which schemas of a document apply which others to the very same value, by reference, allOf, not and the
 * like: where that leads in a circle, a validation would have no end. Schemas are named by their pointers.
 */
class ReferenceGraph
{
public:
    void addSchema(const QString &schema) { m_sameValue.insert(schema, {}); }

    /** \a schema applies \a target to the value that it is applied to itself. */
    void addSameValue(const QString &schema, const QString &target) { m_sameValue[schema].append(target); }

    /** The same by the reference at \a reference, whose \a target may yet turn out not to be there. */
    void addReference(const QString &schema, const QString &target, const Place &reference);

    /** When all is added: whether each reference leads to a schema, and none leads too far. */
    Result<void> check();

private:
    int hopsFrom(const QString &schema, int hops);

    QHash<QString, QStringList> m_sameValue;
    QHash<QString, Place> m_references; // by what they refer to
    QHash<QString, int> m_hops; // schema -> longest way on without a step into the value
};

} // namespace dialogue::schema
