#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace dialogue::schema {

/** A schema document that was checked, reduced to the keywords that validate. */
struct Document
{
    QJsonObject root;
    bool walksData = false; ///< Recursion depends on the depth of the data, not of the schema alone.
    bool matchesNames = false; ///< Holds patternProperties.
};

/** Depth of nested data up to which a schema that walks it is applied; the rest is refused. */
constexpr int kMaxDataDepth = 128;

/** Characters of a member's name where a schema matches names against patterns. */
constexpr int kMaxMatchedName = 128;

/**
 * Checks \a document by the rules of JSON Schema draft 7 and names the place of the first mistake.
 *
 * Refused besides what the draft refuses: references that leave the document (nothing is fetched), references
 * that lead to themselves, and nesting deeper than 64.
 */
Result<Document> checkDocument(const QJsonObject &document);

/** The value a local reference (`#`, `#/definitions/name`) points to, or undefined. */
QJsonValue resolveReference(const QJsonObject &root, const QString &reference);

} // namespace dialogue::schema
