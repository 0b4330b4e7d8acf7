// A server whose clients are who it takes them for: the user id of each is the address it came from, and
// whether it came by TLS; GET /whoami says the same of a request, and under which name it was asked.
//
//     whoami-server CONFIG

#include "server/config/configfile.h"
#include "server/dialogue.h"
#include "server/eventdispatcher.h"

#include <QCoreApplication>

#include <cstdio>

using namespace dialogue;

namespace {

QString described(const QHostAddress &address, bool secure)
{
    return (address.isNull() ? QStringLiteral("nobody") : address.toString())
        + (secure ? QStringLiteral(" by TLS") : QString());
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
    Dialogue server(*report.config, {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
        return Identity{.userId = described(request.handshake.address, request.handshake.secure)};
    }});
    server.http().get("/whoami", [](const HttpRequest &request) {
        return HttpResponse::text(described(request.peerAddress, request.secure).toUtf8() + " at "
                                  + request.host());
    });
    if (const auto started = server.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().text()));
        return 1;
    }
    std::printf("listens on %s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
