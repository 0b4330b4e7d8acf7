#include "client/export.h"
#include "core/base/error.h"
#include "server/export.h"

#include <dialogue/client/dialogueclient.h>
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>

#include <cstdio>

// A program of somebody else's: declares a room, starts, triggers, reads the history back, and joins as a
// client.
int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    static_assert(OwnError == 1 && OwnServer == 1 && OwnClient == 1);

    const auto message = dialogue::defineEvent(
        QStringLiteral("message"), dialogue::Schema::object({{"text", dialogue::Schema::string().min(1)}}),
        {.enabled = true, .limit = 10});
    dialogue::ServerConfig config;
    config.port = 0;
    config.rooms = {{.id = QStringLiteral("chat"), .name = QStringLiteral("Chat"), .events = {message}}};
    dialogue::Dialogue server(config);

    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "start: %s\n", qPrintable(started.error().text()));
        return 1;
    }
    const auto sent = server
                          .trigger(QStringLiteral("chat"), QStringLiteral("message"),
                                   QJsonObject{{QStringLiteral("text"), QStringLiteral("hello")}})
                          .result();
    if (!sent || sent->offset != 1)
        return 2;
    if (server.trigger(QStringLiteral("chat"), QStringLiteral("message"), QJsonObject()).result())
        return 3; // The schema asks for a text.
    const auto history = server.room(QStringLiteral("chat"))->history().result();
    if (!history || history->size() != 1)
        return 4;

    dialogue::DialogueClient client({.url = server.url()});
    client.connectToServer();
    client.join(QStringLiteral("chat")).then(&app, [](const dialogue::Result<dialogue::RoomContext *> &room) {
        QCoreApplication::exit(room ? 0 : 5);
    });
    return QCoreApplication::exec();
}
