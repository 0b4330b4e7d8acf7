#include "server/config/node.h"

#include "core/json/cursor.h"
#include "core/json/writer.h"

#include <QRegularExpression>

#include <utility>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

constexpr qsizetype MaxShown = 40; // characters of a value repeated in a message

/** \a text as a number of JSON, which has less ways to write one: no "+5", no "007", no ".5". */
QByteArray numberText(const QString &text)
{
    static const QRegularExpression form(u"\\A([+-]?)(\\d*)(?:\\.(\\d*))?([eE][+-]?\\d+)?\\z"_s);
    const QRegularExpressionMatch match = form.match(text);
    QString whole = match.captured(2);
    const QString fraction = match.captured(3);
    if (!match.hasMatch() || (whole.isEmpty() && fraction.isEmpty()))
        return {};
    while (whole.startsWith(u'0'))
        whole.remove(0, 1);
    const QString number = (match.captured(1) == u"-"_s ? u"-"_s : QString())
        + (whole.isEmpty() ? u"0"_s : whole) + (fraction.isEmpty() ? QString() : u'.' + fraction)
        + match.captured(4);
    const QByteArray json = number.toLatin1();
    return json::check(json) ? json : QByteArray(); // Not those that no double holds.
}

/** A scalar without quotes as JSON; null where it is a text. */
QByteArray plainScalar(const QString &text)
{
    return text == "true"_L1 || text == "false"_L1 ? text.toLatin1() : numberText(text);
}

void append(QByteArray &json, const Node &node)
{
    const char *separator = "";
    switch (node.kind) {
    case Node::Kind::Null:
        json += "null";
        return;
    case Node::Kind::Scalar:
        if (const QByteArray plain = node.quoted ? QByteArray() : plainScalar(node.scalar); !plain.isNull())
            json += plain;
        else
            json::appendString(json, node.scalar);
        return;
    case Node::Kind::List:
        json += '[';
        for (const Node &item : node.items) {
            json += std::exchange(separator, ",");
            append(json, item);
        }
        json += ']';
        return;
    case Node::Kind::Map:
        json += '{';
        for (const Member &member : node.members) {
            json += std::exchange(separator, ",");
            json::appendString(json, member.key);
            json += ':';
            append(json, member.value);
        }
        json += '}';
        return;
    }
}

/** Whether \a path goes on below \a name; then \a rest is what follows. */
bool goesThrough(QStringView path, const QString &name, QStringView &rest)
{
    if (!path.startsWith(name))
        return false;
    rest = path.mid(name.size());
    return rest.isEmpty() || rest.front() == u'.' || rest.front() == u'[';
}

} // namespace

Node::Node() = default;

Node::Node(Kind kindOfValue, FilePosition where, const QString &text, bool isQuoted)
    : kind(kindOfValue)
    , position(where)
    , scalar(text)
    , quoted(isQuoted)
{ }

const Node *Node::find(QStringView key) const
{
    for (const Member &member : members) {
        if (member.key == key)
            return &member.value;
    }
    return nullptr;
}

QByteArray toJson(const Node &node)
{
    QByteArray json;
    append(json, node);
    return json;
}

QString describe(const Node &node)
{
    switch (node.kind) {
    case Node::Kind::Null:
        return u"nothing"_s;
    case Node::Kind::List:
        return u"a list"_s;
    case Node::Kind::Map:
        return u"a map"_s;
    case Node::Kind::Scalar:
        break;
    }
    if (!node.written.isEmpty()) // It may be a secret.
        return u"what \"%1\" stands for"_s.arg(visible(node.written.left(MaxShown)));
    const QString text
        = visible(node.scalar.size() <= MaxShown ? node.scalar : node.scalar.left(MaxShown) + u'…');
    return node.quoted || plainScalar(node.scalar).isNull() ? u'"' + text + u'"' : text;
}

QString visible(const QString &text)
{
    QString result;
    for (const QChar c : text) {
        const bool isSeen = c == u' ' || c.isSurrogate() || (c.isPrint() && !c.isSpace());
        if (isSeen)
            result += c;
        else
            result += u"\\u%1"_s.arg(uint(c.unicode()), 4, 16, QChar(u'0'));
    }
    return result;
}

FilePosition locate(const Node &node, QStringView path)
{
    if (path.startsWith(u'.'))
        path = path.mid(1);
    if (path.startsWith(u'[')) {
        const qsizetype end = path.indexOf(u']');
        bool good = false;
        const qulonglong index = path.mid(1, end - 1).toULongLong(&good);
        if (end > 0 && good && index < node.items.size())
            return locate(node.items[index], path.mid(end + 1));
        return node.position;
    }
    for (const Member &member : node.members) {
        QStringView rest;
        if (goesThrough(path, member.key, rest))
            return rest.isEmpty() ? member.value.position : locate(member.value, rest);
    }
    return node.position;
}

} // namespace dialogue::config
