#pragma once

#include "core/base/export.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QLatin1StringView>

/** For numbers that are to stay what they are: QJsonValue holds those of a double, and whole ones of 64 bits.
 */
namespace dialogue::json {

/** Whether \a text may hold a number with more digits than a double tells apart. Digits in strings count,
 * too: nothing is lost by taking it for one. */
DIALOGUE_CORE_EXPORT bool hasLongNumbers(QByteArrayView text);

/** \a text, which must have passed check(), without the blanks between its values. */
DIALOGUE_CORE_EXPORT QByteArray compact(QByteArrayView text);

/** The value of the member \a key of \a object, a text that has passed check(); of several the last one, as
 * QJsonObject has it. Empty: there is none. */
DIALOGUE_CORE_EXPORT QByteArrayView memberText(QByteArrayView object, QLatin1StringView key);

} // namespace dialogue::json
