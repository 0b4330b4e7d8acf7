#include "server/config/yamlfault.h"

#include "server/config/textplaces.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

constexpr bool isBlank(char c) { return c == ' ' || c == '\t'; }

/** The line that \a offset is in. */
struct Line
{
    Line(QByteArrayView text, qsizetype offset)
        : begin(text.first(std::min(offset, text.size())).lastIndexOf('\n') + 1)
        , content(text.sliced(begin).first(lengthOf(text.sliced(begin))))
    { }

    static qsizetype lengthOf(QByteArrayView text)
    {
        const qsizetype end = text.indexOf('\n');
        return end < 0 ? text.size() : end;
    }
    [[nodiscard]] QByteArrayView indentation() const
    {
        const auto end = std::find_if_not(content.begin(), content.end(), isBlank);
        return content.first(end - content.begin());
    }

    qsizetype begin;
    QByteArrayView content;
};

/** The last line above \a line that is neither empty nor a comment. */
std::optional<Line> lineAbove(QByteArrayView text, const Line &line)
{
    for (qsizetype begin = line.begin; begin > 0;) {
        const Line above(text, begin - 1);
        const QByteArrayView words = above.content.trimmed();
        if (!words.isEmpty() && !words.startsWith('#'))
            return above;
        begin = above.begin;
    }
    return {};
}

/** Where a colon separates a key from its value in \a content, or -1. */
qsizetype separator(QByteArrayView content)
{
    for (qsizetype at = content.indexOf(':'); at >= 0; at = content.indexOf(':', at + 1)) {
        if (at + 1 == content.size() || isBlank(content[at + 1]) || content[at + 1] == '\r')
            return at;
    }
    return -1;
}

Refusal refuse(const YamlFault &fault, qsizetype offset, const QString &message)
{
    return {TextPlaces(fault.text).at(offset), message};
}

QString inLine(const YamlFault &fault, qsizetype offset)
{
    return u"line %1"_s.arg(TextPlaces(fault.text).at(offset).line);
}

/** A tab where spaces are to show what belongs to what. */
std::optional<Refusal> tabInFront(const YamlFault &fault)
{
    const Line line(fault.text, fault.offset);
    const qsizetype tab = line.indentation().indexOf('\t');
    if (tab < 0)
        return {};
    return refuse(fault, line.begin + tab, u"a tab stands here; YAML is indented with spaces only"_s);
}

/** A closing quote that is followed by more. */
std::optional<Refusal> afterQuotes(const YamlFault &fault)
{
    const bool closedHere = fault.quoteEnd > fault.quoteBegin && fault.quoteEnd <= fault.offset
        && Line(fault.text, fault.quoteEnd - 1).begin == Line(fault.text, fault.offset).begin;
    if (!closedHere)
        return {};
    if (Line(fault.text, fault.quoteBegin).begin != Line(fault.text, fault.quoteEnd - 1).begin) {
        return refuse(fault, fault.quoteBegin,
                      u"the quote that opens here is closed in %1, where more follows; most likely its "
                      u"closing quote is missing in this line"_s.arg(inLine(fault, fault.quoteEnd - 1)));
    }
    const bool isSingle = fault.text[fault.quoteEnd - 1] == '\'';
    return refuse(fault, fault.offset,
                  isSingle ? u"text follows the closing quote; within single quotes a ' is written ''"_s
                           : u"text follows the closing quote; within double quotes a \" is written \\\""_s);
}

/** A colon where there can be none. */
Refusal secondColon(const YamlFault &fault)
{
    const Line line(fault.text, fault.offset);
    if (separator(line.content.first(fault.offset - line.begin)) >= 0) {
        return refuse(fault, fault.offset,
                      u"this line has a second \": \"; a value that has one must stand in quotes"_s);
    }
    const auto above = lineAbove(fault.text, line);
    if (above && separator(above->content) < 0 && !above->content.trimmed().startsWith('-')) {
        const QByteArrayView words = above->content.trimmed();
        const qsizetype colon = words.indexOf(':');
        const qsizetype at = above->begin + above->indentation().size() + std::max(colon, qsizetype(0));
        return refuse(fault, at,
                      colon < 0 ? u"is no \"key: value\"; a colon and a space are missing"_s
                                : u"a space must follow the \":\""_s);
    }
    return refuse(fault, line.begin + line.indentation().size(),
                  u"is indented further than the line above, which has its value already"_s);
}

/** In brackets. */
Refusal notClosed(const YamlFault &fault, char open, char close)
{
    const QString where = fault.container
        ? u" in line %1, column %2"_s.arg(fault.container->line).arg(fault.container->column)
        : QString();
    return refuse(fault, fault.offset,
                  u"a \",\" or the closing \"%1\" of the \"%2\"%3 is missing here"_s.arg(
                      QChar::fromLatin1(close), QChar::fromLatin1(open), where));
}

/** Whether it is about an escape, the last one before where the parser stopped. */
bool isOfEscape(QByteArrayView message)
{
    return message.startsWith("unknown escape character: ") || message.startsWith("invalid unicode: ")
        || message == "bad character found while scanning hex number";
}

/** The first quote from the last value on that nothing closes. */
Refusal openQuote(const YamlFault &fault)
{
    static constexpr QByteArrayView before(" \t\n[{,:-?");
    for (qsizetype at = fault.lastScalar; at < fault.text.size(); ++at) {
        const bool isQuote = fault.text[at] == '"' || fault.text[at] == '\'';
        if (!isQuote || (at > 0 && !before.contains(fault.text[at - 1])))
            continue;
        const qsizetype end = endOfQuotes(fault.text, at);
        if (end < 0)
            return refuse(fault, at, neverClosed());
        at = end - 1;
    }
    return refuse(fault, fault.offset, neverClosed());
}

/** What \a message of the parser means, where nothing but its own place matters; empty for one we do not
 * know. */
QString inWords(QByteArrayView message)
{
    if (message == "end of map not found")
        return u"stands where a key of the map above would; its indentation fits no line above"_s;
    if (message == "end of sequence not found")
        return u"stands where a \"-\" of the list above would; its indentation fits no line above"_s;
    if (message == "illegal flow end")
        return u"is a closing bracket that closes nothing; is another one missing before?"_s;
    if (message == "illegal block entry")
        return u"a \"-\" begins an item of a list, which must be in a line of its own; or put it in quotes"_s;
    if (message == "unknown token")
        return u"no value begins with this character, unless it stands in quotes"_s;
    if (message == "alias not found after *")
        return u"a \"*\" must stand in quotes: \"*\""_s;
    if (message.startsWith("the referenced anchor is not defined"))
        return aliasRefused();
    if (message.startsWith("unknown escape character: ")) {
        return u"\"\\%1\" is no escape; a backslash is written \\\\ in double quotes, \\ in single quotes"_s
            .arg(QString::fromUtf8(message.last(1)));
    }
    if (message == "bad character found while scanning hex number")
        return u"\"\\x\" takes two hexadecimal digits, \"\\u\" four, \"\\U\" eight"_s;
    if (message.startsWith("invalid unicode: "))
        return u"\"\\ud800\" to \"\\udfff\" are halves of characters; write the character itself, or \"\\U0001f600\""_s;
    return {};
}

} // namespace

Refusal explain(const YamlFault &fault)
{
    const QByteArrayView message = fault.message;
    const QString words = inWords(message);
    const QString answer = words.isEmpty() ? u"is not YAML: %1"_s.arg(QString::fromUtf8(message)) : words;
    if (fault.offset < 0 || fault.offset > fault.text.size())
        return {{}, answer};
    if (message == "illegal EOF in scalar")
        return openQuote(fault);
    // Of these it has read the first character.
    const QByteArrayView before = fault.text.first(fault.offset);
    if (isOfEscape(message))
        return refuse(fault, before.lastIndexOf('\\'), answer);
    if (message == "alias not found after *")
        return refuse(fault, before.lastIndexOf('*'), answer);
    if (auto found = tabInFront(fault))
        return *found;
    if (message == "illegal map value")
        return secondColon(fault);
    if (auto found = message.startsWith("end of") ? afterQuotes(fault) : std::nullopt)
        return *found;
    if (message == "end of sequence flow not found")
        return notClosed(fault, '[', ']');
    if (message == "end of map flow not found")
        return notClosed(fault, '{', '}');
    return refuse(fault, fault.offset, answer);
}

qsizetype endOfQuotes(QByteArrayView text, qsizetype begin)
{
    qsizetype at = begin;
    while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
        while (at < text.size() && !isBlank(text[at]) && text[at] != '\n')
            ++at;
        while (at < text.size() && (isBlank(text[at]) || text[at] == '\n'))
            ++at;
    }
    if (at >= text.size() || (text[at] != '"' && text[at] != '\''))
        return begin;
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (quote == '"' && text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            if (quote == '"' || at + 1 == text.size() || text[at + 1] != quote)
                return at + 1;
            ++at; // '' is a quote within.
        }
    }
    return -1;
}

QString neverClosed() { return u"the quote that opens here is never closed"_s; }

QString aliasRefused()
{
    return u"aliases (*name) are not supported; write the value out, or in quotes if it is text"_s;
}

} // namespace dialogue::config
