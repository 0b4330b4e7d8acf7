#include "manual/program.h"

using namespace Qt::StringLiterals;

namespace dialogue::manual {

namespace {

/** \a text within single quotes. */
QString inQuotes(QString text) { return u'\'' + text.replace(u'\'', "'\\''"_L1) + u'\''; }

/** \a text where a colon or a bracket would end it. */
QString escaped(QString text)
{
    return text.replace(u'\\', "\\\\"_L1)
        .replace(u':', "\\:"_L1)
        .replace(u'[', "\\["_L1)
        .replace(u']', "\\]"_L1);
}

/** What _arguments takes for one option: "--port=[Port to listen on.]:N:". */
QString specification(const Option &option)
{
    QString text = option.value.isEmpty() ? dashed(option) : dashed(option) + u'=';
    text += u'[' + escaped(option.help) + u']';
    if (!option.value.isEmpty())
        text += u':' + escaped(option.value) + (takesFile(option) ? ":_files"_L1 : ":"_L1);
    return inQuotes(text);
}

QString specificationsOf(const QList<Option> &options, const QString &indent)
{
    QString text;
    for (const Option &option : options)
        text += indent + specification(option) + " \\\n"_L1;
    return text;
}

QString operandsOf(const Command &command)
{
    const QString what = command.operands.isEmpty() ? u"nothing more"_s : command.operands;
    return inQuotes("*:"_L1 + escaped(what) + (command.operands == u"FILE" ? ":_files"_L1 : ":"_L1));
}

} // namespace

QByteArray zshCompletion(const Program &program)
{
    QString described;
    QString cases;
    for (const Command &command : program.commands) {
        described += "                "_L1 + inQuotes(escaped(command.name) + u':' + escaped(command.summary))
            + u'\n';
        cases += "                %1)\n                    _arguments \\\n"_L1.arg(command.name)
            + specificationsOf(command.options + program.options, u"                    "_s)
            + "                    "_L1 + operandsOf(command) + "\n                    ;;\n"_L1;
    }
    const QString text = uR"(#compdef %1
# zsh completion for %1(1), made from what the program says of itself.

_%1()
{
    local context state state_descr line
    local -A opt_args
    _arguments -C \
%2        '1: :->command' \
        '*:: :->operands'
    case $state in
        command)
            local -a commands=(
%3            )
            _describe command commands
            ;;
        operands)
            case $words[1] in
%4            esac
            ;;
    esac
}

if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
    _%1 "$@"
else
    compdef _%1 %1
fi
)"_s;
    return text.arg(program.name, specificationsOf(program.alone, u"        "_s), described, cases).toUtf8();
}

} // namespace dialogue::manual
