#include "manual/program.h"

using namespace Qt::StringLiterals;

namespace dialogue::manual {

namespace {

QStringList namesOf(const QList<Option> &options)
{
    QStringList names;
    for (const Option &option : options)
        names.append(dashed(option));
    return names;
}

/** The names of the options among \a options that take a value: "--port|--host". */
QString valued(const QList<Option> &options, bool file)
{
    QStringList names;
    for (const Option &option : options) {
        if (!option.value.isEmpty() && takesFile(option) == file)
            names.append(dashed(option));
    }
    names.removeDuplicates();
    return names.join(u'|');
}

QList<Option> optionsOfAllCommands(const Program &program)
{
    QList<Option> options = program.alone + program.options;
    for (const Command &command : program.commands)
        options.append(command.options);
    return options;
}

QString arm(const QString &pattern, const QString &action)
{
    return pattern.isEmpty() ? QString() : "        %1) %2 ;;\n"_L1.arg(pattern, action);
}

QString assignment(const QList<Option> &options)
{
    return "options='"_L1 + namesOf(options).join(u' ') + u'\'';
}

} // namespace

QByteArray bashCompletion(const Program &program)
{
    const QList<Option> all = optionsOfAllCommands(program);
    QStringList commands;
    QString optionArms = arm(u"''"_s, assignment(program.alone));
    QString fileArms;
    for (const Command &command : program.commands) {
        commands.append(command.name);
        optionArms += arm(command.name, assignment(command.options + program.options));
        if (command.operands == u"FILE")
            fileArms += arm(command.name, u"_%1_files \"$cur\""_s.arg(program.name));
    }
    const QString withValue = valued(all, false);
    const QString withFile = valued(all, true);
    QStringList both{withValue, withFile};
    both.removeAll(QString());
    // Not bash's own words, which end at ":" and "=" too.
    const QString text = uR"(# bash completion for %1(1), made from what the program says of itself.

_%1_files()
{
    compopt -o filenames 2>/dev/null
    mapfile -t COMPREPLY < <(compgen -f -- "$1")
}

_%1()
{
    local words cur prev command='' options='' i
    read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
    [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=('')
    cur=${words[-1]} prev=${words[-2]}
    if [[ $cur == --*=* ]]; then
        prev=${cur%%=*} cur=${cur#*=}
    fi
    COMPREPLY=()
    for ((i = 1; i < ${#words[@]} - 1; ++i)); do
        case ${words[i]} in
%2        -*) ;;
        *) command=${words[i]} && break ;;
        esac
    done
    case $prev in
%3%4    esac
    case $command in
%5    esac
    if [[ $cur == -* ]]; then
        mapfile -t COMPREPLY < <(compgen -W "$options" -- "$cur")
        return
    fi
    case $command in
        '') mapfile -t COMPREPLY < <(compgen -W '%6' -- "$cur") ;;
%7    esac
}

complete -F _%1 %1
)"_s;
    return text
        .arg(program.name, arm(both.join(u'|'), u"((++i))"_s),
             arm(withFile, u"_%1_files \"$cur\" && return"_s.arg(program.name)), arm(withValue, u"return"_s),
             optionArms, commands.join(u' '), fileArms)
        .toUtf8();
}

} // namespace dialogue::manual
