#pragma once

#include "core/schema/explain/violation_p.h"

#include <QJsonObject>

namespace dialogue::schema {

/**
 * Finds the rule of \a document that \a data breaks; runs only after the validator has said no.
 *
 * \a root is the path of the data itself. Nothing when no broken rule is found.
 */
Found explain(const QJsonObject &document, const QJsonValue &data, const QString &root);

} // namespace dialogue::schema
