#include "cli/commands/command.h"

#include <QCoreApplication>

#include <csignal>

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN); // whoever writes is told by the write itself
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dialogue"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIALOGUE_VERSION));
    return dialogue::cli::runCommandLine(QCoreApplication::arguments());
}
