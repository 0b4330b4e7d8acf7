// A server inside a program of one's own: typed events, a hook that decides, an HTTP route beside them.
//
//     embedded-server [PORT]                     3000 when left out; 0: any free one
//     dialogue tail greenhouse                   in a second terminal, the rest in a third
//     dialogue trigger greenhouse reading '{"sensor": "south", "celsius": 31.5}'
//     dialogue trigger greenhouse target '{"celsius": 12}'              the hook says no
//     curl -X POST http://127.0.0.1:3000/target/21.5
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>
#include <QDebug>

using namespace dialogue;
using namespace Qt::StringLiterals;

struct Reading
{
    Q_GADGET
    Q_PROPERTY(QString sensor MEMBER sensor)
    Q_PROPERTY(double celsius MEMBER celsius)
public:
    QString sensor;
    double celsius = 0;
};

struct Target
{
    Q_GADGET
    Q_PROPERTY(double celsius MEMBER celsius)
public:
    double celsius = 0;
};

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const auto reading = defineEvent<Reading>("reading");
    const auto target
        = defineEvent<Target>("target", Schema::object({{"celsius", Schema::number().min(5).max(35)}}));

    Hooks hooks;
    hooks.beforeEach = [&](EventMessage &event, const Room &, ConnectedClient *sender) -> Result<void> {
        if (sender && event.event == target.name()) // there is no sender when the server itself triggers
            return Error{ErrorCode::PermissionDenied, u"the target is set over HTTP alone"_s};
        return {};
    };

    const quint16 port = argc > 1 ? QByteArray(argv[1]).toUShort() : 3000;
    const RoomConfig room{.id = u"greenhouse"_s, .name = u"Greenhouse"_s, .events = {reading, target}};
    Dialogue server({.port = port, .rooms = {room}}, hooks);
    const auto set = [&](const HttpRequest &request, const HttpResponder &responder) {
        const double celsius = request.parameter("celsius").toDouble();
        const auto sent = server.trigger(room.id, target, Target{.celsius = celsius});
        sent.then(&server, [responder](const Result<EventMessage> &event) {
            responder.respond(event ? HttpResponse::text("set\n")
                                    : HttpResponse::text(event.error().text().toUtf8() + '\n', 400));
        });
    };
    server.http().routeAsync("POST", "/target/:celsius", set);

    if (const auto started = server.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));
    server.room(room.id)->on(reading, &app, [](const TypedMessage<Reading> &message) {
        if (message.data.celsius > 30)
            qWarning() << message.data.sensor << "is too warm:" << message.data.celsius;
    });
    return app.exec();
}

#include "main.moc"
