#include "server/app/reloadcommand.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/app/configsource.h"
#include "server/app/options.h"
#include "server/app/pidfile.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

int reloadFailed(const QString &what)
{
    std::fputs((u"dialogue-server reload: "_s + printable(what) + u'\n').toLocal8Bit().constData(), stderr);
    return ExitFailed;
}

} // namespace

int runReloadCommand(const Arguments &arguments)
{
    if (!arguments.isSet(u"pid-file"_s))
        return wrongUsage(u"reload: needs --pid-file, as the server has it"_s, serverSyntax().name);
    // What is wrong with it is better said here than in the log alone.
    if (arguments.isSet(u"config"_s)) {
        const ConfigReport report = configFrom(arguments.value(u"config"_s));
        printIssues(report);
        if (!report.config)
            return ExitUsage;
    }
    const Result<qint64> process = PidFile::holder(arguments.value(u"pid-file"_s));
    if (!process)
        return reloadFailed(process.error().message);
    if (::kill(static_cast<pid_t>(*process), SIGHUP) != 0)
        return reloadFailed(
            u"process %1: %2"_s.arg(*process).arg(QString::fromLocal8Bit(std::strerror(errno))));
    return exitCodeOf(print("process " + QByteArray::number(*process)
                            + " reads its configuration again; its log says what comes of it\n"));
}

} // namespace dialogue
