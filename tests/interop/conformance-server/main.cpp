// What the official Engine.IO and Socket.IO test suites expect of the server they are pointed at: the engine
// of dialogue-server, echoing. Its heartbeat is as quick as theirs; a client has all the time it wants to
// answer, and to CONNECT, unless a test asks for the suites' 200 and 1000 ms.
//
//     conformance-server --protocol engineio|socketio [--port N] [--workers N] [--transport native|qt]
//                        [--ping-interval MS] [--ping-timeout MS] [--connect-timeout MS]

#include "echoengine.h"
#include "echosockets.h"

#include "server/loop/epolldispatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>
#include <vector>

using namespace dialogue;

namespace {

ServerConfig suiteConfig(const QCommandLineParser &options)
{
    const auto milliseconds
        = [&](const QString &name) { return std::chrono::milliseconds(options.value(name).toInt()); };
    ServerConfig config;
    config.port = options.value(QStringLiteral("port")).toUShort();
    if (options.value(QStringLiteral("transport")) == QStringLiteral("qt"))
        config.transport = ServerTransport::Qt;
    config.workers = options.value(QStringLiteral("workers")).toInt();
    config.engine.pingInterval = milliseconds(QStringLiteral("ping-interval"));
    config.engine.pingTimeout = milliseconds(QStringLiteral("ping-timeout"));
    config.engine.connectTimeout = milliseconds(QStringLiteral("connect-timeout"));
    config.engine.maxPayload = 1000000;
    config.cors.origins = {QStringLiteral("*")};
    return config;
}

int run(const Result<void> &listening, quint16 port)
{
    if (!listening) {
        std::fprintf(stderr, "%s\n", qPrintable(listening.error().text()));
        return 1;
    }
    std::printf("listening on http://127.0.0.1:%d\n", port);
    std::fflush(stdout);
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    if (std::find(argv, argv + argc, std::string_view("qt")) == argv + argc)
        QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication app(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({
        {QStringLiteral("protocol"), QStringLiteral("engineio or socketio."), QStringLiteral("name"),
         QStringLiteral("socketio")},
        {QStringLiteral("port"), QStringLiteral("Port; 0 is any free one."), QStringLiteral("number"),
         QStringLiteral("3000")},
        {QStringLiteral("workers"), QStringLiteral("Io threads; 0 is none."), QStringLiteral("number"),
         QStringLiteral("1")},
        {QStringLiteral("transport"), QStringLiteral("native or qt."), QStringLiteral("name"),
         QStringLiteral("native")},
        {QStringLiteral("ping-interval"), QStringLiteral("From one ping to the next."), QStringLiteral("ms"),
         QStringLiteral("300")},
        {QStringLiteral("ping-timeout"), QStringLiteral("What a client has to answer one."),
         QStringLiteral("ms"), QStringLiteral("60000")},
        {QStringLiteral("connect-timeout"), QStringLiteral("What a client has to join a namespace."),
         QStringLiteral("ms"), QStringLiteral("60000")},
    });
    parser.process(app);
    ServerConfig config = suiteConfig(parser);

    const QString protocol = parser.value(QStringLiteral("protocol"));
    if (protocol == QStringLiteral("socketio")) {
        EchoSockets server(config);
        const Result<void> listening = server.listen();
        return run(listening, server.port());
    }
    if (protocol == QStringLiteral("engineio")) {
        config.engine.path = QStringLiteral("/engine.io/");
        const Result<NetConfig> net = WorkerPool::netConfig(config);
        if (!net)
            return run(net.error(), 0);
        Result<Listenings> listenings = openListenings(config);
        if (!listenings)
            return run(listenings.error(), 0);
        WorkerPool pool(config, *net, *config.workers,
                        [](NetWorker &) { return std::make_unique<EchoEngine>(); });
        pool.listen(*std::move(listenings));
        return run({}, pool.port());
    }
    std::fprintf(stderr, "--protocol must be engineio or socketio, not %s\n", qPrintable(protocol));
    return 2;
}
