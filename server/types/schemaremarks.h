#pragma once

#include <QJsonValue>
#include <QString>
#include <QStringList>

namespace dialogue::types {

/** What \a schema asks for that no type says: "minLength 1". */
[[nodiscard]] QStringList unsaidIn(const QJsonValue &schema);

/** What it says to people of itself. */
[[nodiscard]] QString aboutOf(const QJsonValue &schema);

} // namespace dialogue::types
