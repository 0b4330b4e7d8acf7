#pragma once

#include "core/base/export.h"

#include <QByteArrayView>

namespace dialogue {

/** Whether \a bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing beyond U+10FFFF.
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT bool isValidUtf8(QByteArrayView bytes);

} // namespace dialogue
