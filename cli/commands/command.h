#pragma once

#include "process/arguments.h"
#include "process/exitcodes.h"

namespace dialogue::cli {

/** One command of `dialogue`: how it is written and what it does. */
struct Command
{
    Syntax syntax;
    int (*run)(const Arguments &arguments); ///< Answers the exit code.
};

/** Each stands in a file of its own. */
Command adminCommand();
Command apiCommand();
Command participantsCommand();
Command requestCommand();
Command roomsCommand();
Command tailCommand();
Command triggerCommand();

/** In the order of the help. */
QList<Command> commands();

// What the help says of the program, and its man page as well.
QString programSummary();
QString programDescription();
Option versionOption(); ///< Where a command would stand.
QString exitCodes(); ///< "0 done; 1 failed ..."

/** Says what is wrong with the command line, and where there is help; answers ExitUsage. */
int usageError(const QString &message, const QString &command = {});
inline int usageError(const Error &error, const QString &command)
{
    return usageError(error.text(), command);
}

/** `dialogue COMMAND ...`: finds the command and runs it, or says what is wrong. The first word is the
 * program. */
int runCommandLine(const QStringList &words);

} // namespace dialogue::cli
