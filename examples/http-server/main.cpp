// Rooms inside an application that has a QHttpServer: one port, its routes as before, and a WebSocket for
// clients.
//
//     http-server [PORT]                         3000 when left out; 0: any free one
//     dialogue tail chat                         in a second terminal, the rest in a third
//     curl http://127.0.0.1:3000/rooms/chat
//     curl -X POST http://127.0.0.1:3000/rooms/chat/Hello
//
// Socket.IO clients in JavaScript: io("http://127.0.0.1:3000", { transports: ["websocket"] })
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>
#include <QHttpServer>
#include <QHttpServerResponder>
#include <QHttpServerResponse>
#include <QTcpServer>
#include <QTextStream>
#include <QWebSocket>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Takes in those that asked for Socket.IO's path; others are not the rooms' clients. */
static void takeIn(std::unique_ptr<QWebSocket> socket, Dialogue &rooms)
{
    if (socket->requestUrl().path() != u"/socket.io/"_s)
        return; // Closed with it.
    if (const auto accepted = rooms.accept(socket.release()); !accepted)
        qInfo("A WebSocket was refused: %s", qPrintable(accepted.error().text()));
}

static void addRoutes(QHttpServer &http, Dialogue &rooms)
{
    http.route(u"/rooms/<arg>"_s, QHttpServerRequest::Method::Get, [&rooms](const QString &id) {
        const Room *const room = rooms.room(id);
        return room
            ? QHttpServerResponse(QJsonObject{{u"id"_s, id}, {u"participants"_s, qint64(room->size())}})
            : QHttpServerResponse(QHttpServerResponse::StatusCode::NotFound);
    });
    http.route(u"/rooms/<arg>/<arg>"_s, QHttpServerRequest::Method::Post,
               [&rooms](const QString &id, const QString &text) {
                   const auto sent = rooms.trigger(id, u"message"_s, QJsonObject{{u"text"_s, text}});
                   return sent.isReady() && sent.result()
                       ? QHttpServerResponse(QHttpServerResponse::StatusCode::NoContent)
                       : QHttpServerResponse(QHttpServerResponse::StatusCode::BadRequest);
               });
}

/** Without which a QHttpServer would answer 404. */
static void allowWebSockets(QHttpServer &http)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    http.addWebSocketUpgradeVerifier(
        &http, [](const QHttpServerRequest &) { return QHttpServerWebSocketUpgradeResponse::accept(); });
#else
    // It upgrades what a route takes, which then must not answer.
    http.route(u"/socket.io/"_s, [](const QHttpServerRequest &request, QHttpServerResponder &&responder) {
        if (request.value("Upgrade").isEmpty())
            responder.write(QHttpServerResponder::StatusCode::NotFound);
    });
#endif
}

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const EventDefinition message
        = defineEvent("message", Schema::object({{"text", Schema::string().min(1).max(1000)}}));
    Dialogue rooms({.host = u"none"_s, .rooms = {{.id = u"chat"_s, .name = u"Chat"_s, .events = {message}}}});
    if (const auto started = rooms.start(); !started)
        qFatal("%s", qPrintable(started.error().text()));

    QHttpServer http;
    addRoutes(http, rooms);
    allowWebSockets(http);
    QObject::connect(&http, &QHttpServer::newWebSocketConnection, &rooms, [&] {
        while (http.hasPendingWebSocketConnections())
            takeIn(http.nextPendingWebSocketConnection(), rooms);
    });

    auto *const tcp = new QTcpServer(&http);
    if (!tcp->listen(QHostAddress::LocalHost, argc > 1 ? QByteArray(argv[1]).toUShort() : 3000))
        qFatal("%s", qPrintable(tcp->errorString()));
    http.bind(tcp);
    QTextStream(stdout) << "Listening on http://127.0.0.1:" << tcp->serverPort() << Qt::endl;
    return QCoreApplication::exec();
}
