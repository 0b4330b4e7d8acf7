#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QByteArrayView>

namespace dialogue::json {

/**
 * Arrays and objects inside one another, at most, in what comes from a connection. Half of what QJsonDocument
 * reads, so that there is room for what we wrap around it (an envelope, a list of envelopes).
 */
inline constexpr int maxDepth = 512;

/**
 * Refuses what QJsonDocument lets pass although RFC 8259 forbids it: raw control characters and unknown
 * escapes in strings (section 7), numbers such as `1.` and `.5` (section 6), blanks in front; and nesting
 * deeper than \a depth. Not a parser: whatever passes must still be parsed by QJsonDocument.
 */
DIALOGUE_CORE_EXPORT Result<void> checkLexically(QByteArrayView json, int depth = maxDepth);

} // namespace dialogue::json
