#include "core/schema/rules_p.h"

#include <QDateTime>
#include <QJsonObject>

#include <cmath>
#include <unordered_set>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

struct HashJson
{
    std::size_t operator()(const QJsonValue &value) const { return qHash(value); }
};

bool isTime(QStringView text)
{
    static const QRegularExpression shape(
        u"\\A([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)(\\.[0-9]{1,9})?([Zz]|[+-]([01][0-9]|2[0-3]):[0-5][0-9])\\z"_s);
    return text.size() <= 32 && shape.match(text.toString()).hasMatch();
}

bool isDate(QStringView text)
{
    return text.size() == 10 && QDate::fromString(text.toString(), Qt::ISODate).isValid();
}

} // namespace

QRegularExpression toRegularExpression(const QString &ecma)
{
    // A match that costs more than this is given up: a careless pattern must not let one message stop the
    // server.
    QString pattern = u"(*LIMIT_MATCH=100000)"_s;
    bool inClass = false;
    for (qsizetype i = 0; i < ecma.size(); ++i) {
        const QChar c = ecma[i];
        if (c == u'\\' && i + 1 < ecma.size()) {
            const QChar escaped = ecma[++i];
            if (escaped == u'u' && i + 4 < ecma.size()) {
                pattern += u"\\x{%1}"_s.arg(QStringView(ecma).mid(i + 1, 4));
                i += 4;
            } else {
                pattern += c;
                pattern += escaped;
            }
            continue;
        }
        if (c == u'[' && !inClass)
            inClass = true;
        else if (c == u']')
            inClass = false;
        // ECMA's $ is the very end; PCRE's would let a last newline slip through.
        if (c == u'$' && !inClass)
            pattern += u"\\z"_s;
        else
            pattern += c;
    }
    return QRegularExpression(pattern);
}

bool isWhole(double number) { return std::isfinite(number) && std::floor(number) == number; }

bool isOfType(const QJsonValue &value, QStringView type)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return type == "null"_L1;
    case QJsonValue::Bool:
        return type == "boolean"_L1;
    case QJsonValue::Double:
        return type == "number"_L1 || (type == "integer"_L1 && isWhole(value.toDouble()));
    case QJsonValue::String:
        return type == "string"_L1;
    case QJsonValue::Array:
        return type == "array"_L1;
    case QJsonValue::Object:
        return type == "object"_L1;
    case QJsonValue::Undefined:
        break;
    }
    return false;
}

bool isMultipleOf(double number, double divisor)
{
    const double quotient = number / divisor;
    return std::abs(quotient - std::round(quotient)) <= 1e-9 * std::max(1.0, std::abs(quotient));
}

bool isUnique(const QJsonArray &items)
{
    std::unordered_set<QJsonValue, HashJson> seen;
    seen.reserve(static_cast<std::size_t>(items.size()));
    for (const QJsonValue item : items) {
        if (!seen.insert(item).second)
            return false;
    }
    return true;
}

bool isCheckedFormat(QStringView format)
{
    return format == "date-time"_L1 || format == "date"_L1 || format == "time"_L1;
}

bool holdsFormat(const QString &text, QStringView format)
{
    const QStringView view(text);
    if (format == "date"_L1)
        return isDate(view);
    if (format == "time"_L1)
        return isTime(view);
    if (format == "date-time"_L1) // RFC 3339, section 5.6
        return view.size() > 11 && isDate(view.left(10)) && view[10].toUpper() == u'T'
            && isTime(view.mid(11));
    return true;
}

qsizetype codePoints(QStringView text)
{
    qsizetype count = text.size();
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text[i].isHighSurrogate() && text[i + 1].isLowSurrogate()) {
            --count;
            ++i;
        }
    }
    return count;
}

} // namespace dialogue::schema
