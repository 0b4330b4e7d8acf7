// What the official Engine.IO and Socket.IO test suites expect of the server they are pointed at: the engine
// of dialogue-server with the suites' numbers, echoing.
//
//     conformance-server --protocol engineio|socketio [--port N] [--workers N]

#include "echoengine.h"
#include "echosockets.h"

#include "server/net/epolldispatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

using namespace dialogue;

namespace {

ServerConfig suiteConfig(quint16 port, int workers)
{
    using std::chrono::milliseconds;
    ServerConfig config;
    config.port = port;
    config.workers = workers;
    config.engine.pingInterval = milliseconds(300);
    config.engine.pingTimeout = milliseconds(200);
    config.engine.connectTimeout = milliseconds(1000);
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
    });
    parser.process(app);
    const quint16 port = parser.value(QStringLiteral("port")).toUShort();
    const int workers = parser.value(QStringLiteral("workers")).toInt();
    ServerConfig config = suiteConfig(port, workers);

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
        WorkerPool pool(config, *net, workers, [](NetWorker &) { return std::make_unique<EchoEngine>(); });
        const Result<void> listening = pool.listen(config.host, config.port);
        return run(listening, pool.port());
    }
    std::fprintf(stderr, "--protocol must be engineio or socketio, not %s\n", qPrintable(protocol));
    return 2;
}
