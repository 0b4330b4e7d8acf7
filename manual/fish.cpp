#include "manual/program.h"

using namespace Qt::StringLiterals;

namespace dialogue::manual {

namespace {

QString quoted(QString text)
{
    return u'\'' + text.replace(u'\\', "\\\\"_L1).replace(u'\'', "\\'"_L1) + u'\'';
}

QString completion(const QString &program, const QString &condition, const QString &rest)
{
    return "complete -c %1 -n %2 %3\n"_L1.arg(program, quoted(condition), rest);
}

QString optionsOf(const QList<Option> &options, const QString &program, const QString &condition)
{
    QString text;
    for (const Option &option : options) {
        QString rest = "-l "_L1 + option.name + u' ';
        if (!option.value.isEmpty())
            rest += takesFile(option) ? "-r -F "_L1 : "-x "_L1;
        text += completion(program, condition, rest + "-d "_L1 + quoted(option.help));
    }
    return text;
}

} // namespace

QByteArray fishCompletion(const Program &program)
{
    QStringList names;
    for (const Command &command : program.commands)
        names.append(command.name);
    const QString none = u"not __fish_seen_subcommand_from "_s + names.join(u' ');
    QString text = "# fish completion for %1(1), made from what the program says of itself.\n"
                   "complete -c %1 -f\n"_L1.arg(program.name);
    text += optionsOf(program.alone, program.name, none);
    for (const Command &command : program.commands) {
        const QString chosen = u"__fish_seen_subcommand_from "_s + command.name;
        text += completion(program.name, none, "-a %1 -d %2"_L1.arg(command.name, quoted(command.summary)));
        text += optionsOf(command.options + program.options, program.name, chosen);
        if (command.operands == u"FILE")
            text += completion(program.name, chosen, u"-F"_s);
    }
    return text.toUtf8();
}

} // namespace dialogue::manual
