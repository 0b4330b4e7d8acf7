#pragma once

#include <QByteArray>
#include <QString>

namespace dialogue {

/** The token that stands at \a word; "-": on the standard input, where the list of processes does not show
 * it. */
[[nodiscard]] QByteArray tokenOf(const QString &word);

} // namespace dialogue
