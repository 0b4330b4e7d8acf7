#pragma once

#include "core/schema/explain/violation_p.h"

#include <QJsonObject>

namespace dialogue::schema {

// What data breaks of a schema's assertions: the keywords that judge a value without applying another schema.

Found wrongType(const QJsonValue &type, const QJsonValue &data, const QString &path);

/** By enum or const. */
Found wrongValue(const QJsonObject &schema, const QJsonValue &data, const QString &path);

/** By the bounds "min" and "max" of \a what: Length, Items or Properties. */
Found wrongCount(const QJsonObject &schema, const QString &what, qint64 count, const QString &one,
                 const QString &many, const QString &path);

Found wrongString(const QJsonObject &schema, const QString &text, const QString &path);
Found wrongNumber(const QJsonObject &schema, double number, const QString &path);

} // namespace dialogue::schema
