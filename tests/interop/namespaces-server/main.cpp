// A server with namespaces of its own: "/orders" for everybody, "/staff" for who knows the word; and one that
// asks its clients whatever they ask to be asked, and tells some of a room what they ask it to tell.
//
//     namespaces-server CONFIG

#include "server/config/configfile.h"
#include "server/dialogue.h"
#include "server/eventdispatcher.h"

#include <QCoreApplication>
#include <QPromise>
#include <QTimer>

#include <cstdio>
#include <memory>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

Namespace &opened(Dialogue &server, const QString &name, NamespaceHooks hooks = {})
{
    const Result<Namespace *> opened = server.of(name, std::move(hooks));
    if (!opened)
        qFatal("%s", qPrintable(opened.error().text()));
    return **opened;
}

void answer(Namespace &nsp, const QString &name, SocketRequestHandler handler)
{
    if (const Result<void> added = nsp.onRequest(name, std::move(handler)); !added)
        qFatal("%s", qPrintable(added.error().text()));
}

/** In a later turn of the event loop. */
Answer<QJsonValue> later(const SocketRequest &request)
{
    const auto promise = std::make_shared<QPromise<Result<QJsonValue>>>();
    promise->start();
    QTimer::singleShot(0, qApp, [promise, value = request.data.value()] {
        promise->addResult(Result<QJsonValue>(value));
        promise->finish();
    });
    return promise->future();
}

/** What {event, data, timeout} wants its sender to be asked; \a client: it. */
template <class Client>
Answer<QJsonValue> askBack(Client *client, const QJsonValue &wanted)
{
    const QFuture<Result<QJsonArray>> answer = client->request(
        wanted[u"event"].toString(), wanted[u"data"], std::chrono::milliseconds(wanted[u"timeout"].toInt()));
    return Answer<QJsonArray>(answer).transform([](const QJsonArray &args) { return QJsonValue(args); });
}

/** The same of a room, {roomId, ...}: by user. */
Answer<QJsonValue> askRoom(Dialogue &server, const QJsonValue &wanted)
{
    Room *const room = server.room(wanted[u"roomId"].toString());
    if (!room)
        return Error{ErrorCode::RoomNotFound, u"There is no such room"_s};
    const auto answers = room->request(wanted[u"event"].toString(), wanted[u"data"],
                                       std::chrono::milliseconds(wanted[u"timeout"].toInt()));
    return Answer<QList<ParticipantAnswer>>(answers).transform([](const QList<ParticipantAnswer> &all) {
        QJsonObject byUser;
        for (const ParticipantAnswer &each : all) {
            byUser.insert(each.userId,
                          each.answer ? QJsonValue(*each.answer)
                                      : QJsonValue(QString::fromLatin1(codeName(each.answer.error().code))));
        }
        return QJsonValue(byUser);
    });
}

void openAsking(Dialogue &server)
{
    const Result<void> one = server.onRequest(u"ask me"_s, [](const ClientRequest &request) {
        return askBack(request.client.data(), request.data);
    });
    const Result<void> all = server.onRequest(
        u"ask room"_s, [&server](const ClientRequest &request) { return askRoom(server, request.data); });
    if (!one || !all)
        qFatal("The requests could not be added");
}

QStringList texts(const QJsonValue &array)
{
    QStringList texts;
    for (const QJsonValue &each : array.toArray())
        texts.append(each.toString());
    return texts;
}

/** {roomId, event, data, to?: [userId], except?: [userId], volatile?} */
Answer<QJsonValue> tell(Dialogue &server, const QJsonValue &wanted)
{
    Room *const room = server.room(wanted[u"roomId"].toString());
    if (!room)
        return Error{ErrorCode::RoomNotFound, u"There is no such room"_s};
    TriggerOptions options{.exceptUsers = texts(wanted[u"except"]),
                           .isVolatile = wanted[u"volatile"].toBool()};
    if (wanted[u"to"].isArray())
        options.to = Recipients{.users = texts(wanted[u"to"])};
    return room->trigger(wanted[u"event"].toString(), wanted[u"data"], options)
        .transform([](const EventMessage &said) { return QJsonValue(static_cast<qint64>(said.offset)); });
}

void openTelling(Dialogue &server)
{
    const Result<void> some = server.onRequest(
        u"tell some"_s, [&server](const ClientRequest &request) { return tell(server, request.data); });
    if (!some)
        qFatal("%s", qPrintable(some.error().text()));
}

void openOrders(Dialogue &server)
{
    Namespace &orders = opened(server, u"/orders"_s);
    QObject::connect(&orders, &Namespace::socketConnected, &orders,
                     [](NamespaceSocket *socket) { socket->send(u"welcome"_s, socket->userId()); });
    QObject::connect(&orders, &Namespace::socketDisconnected, &orders,
                     [&orders](const NamespaceSocket *socket, const QString &reason) {
                         orders.broadcast(u"left"_s, QJsonArray{socket->userId(), reason});
                     });
    answer(orders, u"echo"_s, [](const SocketRequest &request) { return request.data.value(); });
    answer(orders, u"later"_s, &later);
    answer(orders, u"ask me"_s,
           [](const SocketRequest &request) { return askBack(request.socket.data(), request.data); });
    answer(orders, u"refused"_s, [](const SocketRequest &) {
        return Error{ErrorCode::PermissionDenied, u"Not you"_s};
    });
    answer(orders, u"announce"_s, [&orders](const SocketRequest &request) {
        orders.broadcast(u"news"_s, request.data.value());
        return orders.sockets().size();
    });
    answer(orders, u"leave"_s, [](const SocketRequest &request) {
        request.socket->disconnect();
        return true;
    });
    answer(orders, u"leave everything"_s, [](const SocketRequest &request) {
        request.socket->disconnectAll();
        return true;
    });
}

Result<Identity> isOfStaff(const ConnectRequest &request)
{
    if (request.auth.value(u"word") != u"swordfish"_s)
        return Error{ErrorCode::Unauthorized, u"That is not the word"_s};
    return Identity{.userId = u"cook"_s};
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(createEventDispatcher());
    const QCoreApplication app(argc, argv);
    const ConfigReport report = loadConfig(QCoreApplication::arguments().value(1));
    if (!report.config) {
        for (const ConfigIssue &issue : report.issues)
            std::fprintf(stderr, "%s\n", qPrintable(issue.text()));
        return 2;
    }
    Dialogue server(*report.config);
    openAsking(server);
    openTelling(server);
    openOrders(server);
    answer(opened(server, u"/staff"_s, {.authenticate = &isOfStaff}), u"whoami"_s,
           [](const SocketRequest &request) { return request.userId; });
    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().text()));
        return 1;
    }
    std::printf("listens on %s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
