// A server that keeps all that is said in an SQLite database. Its thread writes it down, and reads what
// memory holds no more when a client asks for it: Hooks::onLoadLater.
//
//     archive FILE [PORT]                        3000 when left out; 0: any free one
//     dialogue trigger lobby message '{"text": "hello"}'
#include "messagearchive.h"

#include <QCoreApplication>

using namespace dialogue;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        qCritical("usage: archive FILE [PORT]");
        return 2;
    }
    MessageArchive archive(QString::fromLocal8Bit(argv[1]));

    const auto message
        = defineEvent(u"message"_s, Schema::object({{"text", Schema::string().min(1).max(500)}}),
                      {.enabled = true, .limit = 3}); // In memory.
    const RoomConfig lobby{
        .id = u"lobby"_s, .name = u"Lobby"_s, .events = {message}, .defaultSubscriptions = {u"*"_s}};
    const quint16 port = argc > 2 ? QByteArray(argv[2]).toUShort() : 3000;

    Dialogue *running = nullptr;
    const auto epochOf = [&running](const QString &roomId) {
        const Room *const room = running->room(roomId);
        return room ? room->epoch() : QByteArray();
    };
    Hooks hooks;
    hooks.onLoadLater
        = [&](const QString &roomId, const QString &event, HistoryRange range, const std::stop_token &) {
              return archive.load(roomId, event, range, epochOf(roomId));
          };
    Dialogue server({.port = port, .rooms = {lobby}}, hooks);
    running = &server;
    QObject::connect(&server, &Dialogue::eventTriggered, &server,
                     [&](const EventMessage &event) { archive.append(event, epochOf(event.roomId)); });
    if (const auto started = server.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));
    return app.exec();
}
