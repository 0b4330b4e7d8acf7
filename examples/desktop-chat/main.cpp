#include "model/chatsession.h"
#include "ui/mainwindow.h"

#include <QApplication>
#include <QCommandLineParser>

using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QApplication::setApplicationName(u"desktop-chat"_s);
    QCommandLineParser parser;
    parser.setApplicationDescription(u"A chat with the rooms of a Dialogue server."_s);
    parser.addHelpOption();
    const QCommandLineOption url(u"url"_s, u"The server."_s, u"url"_s, u"http://127.0.0.1:3000"_s);
    const QCommandLineOption name(u"name"_s, u"What the others see. With it you are signed in at once."_s,
                                  u"name"_s);
    const QCommandLineOption room(u"room"_s, u"The room to begin in."_s, u"room"_s);
    parser.addOptions({url, name, room});
    parser.process(app);

    chat::MainWindow window;
    window.suggest(parser.value(url), qEnvironmentVariable("USER"));
    if (parser.isSet(name)) {
        window.signIn(QUrl::fromUserInput(parser.value(url)), parser.value(name));
        if (parser.isSet(room))
            window.session()->open(parser.value(room));
    }
    window.show();
    return QApplication::exec();
}
