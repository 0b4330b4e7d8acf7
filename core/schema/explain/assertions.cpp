#include "core/schema/explain/assertions_p.h"

#include "core/schema/explain/wording_p.h"
#include "core/schema/rules_p.h"

#include <QJsonArray>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

Found wrongType(const QJsonValue &type, const QJsonValue &data, const QString &path)
{
    if (type.isUndefined())
        return {};
    const QJsonArray types = type.isArray() ? type.toArray() : QJsonArray{type};
    QStringList texts;
    for (const QJsonValue name : types) {
        if (isOfType(data, name.toString()))
            return {};
        texts.append(typeText(name.toString()));
    }
    const bool fraction = data.isDouble() && types.contains(u"integer"_s);
    return Violation{
        path,
        u"must be %1, not %2"_s.arg(texts.join(u" or "_s), fraction ? valueText(data) : kindText(data))};
}

Found wrongValue(const QJsonObject &schema, const QJsonValue &data, const QString &path)
{
    if (schema.contains("const"_L1) && schema.value("const"_L1) != data)
        return Violation{path, u"must be %1"_s.arg(valueText(schema.value("const"_L1)))};
    const QJsonArray values = schema.value("enum"_L1).toArray();
    if (values.isEmpty() || values.contains(data))
        return {};
    QStringList texts;
    for (const QJsonValue value : values)
        texts.append(valueText(value));
    return Violation{path, u"must be one of: %1"_s.arg(texts.join(u", "_s))};
}

Found wrongCount(const QJsonObject &schema, const QString &what, qint64 count, const QString &one,
                 const QString &many, const QString &path)
{
    const QJsonValue least = schema.value(u"min"_s + what);
    const QJsonValue most = schema.value(u"max"_s + what);
    if (least.isDouble() && count < least.toInteger())
        return Violation{path, u"must have at least %1"_s.arg(counted(least.toInteger(), one, many))};
    if (most.isDouble() && count > most.toInteger())
        return Violation{path, u"must have at most %1"_s.arg(counted(most.toInteger(), one, many))};
    return {};
}

Found wrongString(const QJsonObject &schema, const QString &text, const QString &path)
{
    if (Found found
        = wrongCount(schema, u"Length"_s, codePoints(text), u"character"_s, u"characters"_s, path))
        return found;
    const QString pattern = schema.value("pattern"_L1).toString();
    if (!pattern.isEmpty() && !toRegularExpression(pattern).match(text).hasMatch())
        return Violation{path, u"must match the pattern %1"_s.arg(shortened(pattern))};
    const QString format = schema.value("format"_L1).toString();
    if (!holdsFormat(text, format))
        return Violation{path, u"must be a %1 as RFC 3339 writes it"_s.arg(format)};
    return {};
}

Found wrongNumber(const QJsonObject &schema, double number, const QString &path)
{
    struct Rule
    {
        const char *keyword;
        bool (*broken)(double number, double limit);
        const char *text;
    };
    static constexpr Rule rules[] = {
        {"minimum", [](double n, double limit) { return n < limit; }, "must be at least %1"},
        {"maximum", [](double n, double limit) { return n > limit; }, "must be at most %1"},
        {"exclusiveMinimum", [](double n, double limit) { return n <= limit; }, "must be more than %1"},
        {"exclusiveMaximum", [](double n, double limit) { return n >= limit; }, "must be less than %1"},
        {"multipleOf", [](double n, double limit) { return !isMultipleOf(n, limit); },
         "must be a multiple of %1"},
    };
    for (const Rule &rule : rules) {
        const QJsonValue limit = schema.value(QLatin1String(rule.keyword));
        if (limit.isDouble() && rule.broken(number, limit.toDouble()))
            return Violation{path, QString::fromLatin1(rule.text).arg(valueText(limit))};
    }
    return {};
}

} // namespace dialogue::schema
