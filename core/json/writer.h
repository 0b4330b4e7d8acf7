#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QJsonValue>
#include <QStringView>

/** Compact JSON straight into a buffer, for texts that are put together by hand. */
namespace dialogue::json {

/** \a text in quotes, as UTF-8; a lone surrogate, which UTF-8 has no form for, as its \\u escape (as
 * JSON.stringify). */
DIALOGUE_CORE_EXPORT void appendString(QByteArray &out, QStringView text);

/** Any value; undefined is written as null. */
DIALOGUE_CORE_EXPORT void appendValue(QByteArray &out, const QJsonValue &value);

} // namespace dialogue::json
