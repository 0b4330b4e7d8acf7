#pragma once

#include "process/arguments.h"

namespace dialogue {

// The command line of dialogue-server as data: --help, the man page and the shells' completions are made of
// it.

/** A word that says what to do instead of serving. */
struct ServerCommand
{
    QString name;
    QString operand; ///< What it takes: "FILE"; empty: nothing.
    QString summary; ///< For the help: "says what is wrong with a configuration".
};

QList<ServerCommand> serverCommands();

Syntax serverSyntax();

QString serverDescription(); ///< In paragraphs, for the man page.
QString serverExitCodes(); ///< "0 done; 1 failed ..."

} // namespace dialogue
