#pragma once

#include "core/base/export.h"

#include <QStringList>

namespace dialogue {

/**
 * The one of \a words that \a word was most likely meant to be; empty when none is near: as many letters as
 * \a most are other ones, or, where that is negative, as is usual for a word of its length.
 */
[[nodiscard]] DIALOGUE_CORE_EXPORT QString nearest(const QString &word, const QStringList &words,
                                                   int most = -1);

} // namespace dialogue
