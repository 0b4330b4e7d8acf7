#include "server/app/admincommand.h"

#include "core/base/foreigntext.h"
#include "process/exitcodes.h"
#include "process/print.h"
#include "server/admin/passwordtool.h"
#include "server/app/options.h"

#include <QFile>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

/** The first line of the standard input, with all blanks in it. */
QByteArray passwordOf()
{
    QFile input;
    QByteArray line = input.open(stdin, QIODevice::ReadOnly) ? input.readLine(65536) : QByteArray();
    while (line.endsWith('\n') || line.endsWith('\r'))
        line.chop(1);
    return line;
}

} // namespace

int runAdminCommand(const Arguments &arguments)
{
    if (arguments.operands() != QStringList{u"admin"_s, u"hash"_s})
        return wrongUsage(u"admin: says what to do: hash"_s, serverSyntax().name);
    // Never a word of the command line, which everybody sees in the list of processes.
    const auto hash = admin::hashOfPassword(passwordOf());
    if (hash)
        return exitCodeOf(print(*hash + '\n'));
    std::fputs((u"dialogue-server: "_s + printable(hash.error().message) + u'\n').toUtf8().constData(),
               stderr);
    return ExitUsage;
}

} // namespace dialogue
