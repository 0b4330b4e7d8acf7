#include "bench/load/run.h"
#include "bench/load/serverconfig.h"
#include "process/print.h"

#include <QCoreApplication>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::bench {

namespace {

int load(const LoadOptions &options)
{
    const bool isWatched = isatty(STDERR_FILENO);
    Run run(options, [isWatched](const std::string &line) {
        if (isWatched)
            std::fprintf(stderr, "%s\n", line.c_str());
    });
    const auto outcome = run.execute();
    if (const auto *failure = std::get_if<Failure>(&outcome)) {
        say(QString::fromStdString(failure->text));
        return failure->exit;
    }
    const auto &report = std::get<Report>(outcome);
    const Printed printed = print(
        QByteArray::fromStdString(options.json ? reportJson(options, report) : reportText(options, report)));
    return report.isWhole() ? exitCodeOf(printed) : ExitFailed;
}

int runLoad(const QStringList &words)
{
    const Syntax syntax = loadSyntax();
    const auto arguments = parseArguments(syntax, words);
    if (!arguments)
        return wrongUsage(arguments.error().text(), syntax.name);
    if (arguments->isSet(u"help"_s))
        return exitCodeOf(print(helpText(syntax).toUtf8()));
    if (arguments->isSet(u"version"_s))
        return exitCodeOf(print("dialogue-load " DIALOGUE_VERSION "\n"));
    const auto options = loadOptions(*arguments);
    if (!options)
        return wrongUsage(options.error().text(), syntax.name);
    if (arguments->isSet(u"print-config"_s))
        return exitCodeOf(print(QByteArray::fromStdString(serverConfig(*options))));
    return load(*options);
}

} // namespace

} // namespace dialogue::bench

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN); // whoever writes is told by the write itself
    const QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("dialogue-load"));
    return dialogue::bench::runLoad(QCoreApplication::arguments().mid(1));
}
