#pragma once

#include "server/api/parameter.h"

#include <QJsonObject>

namespace dialogue::api {

/** \a info as a JSON Schema, draft 2020-12. */
[[nodiscard]] QJsonObject schemaOf(const ParameterInfo &info);
/** Of an object with these \a members. */
[[nodiscard]] QJsonObject objectSchemaOf(const QList<ParameterInfo> &members);

/** To one of componentSchemas(). */
[[nodiscard]] QJsonObject referenceTo(const QString &name);
/** Of all that operations answer, and take in lists, by name. */
[[nodiscard]] QJsonObject componentSchemas();

} // namespace dialogue::api
