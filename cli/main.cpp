#include "cli/commands/command.h"

#include <QCoreApplication>

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dialogue"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIALOGUE_VERSION));
    return dialogue::cli::runCommandLine(QCoreApplication::arguments());
}
