// Two kitchens, whose cooks talk and vote: what became of server.mjs, for the same clients.
//
//     migration [PORT]                           3000 when left out; 0: any free one
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>

#include <algorithm>

using namespace dialogue;
using namespace Qt::StringLiterals;

static Result<Identity> authenticate(const ConnectRequest &request)
{
    static const QHash<QString, QString> users{
        {u"ann's token"_s, u"ann"_s}, {u"bob's token"_s, u"bob"_s}, {u"eve's token"_s, u"eve"_s}};
    const auto user = users.constFind(request.auth.value("token"_L1).toString());
    if (user == users.constEnd())
        return Error{ErrorCode::Unauthorized, u"Who are you?"_s};
    return Identity{.userId = *user};
}

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList kitchens{u"upstairs"_s, u"downstairs"_s};
    ServerConfig config{.port = argc > 1 ? QByteArray(argv[1]).toUShort() : quint16(3000)};
    config.engine.pingInterval = std::chrono::seconds(20);
    config.engine.maxPayload = 100'000;
    config.cors.origins = {u"https://cooks.example.org"_s};
    for (const QString &kitchen : kitchens)
        config.rooms.append({.id = kitchen, .name = kitchen});
    Dialogue server(config, {.authenticate = &authenticate});
    server.http().get("/", [&](const HttpRequest &) {
        return HttpResponse::text(QByteArray::number(server.allClients().size()) + " cooks\n");
    });

    QObject::connect(&server, &Dialogue::clientConnected, &server, [&](ConnectedClient *cook) {
        cook->send(
            u"welcome"_s,
            QJsonObject{{u"user"_s, cook->userId()}, {u"kitchens"_s, QJsonArray::fromStringList(kitchens)}});
    });
    QObject::connect(
        &server, &Dialogue::clientDisconnected, &server, [&](ConnectedClient *cook, const QString &reason) {
            for (const QString &kitchen : cook->rooms())
                server.room(kitchen)->broadcast(
                    u"left"_s,
                    QJsonObject{{u"kitchen"_s, kitchen}, {u"user"_s, cook->userId()}, {u"reason"_s, reason}},
                    {.except = {cook}});
        });

    const auto on = [&](const QString &name, const RequestHandler &handler) {
        if (const auto added = server.onRequest(name, handler); !added)
            qFatal("%s", qPrintable(added.error().text()));
    };
    on(u"enter"_s, [&](const ClientRequest &asked) -> Answer<QJsonValue> {
        const QString kitchen = asked.data.toString();
        if (!kitchens.contains(kitchen))
            return QJsonObject{{u"error"_s, u"There is no such kitchen"_s}};
        if (const auto joined = asked.client->join(kitchen).result(); !joined)
            return joined.error();
        Room *const room = server.room(kitchen);
        room->broadcast(u"entered"_s, QJsonObject{{u"kitchen"_s, kitchen}, {u"user"_s, asked.userId}},
                        {.except = {asked.client}});
        QJsonArray cooks;
        for (const ConnectedClient *const cook : room->participants())
            cooks.append(cook->userId());
        return QJsonObject{{u"cooks"_s, cooks}};
    });
    on(u"say"_s, [&](const ClientRequest &asked) -> Answer<QJsonValue> {
        const QString kitchen = asked.data[u"kitchen"].toString();
        Room *const room = server.room(kitchen);
        if (!room || !room->contains(asked.client))
            return QJsonObject{{u"error"_s, u"You are not in that kitchen"_s}};
        room->broadcast(u"said"_s,
                        QJsonObject{{u"kitchen"_s, kitchen},
                                    {u"user"_s, asked.userId},
                                    {u"text"_s, asked.data[u"text"]}});
        return QJsonObject();
    });
    on(u"ask"_s, [&](const ClientRequest &asked) -> Answer<QJsonValue> {
        Room *const room = server.room(asked.data[u"kitchen"].toString());
        if (!room || !room->contains(asked.client))
            return QJsonObject{{u"error"_s, u"You are not in that kitchen"_s}};
        const auto answers = room->request(u"question"_s, asked.data[u"question"], std::chrono::seconds(5));
        return Answer(answers).transform([](const QList<ParticipantAnswer> &all) -> QJsonValue {
            const auto isYes
                = [](const ParticipantAnswer &each) { return each.answer && each.answer->at(0) == true; };
            return QJsonObject{{u"yes"_s, qint64(std::ranges::count_if(all, isYes))}};
        });
    });

    Namespace *const bell = *server.of(u"/bell"_s);
    const auto added = bell->onRequest(u"ring"_s, [bell](const SocketRequest &asked) -> Answer<QJsonValue> {
        bell->broadcast(u"rung"_s, asked.data);
        return bell->sockets().size();
    });
    const auto started = server.start();
    if (!added || !started)
        qFatal("%s", qPrintable((added ? started : added).error().text()));
    return app.exec();
}
