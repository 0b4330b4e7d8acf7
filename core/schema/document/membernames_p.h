#pragma once

#include <QJsonObject>
#include <QString>

namespace dialogue::schema {

/**
 * Puts together, in the reduced \a schema that \a pointer leads to, what looks at the names of members:
 * patternProperties (and additionalProperties beside it), for valijson would match hostile names by
 * std::regex; and propertyNames, for which it takes the object's own schema when that was referred to.
 */
void separateMemberNames(const QString &pointer, QJsonObject &schema);

} // namespace dialogue::schema
