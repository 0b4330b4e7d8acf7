#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace dialogue::manual {

/** An option as a man page and a completion know it. */
struct Option
{
    QStringList names; ///< With their dashes: "-h", "--help".
    QString value; ///< What its value is called; empty for a switch. One called FILE is completed with files.
    QString help;
    QString fallback = {}; ///< The value when it is left out.
    QString environment = {}; ///< The variable that stands in for it.

    [[nodiscard]] bool takesFile() const { return value == u"FILE"; }
    friend bool operator==(const Option &, const Option &) = default;
};

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
