#include "process/arguments.h"

#include "core/base/nearest.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

Error usage(const QString &message, const QString &path = {})
{
    return Error{.code = ErrorCode::InvalidRequest, .message = message, .path = path};
}

const Option *find(const Syntax &syntax, const QString &name)
{
    for (const Option &option : syntax.options) {
        if (option.name == name)
            return &option;
    }
    return nullptr;
}

Error unknownOption(const Syntax &syntax, const QString &name)
{
    QStringList names{u"help"_s};
    for (const Option &option : syntax.options)
        names.append(option.name);
    const QString meant = nearest(name, names);
    QString text = u"unknown option --%1"_s.arg(name);
    if (!meant.isEmpty())
        text += u"; did you mean --%1?"_s.arg(meant);
    return usage(text);
}

Result<void> checkOperands(const Syntax &syntax, const QStringList &operands)
{
    if (operands.size() < syntax.leastOperands)
        return usage(u"%1 needs %2"_s.arg(syntax.name, syntax.operands));
    if (syntax.mostOperands >= 0 && operands.size() > syntax.mostOperands)
        return usage(u"'%1' is one too many"_s.arg(operands.at(syntax.mostOperands)));
    return {};
}

void fillIn(const Syntax &syntax, QHash<QString, QStringList> &values)
{
    for (const Option &option : syntax.options) {
        if (values.contains(option.name))
            continue;
        const QString variable
            = option.environment.isEmpty() ? QString() : qEnvironmentVariable(qPrintable(option.environment));
        if (!variable.isEmpty())
            values.insert(option.name, {variable});
        else if (!option.fallback.isEmpty())
            values.insert(option.name, {option.fallback});
    }
}

} // namespace

Arguments::Arguments(QStringList operands, QHash<QString, QStringList> values)
    : m_operands(std::move(operands))
    , m_values(std::move(values))
{ }

Result<qint64> Arguments::wholeNumber(const QString &option, qint64 least, qint64 most) const
{
    bool good = false;
    const qint64 number = value(option).toLongLong(&good);
    if (good && number >= least && number <= most)
        return number;
    return usage(u"must be a whole number from %1 to %2, not '%3'"_s.arg(least).arg(most).arg(value(option)),
                 u"--"_s + option);
}

Result<double> Arguments::number(const QString &option, double least, double most) const
{
    bool good = false;
    const double number = value(option).toDouble(&good);
    if (good && std::isfinite(number) && number >= least && number <= most)
        return number;
    return usage(
        u"must be a number from %1 to %2, not '%3'"_s.arg(least).arg(most, 0, 'f', 0).arg(value(option)),
        u"--"_s + option);
}

Result<Arguments> parseArguments(const Syntax &syntax, const QStringList &words)
{
    QStringList operands;
    QHash<QString, QStringList> values;
    const qsizetype optionsEnd = words.contains(u"--"_s) ? words.indexOf(u"--"_s) : words.size();
    for (qsizetype i = 0; i < optionsEnd; ++i) {
        if (words.at(i) == u"--help"_s || words.at(i) == u"-h"_s)
            return Arguments({}, {{u"help"_s, {u"yes"_s}}});
    }

    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (i == optionsEnd)
            continue;
        if (i > optionsEnd || !word.startsWith(u'-') || word == u"-"_s) {
            operands.append(word);
            continue;
        }
        if (!word.startsWith(u"--"_s))
            return usage(
                u"unknown option %1; options are written --name, and what only begins with a dash stands after --"_s
                    .arg(word));
        const QString name = word.mid(2).section(u'=', 0, 0);
        const bool joined = word.contains(u'=');
        const Option *option = find(syntax, name);
        if (!option)
            return unknownOption(syntax, name);
        if (option->value.isEmpty()) {
            if (joined)
                return usage(u"takes no value"_s, u"--"_s + name);
            values.insert(name, {u"yes"_s});
            continue;
        }
        if (!joined && i + 1 >= optionsEnd)
            return usage(u"needs a value: --%1 %2"_s.arg(name, option->value));
        if (!option->repeats)
            values.remove(name);
        values[name].append(joined ? word.section(u'=', 1) : words.at(++i));
    }
    if (const auto fits = checkOperands(syntax, operands); !fits)
        return fits.error();
    fillIn(syntax, values);
    return Arguments(operands, values);
}

Option helpOption() { return {u"help"_s, {}, u"Says this."_s}; }

QString helpText(const Syntax &syntax, const QString &program)
{
    QString text = u"Usage: %1%2%3\n\n%4\n"_s.arg(
        program.isEmpty() ? syntax.name : program + u' ' + syntax.name,
        syntax.options.isEmpty() ? QString() : u" [options]"_s,
        syntax.operands.isEmpty() ? QString() : u' ' + syntax.operands, syntax.summary);
    QList<Option> options = syntax.options;
    options.append(helpOption());
    qsizetype width = 0;
    for (const Option &option : std::as_const(options))
        width = qMax(width, option.name.size() + option.value.size() + 1);

    text += u"\nOptions:\n"_s;
    for (const Option &option : std::as_const(options)) {
        const QString left = option.value.isEmpty() ? option.name : option.name + u' ' + option.value;
        text += u"  --"_s + left.leftJustified(width + 2) + option.help;
        if (!option.environment.isEmpty())
            text += u" [$%1]"_s.arg(option.environment);
        if (!option.fallback.isEmpty())
            text += u" (%1)"_s.arg(option.fallback);
        text += u'\n';
    }
    if (!syntax.details.isEmpty())
        text += u'\n' + syntax.details.trimmed() + u'\n';
    return text;
}

} // namespace dialogue
