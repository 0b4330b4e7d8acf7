#include "model/chatsession.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    int programAlone = 1; // on X11 Qt would take --name for one of its own
    const QApplication app(programAlone, argv);
    QApplication::setApplicationName(u"desktop-chat"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A chat with the rooms of a Dialogue server."_s);
    parser.addHelpOption();
    const QCommandLineOption url(u"url"_s, u"The server."_s, u"url"_s, u"http://127.0.0.1:3000"_s);
    const QCommandLineOption name(u"name"_s, u"What the others see. With it you are signed in at once."_s,
                                  u"name"_s);
    const QCommandLineOption room(u"room"_s, u"The room to begin in."_s, u"room"_s);
    parser.addOptions({url, name, room});
    parser.process(arguments);

    chat::MainWindow window;
    const bool named = parser.isSet(name);
    window.suggest(parser.value(url), named ? parser.value(name) : qEnvironmentVariable("USER"));
    if (named)
        window.signInAsSuggested();
    if (window.session() && parser.isSet(room))
        window.session()->open(parser.value(room));
    window.show();
    return QApplication::exec();
}
