#include "server/http/routemistake.h"

#include <QList>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

QString methodMistake(const QByteArray &method)
{
    if (method.isEmpty())
        return u"has no method"_s;
    if (method != method.toUpper())
        return u"names its method in small letters; methods are written large, and are not the same otherwise"_s;
    if (method == "HEAD")
        return u"is for HEAD, which the routes for GET answer"_s;
    return {};
}

QString segmentsMistake(const QList<QByteArray> &segments)
{
    QList<QByteArray> names;
    for (qsizetype i = 0; i < segments.size(); ++i) {
        const QByteArray &segment = segments[i];
        if (segment == "*" && i + 1 < segments.size())
            return u"has a \"*\" before its end; it stands for the rest of the path, \":name\" for one segment"_s;
        if (!segment.startsWith(':'))
            continue;
        if (segment.size() == 1)
            return u"has a parameter without a name"_s;
        if (names.contains(segment))
            return u"has two parameters with the name \"%1\""_s.arg(QString::fromUtf8(segment));
        names.append(segment);
    }
    return {};
}

} // namespace

QString routeMistake(const QByteArray &method, const QByteArray &pattern, const QByteArray &reserved)
{
    if (const QString mistake = methodMistake(method); !mistake.isEmpty())
        return mistake;
    if (!pattern.startsWith('/'))
        return u"does not begin with \"/\", as every path does"_s;
    if (pattern.contains('?') || pattern.contains('#'))
        return u"has a query; a pattern is a path alone, and HttpRequest::query has the query"_s;
    if (QByteArray(pattern + '/').startsWith(reserved))
        return u"lies below engine.path, \"%1\", where Socket.IO answers"_s.arg(QString::fromUtf8(reserved));
    return segmentsMistake(pattern.split('/'));
}

} // namespace dialogue
