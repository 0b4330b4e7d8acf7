#pragma once

#include <QStringList>

namespace dialogue {

/** The whole of the binary dialogue-server, within a QCoreApplication: parses \a words, runs, returns. The
 * first word is the program. */
int runServerCommand(const QStringList &words);

} // namespace dialogue
