#pragma once

#include "server/api/operation.h"

#include <QJsonObject>

#include <vector>

namespace dialogue::api {

/** An event that a room declares, with the schema of its data. */
struct DeclaredEvent
{
    QString roomId;
    QString event;
    QString description;
    QJsonObject schema;
};

/** \a operations, which lie below \a path, as an OpenAPI 3.1.0 document; \a events: what may be triggered. */
[[nodiscard]] QJsonObject openApi(const QList<Operation> &operations, const QString &path,
                                  const std::vector<DeclaredEvent> &events);

} // namespace dialogue::api
