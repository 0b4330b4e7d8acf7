#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace dialogue::schema {

/**
 * A schema document that was checked, reduced to the keywords that validate; what the validator checks by
 * rules of our own has a name of our own, "dialogue:...". It stands under "root", which its references begin
 * with, too.
 */
struct Document
{
    QJsonObject root;
    bool walksData = false; ///< Recursion depends on the depth of the data, not of the schema alone.
};

/**
 * Checks \a document by the rules of JSON Schema draft 7 and names the place of the first mistake.
 *
 * Refused besides what the draft refuses: references that leave the document (nothing is fetched), references
 * that lead to themselves, and nesting deeper than 64.
 */
Result<Document> checkDocument(const QJsonObject &document);

} // namespace dialogue::schema
