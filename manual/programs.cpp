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
    const Syntax syntax = serverSyntax();
    Program program{
        .name = syntax.name,
        .version = version,
        .synopsis = u"[options] "_s + syntax.operands,
        .summary = asPhrase(syntax.summary),
        .description = serverDescription(),
        .exitCodes = serverExitCodes(),
        .commands = {},
        .options = syntax.options + QList<Option>{helpOption()},
        .alone = {},
        .seeAlso = {u"dialogue(1)"_s},
    };
    for (const ServerCommand &command : serverCommands())
        program.commands.append(
            {.name = command.name, .operands = command.operand, .summary = command.summary});
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
        program.commands.append({.name = command.syntax.name,
                                 .operands = command.syntax.operands,
                                 .summary = command.syntax.summary,
                                 .details = command.syntax.details,
                                 .options = command.syntax.options});
    }
    program.options = takeCommon(program.commands);
    program.options.append(helpOption());
    program.alone = {helpOption(), cli::versionOption()};
    return program;
}

} // namespace dialogue::manual
