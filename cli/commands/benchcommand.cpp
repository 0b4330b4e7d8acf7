#include "cli/base/print.h"
#include "cli/bench/run.h"
#include "cli/bench/serverconfig.h"
#include "cli/commands/command.h"

#include <unistd.h>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

int runBench(const Arguments &arguments)
{
    const auto options = bench::benchOptions(arguments);
    if (!options)
        return usageError(options.error(), u"bench"_s);
    if (arguments.isSet(u"print-config"_s))
        return exitCodeOf(print(QByteArray::fromStdString(bench::serverConfig(*options))));

    const bool isWatched = isatty(STDERR_FILENO);
    bench::Run bench(*options, [isWatched](const std::string &line) {
        if (isWatched)
            std::fprintf(stderr, "%s\n", line.c_str());
    });
    const auto outcome = bench.execute();
    if (const auto *failure = std::get_if<bench::Failure>(&outcome)) {
        say(QString::fromStdString(failure->text));
        return failure->exit;
    }
    const auto &report = std::get<bench::Report>(outcome);
    const Printed printed = print(QByteArray::fromStdString(
        options->json ? bench::reportJson(*options, report) : bench::reportText(*options, report)));
    return report.isWhole() ? exitCodeOf(printed) : ExitFailed;
}

} // namespace

Command benchCommand() { return {bench::benchSyntax(), runBench}; }

} // namespace dialogue::cli
