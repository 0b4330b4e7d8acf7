#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QString>

namespace dialogue::json {

/**
 * JSON and UTF-8 as Qt's types, with each U+FEFF that a text holds, and with 0 where a number is smaller than
 * any double (1e-400), as JavaScript has it. Qt's own functions take a U+FEFF in front of a string for a mark
 * of the byte order, and away; and such a number for a fault.
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT QJsonDocument parsed(const QByteArray &text,
                                                        QJsonParseError *error = nullptr);
[[nodiscard]] DIALOGUE_CORE_EXPORT QString fromUtf8(QByteArrayView utf8);

} // namespace dialogue::json
