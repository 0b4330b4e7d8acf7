#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

namespace dialogue::json {

/**
 * JSON and UTF-8 as Qt's types, with each U+FEFF that a text holds. Qt's own functions take one in front of a
 * string for a mark of the byte order, and away.
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT QJsonDocument parsed(const QByteArray &text,
                                                        QJsonParseError *error = nullptr);
[[nodiscard]] DIALOGUE_CORE_EXPORT QString fromUtf8(QByteArrayView utf8);

} // namespace dialogue::json
