#include "core/schema/explain/wording_p.h"

#include <QLocale>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr qsizetype kMaxShown = 60; // characters of data repeated in a message

} // namespace

QString shortened(const QString &text)
{
    return text.size() <= kMaxShown ? text : text.left(kMaxShown) + u'…';
}

QString memberPath(const QString &path, const QString &key)
{
    static const QRegularExpression plain(u"\\A[A-Za-z_$][A-Za-z0-9_$-]*\\z"_s);
    if (key.size() <= kMaxShown && plain.match(key).hasMatch())
        return path.isEmpty() ? key : path + u'.' + key;
    return path + u"[\""_s + shortened(key) + u"\"]"_s;
}

QString itemPath(const QString &path, qsizetype index) { return path + u"[%1]"_s.arg(index); }

QString typeText(QStringView type)
{
    if (type == "string"_L1)
        return u"a string"_s;
    if (type == "number"_L1)
        return u"a number"_s;
    if (type == "integer"_L1)
        return u"a whole number"_s;
    if (type == "boolean"_L1)
        return u"true or false"_s;
    if (type == "array"_L1)
        return u"an array"_s;
    if (type == "object"_L1)
        return u"an object"_s;
    return u"null"_s;
}

QString valueText(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return u"null"_s;
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QJsonValue::String:
        return shortened(value.toString());
    case QJsonValue::Array:
        return u"an array"_s;
    case QJsonValue::Object:
        return u"an object"_s;
    case QJsonValue::Undefined:
        break;
    }
    return u"nothing"_s;
}

QString kindText(const QJsonValue &value)
{
    if (value.isString())
        return u"a string"_s;
    if (value.isDouble())
        return u"a number"_s;
    return valueText(value);
}

QString counted(qint64 count, const QString &one, const QString &many)
{
    return u"%1 %2"_s.arg(count).arg(count == 1 ? one : many);
}

} // namespace dialogue::schema
