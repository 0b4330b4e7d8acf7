// What the two programs declare of themselves, for the manual.
#include "cli/commands/command.h"
#include "manual/program.h"
#include "server/app/options.h"

using namespace Qt::StringLiterals;

namespace dialogue::manual {

namespace {

/** A summary as it stands behind the name in a man page: without a full stop. */
QString asPhrase(QString text)
{
    if (text.endsWith(u'.'))
        text.chop(1);
    return text;
}

Option fromServer(const QCommandLineOption &option)
{
    Option result{.names = {},
                  .value = option.valueName(),
                  .help = option.description(),
                  .fallback = option.defaultValues().value(0)};
    for (const QString &name : option.names())
        result.names.append((name.size() == 1 ? u"-"_s : u"--"_s) + name);
    return result;
}

Option fromCommandLine(const cli::Option &option)
{
    return {.names = {u"--"_s + option.name},
            .value = option.value,
            .help = option.help,
            .fallback = option.fallback,
            .environment = option.environment};
}

/** Takes out of the commands what all of them have. */
QList<Option> takeCommon(QList<Command> &commands)
{
    QList<Option> common = commands.constFirst().options;
    for (const Command &command : std::as_const(commands))
        common.removeIf([&](const Option &option) { return !command.options.contains(option); });
    for (Command &command : commands)
        command.options.removeIf([&](const Option &option) { return common.contains(option); });
    return common;
}

} // namespace

Program serverProgram(const QString &version)
{
    Program program{
        .name = u"dialogue-server"_s,
        .version = version,
        .synopsis = u"[options] [command]"_s,
        .summary = asPhrase(serverSummary()),
        .description = serverDescription(),
        .exitCodes = serverExitCodes(),
        .commands = {},
        .options = {},
        .alone = {},
        .seeAlso = {u"dialogue(1)"_s},
    };
    for (const ServerCommand &command : serverCommands())
        program.commands.append(
            {.name = command.name, .operands = command.operand, .summary = command.summary});
    for (const QCommandLineOption &option : serverOptions())
        program.options.append(fromServer(option));
    program.alone = program.options;
    return program;
}

Program commandLineProgram(const QString &version)
{
    Program program{
        .name = u"dialogue"_s,
        .version = version,
        .synopsis = u"command [options] [operands]"_s,
        .summary = asPhrase(cli::programSummary()),
        .description = cli::programDescription(),
        .exitCodes = cli::exitCodes(),
        .commands = {},
        .options = {},
        .alone = {},
        .seeAlso = {u"dialogue-server(1)"_s},
    };
    for (const cli::Command &command : cli::commands()) {
        Command described{.name = command.syntax.name,
                          .operands = command.syntax.operands,
                          .summary = command.syntax.summary,
                          .details = command.syntax.details};
        for (const cli::Option &option : command.syntax.options)
            described.options.append(fromCommandLine(option));
        program.commands.append(described);
    }
    program.options = takeCommon(program.commands);
    program.options.append(fromCommandLine(cli::helpOption()));
    program.alone = {fromCommandLine(cli::helpOption()), fromCommandLine(cli::versionOption())};
    return program;
}

} // namespace dialogue::manual
