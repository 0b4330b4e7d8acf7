// qtonly native|qt: listens where it says, or says why not.
#include <dialogue/server/dialogue.h>

#include <QCoreApplication>

#include <cstdio>
#include <cstring>

using namespace dialogue;

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const bool isQt = argc == 2 && std::strcmp(argv[1], "qt") == 0;
    Dialogue server({.port = 0, .transport = isQt ? ServerTransport::Qt : ServerTransport::Native});
    if (const auto started = server.start(); !started) {
        std::printf("%s\n", qPrintable(started.error().text()));
        return 1;
    }
    std::printf("%s\n", qPrintable(server.url().toString()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
