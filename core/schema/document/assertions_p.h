#pragma once

#include "core/base/result.h"
#include "core/schema/document/place_p.h"

#include <QJsonObject>

namespace dialogue::schema {

// Assertions: the keywords that judge a value without applying another schema.

/**
 * Checks the assertions of the schema \a from and writes them \a to the reduced copy; those that valijson
 * would check wrongly, or not at all, under a name of our own.
 */
Result<void> readAssertions(const QJsonObject &from, const Place &place, QJsonObject &to);

/** Whether \a pattern, of pattern or patternProperties, can be matched, and at what cost. */
Result<void> checkPattern(const QString &pattern, const Place &place);

/** Whether \a value lists names of members, as required and dependencies do. */
bool isNameList(const QJsonValue &value);

} // namespace dialogue::schema
