#include "server/app/commands.h"
#include "server/eventdispatcher.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

#include <csignal>

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN); // whoever writes is told by the write itself
    // Before the application, which would make Qt's own: poll() over every socket at every turn.
    if (QAbstractEventDispatcher *ours = dialogue::createEventDispatcher())
        QCoreApplication::setEventDispatcher(ours);
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dialogue-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIALOGUE_VERSION));
    return dialogue::runServerCommand(QCoreApplication::arguments());
}
