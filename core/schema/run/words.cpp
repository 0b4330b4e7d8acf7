#include "core/schema/run/words.h"

#include "core/schema/program.h"

#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema::words {

namespace {

constexpr qsizetype MaxShown = 60; // characters of data
constexpr qsizetype MaxValues = 20; // of an enum

} // namespace

QString shortened(const QString &text) { return text.size() <= MaxShown ? text : text.left(MaxShown) + u'…'; }

QString types(unsigned mask)
{
    QStringList names;
    if (mask & types::String)
        names += u"a string"_s;
    if ((mask & types::Number) == types::Number)
        names += u"a number"_s;
    else if (mask & types::Whole)
        names += u"a whole number"_s;
    if (mask & types::Boolean)
        names += u"true or false"_s;
    if (mask & types::Array)
        names += u"an array"_s;
    if (mask & types::Object)
        names += u"an object"_s;
    if (mask & types::Null)
        names += u"null"_s;
    return names.join(u" or "_s);
}

QString value(QByteArrayView text)
{
    switch (text.front()) {
    case '"':
        return shortened(QString::fromUtf8(text.sliced(1).chopped(1))); // With escapes: on one line.
    case '[':
        return u"an array"_s;
    case '{':
        return u"an object"_s;
    default:
        return shortened(QString::fromLatin1(text));
    }
}

QString kind(QByteArrayView text)
{
    if (text.front() == '"')
        return u"a string"_s;
    return text.front() == '-' || (text.front() >= '0' && text.front() <= '9') ? u"a number"_s : value(text);
}

QString counted(qsizetype count, const char *what)
{
    return u"%1 %2%3"_s.arg(count).arg(QLatin1String(what), count == 1 ? ""_L1 : "s"_L1);
}

QString format(const QString &name)
{
    if (name == "date"_L1 || name == "time"_L1 || name == "date-time"_L1)
        return u"a %1 as RFC 3339 writes it"_s.arg(name);
    if (name == "email"_L1)
        return u"an email address"_s;
    if (name == "regex"_L1)
        return u"a regular expression of ECMA-262"_s;
    static const QString vowels = u"aeio"_s; // a URI, a UUID
    return u"%1 %2"_s.arg(vowels.contains(name.front()) ? u"an"_s : u"a"_s, name);
}

QString list(const QList<QByteArray> &texts)
{
    QStringList shown;
    for (const QByteArray &text : texts.first(std::min(texts.size(), MaxValues)))
        shown += value(text);
    if (texts.size() > MaxValues)
        shown += u"… (%1 in all)"_s.arg(texts.size());
    return shown.join(u", "_s);
}

} // namespace dialogue::schema::words
