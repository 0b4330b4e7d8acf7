#pragma once

#include "process/arguments.h"

namespace dialogue::manual {

/** As it is written. */
inline QString dashed(const Option &option) { return QStringLiteral("--") + option.name; }

/** Whether a completion offers files for its value. */
inline bool takesFile(const Option &option) { return option.value == u"FILE"; }

/** A command below the program: `dialogue tail`. */
struct Command
{
    QString name;
    QString operands; ///< "ROOM..."; FILE is completed with files.
    QString summary;
    QString details = {}; ///< Paragraphs; lines that begin with blanks stand as they are.
    QList<Option> options = {}; ///< Besides those of every command.
};

/** A program with its command line, as it declares it itself. */
struct Program
{
    QString name;
    QString version;
    QString synopsis; ///< What follows the name: "[options] [command]".
    QString summary; ///< One line, without a full stop.
    QString description; ///< Paragraphs.
    QString exitCodes; ///< "0 done, 1 failed".
    QList<Command> commands;
    QList<Option> options; ///< Of every command.
    QList<Option> alone; ///< Those that stand before a command, or without one.
    QStringList seeAlso; ///< "dialogue(1)"
};

/** The two of the house. */
Program serverProgram(const QString &version);
Program commandLineProgram(const QString &version);

/** For man(1): in man(7). */
QByteArray manPage(const Program &program);

/** To be sourced by the shell, or found by it under its usual name. */
QByteArray bashCompletion(const Program &program);
QByteArray zshCompletion(const Program &program);
QByteArray fishCompletion(const Program &program);

} // namespace dialogue::manual
