#pragma once

#include "core/base/result.h"

#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

namespace dialogue {

/** An option of a command: "--rate R". */
struct Option
{
    QString name; ///< Without the dashes.
    QString value; ///< What the help calls its value; empty for a switch.
    QString help;
    QString fallback = {}; ///< The value when it is left out.
    QString environment = {}; ///< The variable that stands in for it before the fallback.
    bool repeats = false; ///< May be given several times: Arguments::values().

    friend bool operator==(const Option &, const Option &) = default;
};

/** A command, or a program without commands, as the shell sees it. */
struct Syntax
{
    QString name;
    QString operands; ///< "ROOM...", for the help.
    QString summary; ///< One line.
    QString details; ///< Paragraphs after the options, with examples.
    int leastOperands = 0;
    int mostOperands = 0; ///< -1: as many as one likes.
    QList<Option> options = {};
};

/** A command line that fits its Syntax. */
class Arguments
{
public:
    Arguments(QStringList operands, QHash<QString, QStringList> values);

    [[nodiscard]] const QStringList &operands() const { return m_operands; }
    [[nodiscard]] bool isSet(const QString &option) const { return m_values.contains(option); }
    /** Of the command line, the environment or the fallback, in this order; else empty. */
    [[nodiscard]] QString value(const QString &option) const { return values(option).value(0); }
    [[nodiscard]] QStringList values(const QString &option) const { return m_values.value(option); }

    /** The option's value as a number in a range; the error's path is the option. */
    [[nodiscard]] Result<qint64> wholeNumber(const QString &option, qint64 least, qint64 most) const;
    [[nodiscard]] Result<double> number(const QString &option, double least, double most) const;

private:
    QStringList m_operands;
    QHash<QString, QStringList> m_values;
};

/**
 * Reads what follows the command's name. "--name value" and "--name=value" are the same, "--" ends the
 * options,
 * "-" is an operand. "--help" (or -h) is set whenever it stands there, however wrong the rest is.
 */
Result<Arguments> parseArguments(const Syntax &syntax, const QStringList &words);

/** The option that every command, and every program, has besides its own. */
Option helpOption();

/** What --help prints: of a command of \a program, or of a program that has no commands. */
QString helpText(const Syntax &syntax, const QString &program = {});

} // namespace dialogue
