// A server whose hook and whose answer to a request are coroutines, by QCoro: they ask another service, and
// ask it again where it is busy, line by line as if they waited, and nobody else waits.
//
//     coroutines http://127.0.0.1:8080 [PORT]    3000 when left out; 0: any free one
//     dialogue tail lobby --token ann            GET /rooms/lobby/members/ann of the service: 200 or 404
//     dialogue request profile '"ann"'           GET /users/ann: {"name", "team"}, GET /teams/TEAM: {"name"}
#include "members.h"
#include "tofuture.h"

#include <dialogue/server/dialogue.h>

#include <QCoreApplication>

using namespace dialogue;
using namespace Qt::StringLiterals;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    if (argc < 2) {
        qCritical("usage: coroutines URL [PORT]");
        return 2;
    }
    Members members(QUrl(QString::fromLocal8Bit(argv[1])));

    Hooks hooks;
    hooks.beforeJoinLater
        = [&](const ClientSnapshot &client, const QString &roomId, const std::stop_token &stop) {
              return toFuture(members.mayEnter(client.userId, roomId, stop));
          };
    const auto message
        = defineEvent(u"message"_s, Schema::object({{"text", Schema::string().min(1).max(500)}}));
    const RoomConfig lobby{
        .id = u"lobby"_s, .name = u"Lobby"_s, .events = {message}, .defaultSubscriptions = {u"*"_s}};
    const quint16 port = argc > 2 ? QByteArray(argv[2]).toUShort() : 3000;
    Dialogue server({.port = port, .rooms = {lobby}}, hooks);
    const auto added
        = server.onRequest(u"profile"_s, [&](const ClientRequest &request) -> Answer<QJsonValue> {
              return toFuture(members.profile(request.data.toString(), request.stop));
          });
    const auto started = server.start();
    if (!added || !started)
        qFatal("%s", qPrintable((added ? started : added).error().text()));
    return app.exec();
}
