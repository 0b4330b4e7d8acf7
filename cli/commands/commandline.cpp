#include "cli/commands/command.h"
#include "core/base/nearest.h"
#include "process/print.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace dialogue::cli {

namespace {

QByteArray overview()
{
    QString text = u"Usage: dialogue COMMAND ...\n\n%1\n\nCommands:\n"_s.arg(programSummary());
    for (const Command &command : commands())
        text += u"  "_s + command.syntax.name.leftJustified(14) + command.syntax.summary + u'\n';
    text += u"\n%1\n\nExit codes: %2.\n"_s.arg(programDescription(), exitCodes());
    return text.toUtf8();
}

} // namespace

QList<Command> commands()
{
    return {tailCommand(),         triggerCommand(), requestCommand(), roomsCommand(),
            participantsCommand(), apiCommand(),     adminCommand()};
}

QString programSummary() { return u"Rooms and events on the command line."_s; }

QString programDescription()
{
    return u"'dialogue COMMAND --help' says more of each. Where the server is, and who you are, is told by\n"
           "--url and --token or by DIALOGUE_URL and DIALOGUE_TOKEN."_s;
}

Option versionOption() { return {u"version"_s, {}, u"Says which version this is."_s}; }

QString exitCodes()
{
    return u"0 done; 1 failed; 2 wrong command line; 3 refused by the server; 4 no connection"_s;
}

int usageError(const QString &message, const QString &command)
{
    return wrongUsage(message, command.isEmpty() ? u"dialogue"_s : u"dialogue "_s + command);
}

int runCommandLine(const QStringList &words)
{
    const QString name = words.value(1);
    if (name.isEmpty())
        return usageError(u"which command?"_s);
    if (name == u"--help"_s || name == u"-h"_s || (name == u"help"_s && words.size() == 2))
        return exitCodeOf(print(overview()));
    if (name == u"--version"_s)
        return exitCodeOf(print("dialogue " + QCoreApplication::applicationVersion().toUtf8() + '\n'));
    const bool wantsHelp = name == u"help"_s;
    const QString wanted = wantsHelp ? words.at(2) : name;
    QStringList names;
    for (const Command &command : commands()) {
        names.append(command.syntax.name);
        if (command.syntax.name != wanted)
            continue;
        const auto arguments = parseArguments(command.syntax, words.mid(2));
        if (wantsHelp || (arguments && arguments->isSet(u"help"_s)))
            return exitCodeOf(print(helpText(command.syntax, u"dialogue"_s).toUtf8()));
        if (!arguments)
            return usageError(arguments.error().text(), wanted);
        return command.run(*arguments);
    }
    if (wanted.startsWith(u'-'))
        return usageError(u"%1 stands before the command; options come after it"_s.arg(wanted));
    const QString meant = nearest(wanted, names);
    return usageError(meant.isEmpty() ? u"there is no command '%1'"_s.arg(wanted)
                                      : u"there is no command '%1'; did you mean '%2'?"_s.arg(wanted, meant));
}

} // namespace dialogue::cli
