#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonObject>

namespace dialogue {

/**
 * The object that \a text is. ParseError where it is anything else, nested deeper than 16, or has a member
 * twice anywhere: of two readers one would take the first, and the other the second (RFC 8725, section 2.6).
 */
[[nodiscard]] Result<QJsonObject> strictObject(const QByteArray &text);

} // namespace dialogue
