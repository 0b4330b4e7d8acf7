#pragma once

#include <QStringList>

namespace dialogue {

/** What the process answers its caller with. */
enum ExitCode { ExitOk = 0, ExitFailed = 1, ExitUsage = 2 };

/** The whole of the binary dialogue-server, within a QCoreApplication: parses \a arguments, runs, returns. */
int runServerCommand(const QStringList &arguments);

} // namespace dialogue
