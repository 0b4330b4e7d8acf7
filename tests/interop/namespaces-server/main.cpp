// A server with namespaces of its own: "/orders" for everybody, "/staff" for who knows the word.
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
