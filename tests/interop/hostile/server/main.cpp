// A server for hostile clients: what dialogue-server does with a configuration, and besides it says what it
// has counted, at GET /counters, and who of the hub's clients waited for how many others.
//
//     hostile-server CONFIG

#include "report.h"

#include <dialogue/server/dialogue.h>
#include <dialogue/server/eventdispatcher.h>

#include "process/endingsignals.h"
#include "process/openfiles.h"
#include "process/signalnotifier.h"
#include "server/config/configfile.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QPromise>
#include <QSocketNotifier>
#include <QTimer>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <memory>
#include <utility>

#include <unistd.h>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr QLatin1StringView bystanderId("bystander");

/** Of the room "asked" somebody else knows, and takes his time. */
QFuture<Result<void>> mayJoin(const QString &roomId)
{
    if (roomId != u"asked")
        return later::ended<void>({});
    const auto promise = std::make_shared<QPromise<Result<void>>>();
    promise->start();
    QTimer::singleShot(std::chrono::seconds(3), qApp, [promise] {
        promise->addResult(Result<void>());
        promise->finish();
    });
    return promise->future();
}

/** A server, and what its bystander waited. */
class Watched
{
public:
    explicit Watched(const ServerConfig &config)
        : m_server(config,
                   {.beforeJoinLater = [](const ClientSnapshot &, const QString &roomId,
                                          const std::stop_token &) { return mayJoin(roomId); },
                    .beforeEach =
                        [this](EventMessage &, const Room &, ConnectedClient *sender) {
                            count(sender);
                            return Result<void>();
                        }})
    {
        openSide();
        m_server.http().routeAsync(
            "GET", "/counters", [this](const HttpRequest &, const HttpResponder &responder) {
                m_server.workerCounters(
                    &m_server, [this, responder](const std::vector<WorkerCounters> &workers) {
                        const QJsonObject all = report(m_server.counters(), workers,
                                                       std::exchange(m_bystander, BystanderTurns()));
                        responder.respond(HttpResponse::json(all));
                    });
            });
    }

    Dialogue &server() { return m_server; }

private:
    /** A namespace, and a request that is answered there and in "/"; and one by which who asks is asked, as
     * often as it says. */
    void openSide()
    {
        const auto answer = [](const ClientRequest &) { return true; };
        const Result<Namespace *> side = m_server.of(u"/side"_s);
        if (!side || !(*side)->onRequest(u"ask"_s, answer) || !m_server.onRequest(u"ask"_s, answer))
            qFatal("The namespace could not be opened");
        const auto askBack = [](const ClientRequest &request) {
            int refused = 0;
            for (int i = 0; i < request.data.toInt() && request.client; ++i) {
                refused += request.client->request(u"quiz"_s, i, 500ms).isFinished() ? 1 : 0;
            }
            return refused;
        };
        if (!m_server.onRequest(u"ask me"_s, askBack))
            qFatal("The request could not be added");
    }
    void count(const ConnectedClient *sender)
    {
        if (!sender || sender->userId() != bystanderId)
            return;
        const qint64 waited = m_server.counters().hub.waited;
        ++m_bystander.events;
        m_bystander.waited += waited;
        m_bystander.mostWaited = std::max(m_bystander.mostWaited, waited);
    }

    BystanderTurns m_bystander;
    Dialogue m_server;
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(createEventDispatcher());
    QCoreApplication app(argc, argv);
    if (argc != 2) {
        std::fprintf(stderr, "Usage: hostile-server CONFIG\n");
        return 2;
    }
    const ConfigReport report = loadConfig(QString::fromLocal8Bit(argv[1]));
    if (!report.config) {
        for (const ConfigIssue &issue : report.issues)
            std::fprintf(stderr, "%s\n", qPrintable(issue.text()));
        return 2;
    }
    const SignalNotifier signals(endingSignals());
    raiseOpenFileLimit();
    Watched watched(*report.config);
    if (const Result<void> started = watched.server().start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().text()));
        return 1;
    }
    std::printf("listening on %s\n", qPrintable(watched.server().url().toString()));
    std::fflush(stdout);
    // It ends with whoever has started it, however that ends: nobody holds the other end of its stdin any
    // more.
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &app, [] {
        char text[64];
        if (::read(STDIN_FILENO, text, sizeof text) <= 0)
            QCoreApplication::exit(1);
    });
    QObject::connect(&signals, &SignalNotifier::came, &watched.server(), &Dialogue::stop);
    QObject::connect(&watched.server(), &Dialogue::stopped, &app, &QCoreApplication::quit);
    return QCoreApplication::exec();
}
