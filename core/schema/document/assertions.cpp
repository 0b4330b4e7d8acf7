#include "core/schema/document/assertions_p.h"

#include "core/schema/rules_p.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr qsizetype kMaxPattern = 1000; // characters

Result<void> readType(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    const QJsonValue value = from.value("type"_L1);
    if (value.isUndefined())
        return {};
    static const QStringList known
        = {u"string"_s, u"number"_s, u"integer"_s, u"boolean"_s, u"object"_s, u"array"_s, u"null"_s};
    const Place here = place.member(u"type"_s);
    const QJsonArray types = value.isArray() ? value.toArray() : QJsonArray{value};
    for (const QJsonValue type : types) {
        if (!type.isString() || !known.contains(type.toString()))
            return here.error(u"must be one of: %1"_s.arg(known.join(u", "_s)));
    }
    if (types.isEmpty())
        return here.error(u"must name at least one type"_s);
    if (types.contains(u"integer"_s)) // valijson's integers end at 2^31
        to.insert("dialogue:type"_L1, types);
    else
        to.insert("type"_L1, value);
    return {};
}

Result<void> readCounts(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    for (const QString &keyword : {u"minLength"_s, u"maxLength"_s, u"minItems"_s, u"maxItems"_s,
                                   u"minProperties"_s, u"maxProperties"_s}) {
        const QJsonValue value = from.value(keyword);
        if (value.isUndefined())
            continue;
        const double number = value.toDouble(-1);
        if (!value.isDouble() || !isWhole(number) || number < 0 || number > std::numeric_limits<int>::max())
            return place.member(keyword).error(u"must be a whole number of at least 0"_s);
        const bool length = keyword.endsWith("Length"_L1);
        to.insert(length ? u"dialogue:"_s + keyword : keyword, qint64(number));
    }
    return {};
}

Result<void> readNumbers(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    for (const QString &keyword :
         {u"minimum"_s, u"maximum"_s, u"exclusiveMinimum"_s, u"exclusiveMaximum"_s}) {
        const QJsonValue value = from.value(keyword);
        if (value.isUndefined())
            continue;
        if (!value.isDouble())
            return place.member(keyword).error(u"must be a number"_s);
        to.insert(keyword, value.toDouble());
    }
    if (const QJsonValue value = from.value("multipleOf"_L1); !value.isUndefined()) {
        if (!value.isDouble() || !(value.toDouble() > 0))
            return place.member(u"multipleOf"_s).error(u"must be a number above 0"_s);
        to.insert("dialogue:multipleOf"_L1, value);
    }
    return {};
}

Result<void> readRequired(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    const QJsonValue value = from.value("required"_L1);
    if (value.isUndefined())
        return {};
    if (!isNameList(value))
        return place.member(u"required"_s).error(u"must be a list of member names"_s);
    if (!value.toArray().isEmpty())
        to.insert("required"_L1, value);
    return {};
}

Result<void> readValues(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    if (const QJsonValue value = from.value("enum"_L1); !value.isUndefined()) {
        if (!value.isArray() || value.toArray().isEmpty())
            return place.member(u"enum"_s).error(u"must be a list of at least one value"_s);
        to.insert("dialogue:enum"_L1, value);
    }
    if (const QJsonValue value = from.value("const"_L1); !value.isUndefined()) {
        if (to.contains("dialogue:enum"_L1) && !to.value("dialogue:enum"_L1).toArray().contains(value))
            return place.member(u"const"_s)
                .error(u"is not among the values of enum beside it, so nothing could match"_s);
        to.insert("dialogue:enum"_L1, QJsonArray{value});
    }
    return {};
}

Result<void> readStrings(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    if (const QJsonValue value = from.value("pattern"_L1); !value.isUndefined()) {
        const Place here = place.member(u"pattern"_s);
        if (!value.isString())
            return here.error(u"must be a regular expression, as a string"_s);
        if (const Result<void> checked = checkPattern(value.toString(), here); !checked)
            return checked;
        to.insert("dialogue:pattern"_L1, value);
    }
    if (const QJsonValue value = from.value("format"_L1); !value.isUndefined()) {
        if (!value.isString())
            return place.member(u"format"_s).error(u"must be a string"_s);
        if (isCheckedFormat(value.toString()))
            to.insert("dialogue:format"_L1, value);
    }
    return {};
}

Result<void> readUniqueItems(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    const QJsonValue value = from.value("uniqueItems"_L1);
    if (value.isUndefined())
        return {};
    if (!value.isBool())
        return place.member(u"uniqueItems"_s).error(u"must be true or false"_s);
    if (value.toBool())
        to.insert("dialogue:uniqueItems"_L1, true);
    return {};
}

} // namespace

Result<void> readAssertions(const QJsonObject &from, const Place &place, QJsonObject &to)
{
    for (const auto read :
         {readType, readCounts, readNumbers, readRequired, readValues, readStrings, readUniqueItems}) {
        if (const Result<void> done = read(from, place, to); !done)
            return done;
    }
    return {};
}

Result<void> checkPattern(const QString &pattern, const Place &place)
{
    if (pattern.size() > kMaxPattern)
        return place.error(u"is longer than the %1 characters a pattern may have"_s.arg(kMaxPattern));
    const QRegularExpression expression = toRegularExpression(pattern);
    if (!expression.isValid())
        return place.error(
            u"\"%1\" is not a regular expression: %2"_s.arg(pattern.left(100), expression.errorString()));
    return {};
}

bool isNameList(const QJsonValue &value)
{
    if (!value.isArray())
        return false;
    const QJsonArray array = value.toArray();
    return std::all_of(array.begin(), array.end(), [](const QJsonValue &item) {
        return item.isString() && !item.toString().contains(QChar::Null);
    });
}

} // namespace dialogue::schema
