#pragma once

#include <QStringList>

namespace dialogue::config {

/** The one of \a words that \a word was most likely meant to be; empty when none is near. */
QString nearest(const QString &word, const QStringList &words);

} // namespace dialogue::config
