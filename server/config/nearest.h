#pragma once

#include <QStringList>

namespace dialogue::config {

/** The one of \a words that \a word was most likely meant to be; empty when none is near: as many letters as
 * \a most are other ones, or, where that is negative, as is usual for a word of its length. */
QString nearest(const QString &word, const QStringList &words, int most = -1);

} // namespace dialogue::config
