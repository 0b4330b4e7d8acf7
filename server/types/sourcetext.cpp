#include "server/types/sourcetext.h"

#include "core/base/foreigntext.h"

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** What looks as it is in the source, and cannot be taken for its end. */
bool isPlain(char16_t unit)
{
    return unit >= u' ' && unit <= u'~' && unit != u'"' && unit != u'\\' && unit != u'?' && unit != u'`'
        && unit != u'$';
}

QString escaped(char16_t unit) { return u"\\u%1"_s.arg(uint(unit), 4, 16, QChar(u'0')); }

QString escapedForTypeScript(QStringView text)
{
    QString result;
    for (const QChar c : text) {
        const char16_t unit = c.unicode();
        if (isPlain(unit) || unit == u'?')
            result += c;
        else
            result += escaped(unit);
    }
    return result;
}

/** A line of a comment: no end of it in it, no beginning of another, no order to a compiler. */
QString commentLine(QStringView text)
{
    QString line = printable(text);
    line.replace("*/"_L1, "* /"_L1).replace("/*"_L1, "/ *"_L1);
    // "@ts-ignore"
    const QStringView trimmed = QStringView(line).trimmed();
    return trimmed.startsWith(u'@') ? u'\\' + trimmed.toString() : line;
}

} // namespace

QString typeScriptString(QStringView text) { return u'"' + escapedForTypeScript(text) + u'"'; }

QString typeScriptPattern(QStringView pattern)
{
    QStringList parts;
    for (const QStringView part : pattern.split(u'*'))
        parts.append(escapedForTypeScript(part));
    return u'`' + parts.join("${string}"_L1) + u'`';
}

QString cppString(QStringView text)
{
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t unit = text[i].unicode();
        if (isPlain(unit) || unit == u'`' || unit == u'$') {
            result += text[i];
        } else if (unit < 0xA0) { // Which no \u may name.
            result += u"\\%1"_s.arg(uint(unit), 3, 8, QChar(u'0'));
        } else if (!QChar::isSurrogate(unit)) {
            result += escaped(unit);
        } else if (QChar::isHighSurrogate(unit) && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            result += u"\\U%1"_s.arg(QChar::surrogateToUcs4(text[i], text[i + 1]), 8, 16, QChar(u'0'));
            ++i;
        } else { // The literal ends behind it, or more digits would be of it.
            result += u"\\x%1\" u\""_s.arg(uint(unit), 4, 16, QChar(u'0'));
        }
    }
    return u"u\""_s + result + u'"';
}

QString comment(const QStringList &paragraphs, const QString &indent)
{
    QStringList lines;
    for (const QString &paragraph : paragraphs) {
        if (paragraph.trimmed().isEmpty())
            continue;
        if (!lines.isEmpty())
            lines.append(QString());
        for (const QStringView line : QStringView(paragraph).trimmed().split(u'\n'))
            lines.append(commentLine(line));
    }
    if (lines.isEmpty())
        return {};
    if (lines.size() == 1)
        return indent + u"/** "_s + lines.constFirst().trimmed() + u" */\n"_s;
    QString text = indent + u"/**\n"_s;
    for (const QString &line : std::as_const(lines))
        text += (indent + u" * "_s + line).trimmed().prepend(indent + u' ').append(u'\n');
    return text + indent + u" */\n"_s;
}

} // namespace dialogue::types
