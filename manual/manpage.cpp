#include "manual/program.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::manual {

namespace {

/** \a text as troff prints it: nothing in it is a request or an escape. */
QString plain(QString text)
{
    text.replace(u'\\', "\\e"_L1)
        .replace(u'-', "\\-"_L1)
        .replace(u'\'', "\\(aq"_L1)
        .replace(u'^', "\\(ha"_L1);
    text.replace(u'~', "\\(ti"_L1).replace(u'`', "\\(ga"_L1);
    return text.startsWith(u'.') ? "\\&"_L1 + text : text;
}

QString bold(const QString &text) { return "\\fB"_L1 + plain(text) + "\\fP"_L1; }
QString italic(const QString &text) { return "\\fI"_L1 + plain(text) + "\\fP"_L1; }

/** Paragraphs of running text, and what begins with blanks as it stands. */
QString paragraphs(const QString &text)
{
    QString out;
    bool isExample = false;
    bool begins = true;
    qsizetype indentation = 0; // of the example's first line
    for (const QString &line : text.trimmed().split(u'\n')) {
        const bool indented = line.startsWith(u' ');
        if (isExample != indented) {
            indentation = std::find_if_not(line.begin(), line.end(), [](QChar c) { return c == u' '; })
                - line.begin();
            out += indented ? ".PP\n.RS 4\n.nf\n"_L1 : ".fi\n.RE\n"_L1;
        } else if (begins && !indented && !line.isEmpty()) {
            out += ".PP\n"_L1;
        }
        isExample = indented;
        begins = line.isEmpty();
        if (!begins)
            out += plain(line.mid(indented ? indentation : 0)) + u'\n';
    }
    return isExample ? out + ".fi\n.RE\n"_L1 : out;
}

QString optionList(const QList<Option> &options)
{
    QString out;
    for (const Option &option : options) {
        out += ".TP\n"_L1 + bold(dashed(option));
        if (!option.value.isEmpty())
            out += u' ' + italic(option.value);
        out += u'\n' + plain(option.help) + u'\n';
        if (!option.fallback.isEmpty())
            out += "Default: "_L1 + plain(option.fallback) + ".\n"_L1;
        if (!option.environment.isEmpty())
            out += "Stands in for it: "_L1 + bold(u'$' + option.environment) + ".\n"_L1;
    }
    return out;
}

QString sentence(QString text)
{
    text.front() = text.front().toUpper();
    return text.endsWith(u'.') ? text : text + u'.';
}

QString commandsOf(const Program &program)
{
    QString out;
    for (const Command &command : program.commands) {
        out += ".SS "_L1 + plain(program.name + u' ' + command.name);
        if (!command.operands.isEmpty())
            out += u' ' + plain(command.operands);
        out += u'\n' + plain(sentence(command.summary)) + u'\n' + optionList(command.options);
        if (!command.details.isEmpty())
            out += paragraphs(command.details);
    }
    return out;
}

/** Of every command, and those that stand without one. */
QList<Option> allOptions(const Program &program)
{
    QList<Option> options = program.options;
    for (const Option &option : program.alone) {
        if (!options.contains(option))
            options.append(option);
    }
    return options;
}

QString exitStatus(const QString &exitCodes)
{
    QString out;
    for (const QString &one : exitCodes.split(u';')) {
        const QString text = one.trimmed();
        out += ".TP\n"_L1 + bold(text.section(u' ', 0, 0)) + u'\n' + plain(text.section(u' ', 1)) + u'\n';
    }
    return out;
}

} // namespace

QByteArray manPage(const Program &program)
{
    QString page = ".\\\" Made from what the program says of itself (manual/).\n"_L1;
    page += ".TH %1 1 \"\" \"Dialogue %2\" \"User Commands\"\n.nh\n.ad l\n"_L1;
    page = page.arg(plain(program.name.toUpper()), plain(program.version));
    page += ".SH NAME\n"_L1 + plain(program.name) + " \\- "_L1 + plain(program.summary) + u'\n';
    page += ".SH SYNOPSIS\n"_L1 + bold(program.name) + u' ' + plain(program.synopsis) + u'\n';
    page += ".SH DESCRIPTION\n"_L1 + paragraphs(program.description).mid(4); // no .PP behind .SH
    page += ".SH COMMANDS\n"_L1 + commandsOf(program);
    page += ".SH OPTIONS\n"_L1 + optionList(allOptions(program));
    page += ".SH EXIT STATUS\n"_L1 + exitStatus(program.exitCodes);
    QStringList others;
    for (const QString &other : program.seeAlso)
        others.append(bold(other.section(u'(', 0, 0)) + u'(' + other.section(u'(', 1));
    page += ".SH SEE ALSO\n"_L1 + others.join(",\n"_L1) + u'\n';
    return page.toUtf8();
}

} // namespace dialogue::manual
