#include "server/app/commands.h"
#include "server/eventdispatcher.h"

#include <QAbstractEventDispatcher>
#include <QCoreApplication>

int main(int argc, char **argv)
{
    // Before the application, which would make Qt's own: poll() over every socket at every turn.
    QCoreApplication::setEventDispatcher(dialogue::createEventDispatcher());
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dialogue-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DIALOGUE_VERSION));
    return dialogue::runServerCommand(QCoreApplication::arguments());
}
