#include "server/config/node.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace dialogue::config {

namespace {

constexpr qsizetype kMaxShown = 40; // characters of a value repeated in a message

QJsonValue plainScalar(const QString &text)
{
    if (text == "true"_L1)
        return true;
    if (text == "false"_L1)
        return false;
    bool good = false;
    if (const qlonglong number = text.toLongLong(&good); good)
        return number;
    if (const double number = text.toDouble(&good); good && std::isfinite(number))
        return number;
    return text;
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

Node::Node(Kind kindOfValue, Position where, const QString &text, bool isQuoted)
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

QJsonValue toJson(const Node &node)
{
    switch (node.kind) {
    case Node::Kind::Null:
        return QJsonValue::Null;
    case Node::Kind::Scalar:
        return node.quoted ? QJsonValue(node.scalar) : plainScalar(node.scalar);
    case Node::Kind::List: {
        QJsonArray array;
        for (const Node &item : node.items)
            array.append(toJson(item));
        return array;
    }
    case Node::Kind::Map:
        break;
    }
    QJsonObject object;
    for (const Member &member : node.members)
        object.insert(member.key, toJson(member.value));
    return object;
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
    const QString text
        = visible(node.scalar.size() <= kMaxShown ? node.scalar : node.scalar.left(kMaxShown) + u'…');
    return node.quoted || plainScalar(node.scalar).isString() ? u'"' + text + u'"' : text;
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

Position locate(const Node &node, QStringView path)
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
