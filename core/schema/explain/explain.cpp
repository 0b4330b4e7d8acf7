#include "core/schema/explain/explain_p.h"

#include "core/schema/limits_p.h"
#include "core/schema/reference_p.h"
#include "core/schema/rules_p.h"

#include <QJsonArray>
#include <QLocale>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

constexpr qsizetype kMaxShown = 60; // characters of data repeated in a message

using Found = std::optional<Violation>;

class Explainer
{
public:
    explicit Explainer(const QJsonObject &document)
        : m_root(document)
    { }

    Found find(const QJsonValue &schema, const QJsonValue &data, const QString &path, int depth);

private:
    Found inString(const QJsonObject &schema, const QString &text, const QString &path) const;
    Found inNumber(const QJsonObject &schema, double number, const QString &path) const;
    Found inArray(const QJsonObject &schema, const QJsonArray &items, const QString &path, int depth);
    Found inObject(const QJsonObject &schema, const QJsonObject &members, const QString &path, int depth);
    Found inMembers(const QJsonObject &schema, const QJsonObject &members, const QString &path, int depth);
    Found inCombined(const QJsonObject &schema, const QJsonValue &data, const QString &path, int depth);
    Found inAlternatives(const QJsonArray &schemas, bool one, const QJsonValue &data, const QString &path,
                         int depth);

    const QJsonObject m_root;
    int m_steps = 0;
};

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

/** What \a value is, as the second half of "must be a string, not ...". */
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

Found bounds(const QJsonObject &schema, const QString &what, qint64 count, const QString &one,
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

Found Explainer::find(const QJsonValue &schema, const QJsonValue &data, const QString &path, int depth)
{
    if (schema.isBool())
        return schema.toBool() ? Found() : Violation{path, u"is not allowed here"_s};
    if (++m_steps > kMaxSteps)
        return Violation{path, u"takes more than %1 steps to check against the schema"_s.arg(kMaxSteps)};
    if (depth > kMaxDataDepth)
        return Violation{path, u"is nested too deeply; at most %1 levels are looked at"_s.arg(kMaxDataDepth)};
    const QJsonObject rules = schema.toObject();
    if (rules.contains("$ref"_L1))
        return find(resolveReference(m_root, rules.value("$ref"_L1).toString()), data, path, depth);

    Found found = wrongType(rules.value("type"_L1), data, path);
    if (!found)
        found = wrongValue(rules, data, path);
    if (found)
        return rules.value("format"_L1) == "binary"_L1 ? Violation{path, u"must be a binary attachment"_s}
                                                       : found;

    if (data.isString())
        found = inString(rules, data.toString(), path);
    else if (data.isDouble())
        found = inNumber(rules, data.toDouble(), path);
    else if (data.isArray())
        found = inArray(rules, data.toArray(), path, depth);
    else if (data.isObject())
        found = inObject(rules, data.toObject(), path, depth);
    if (found && rules.value("format"_L1) == "binary"_L1)
        return Violation{path, u"must be a binary attachment"_s};
    return found ? found : inCombined(rules, data, path, depth);
}

Found Explainer::inString(const QJsonObject &schema, const QString &text, const QString &path) const
{
    if (Found found = bounds(schema, u"Length"_s, codePoints(text), u"character"_s, u"characters"_s, path))
        return found;
    const QString pattern = schema.value("pattern"_L1).toString();
    if (!pattern.isEmpty() && !toRegularExpression(pattern).match(text).hasMatch())
        return Violation{path, u"must match the pattern %1"_s.arg(shortened(pattern))};
    const QString format = schema.value("format"_L1).toString();
    if (!holdsFormat(text, format))
        return Violation{path, u"must be a %1 as RFC 3339 writes it"_s.arg(format)};
    return {};
}

Found Explainer::inNumber(const QJsonObject &schema, double number, const QString &path) const
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

Found Explainer::inArray(const QJsonObject &schema, const QJsonArray &items, const QString &path, int depth)
{
    if (Found found = bounds(schema, u"Items"_s, items.size(), u"item"_s, u"items"_s, path))
        return found;
    const QJsonValue rule = schema.value("items"_L1);
    for (qsizetype i = 0; i < items.size() && !rule.isUndefined(); ++i) {
        QJsonValue each = rule;
        if (rule.isArray())
            each = i < rule.toArray().size() ? rule.toArray().at(i) : schema.value("additionalItems"_L1);
        if (each.isUndefined())
            break;
        if (Found found = find(each, items[i], itemPath(path, i), depth + 1))
            return found;
    }
    if (schema.value("uniqueItems"_L1).toBool() && !isUnique(items))
        return Violation{path, u"must not have the same item twice"_s};
    if (const QJsonValue contains = schema.value("contains"_L1); !contains.isUndefined()) {
        const bool none = std::none_of(items.begin(), items.end(), [&](const QJsonValue &item) {
            return !find(contains, item, path, depth + 1);
        });
        if (none)
            return Violation{path, u"has no item of the required form"_s};
    }
    return {};
}

Found Explainer::inObject(const QJsonObject &schema, const QJsonObject &members, const QString &path,
                          int depth)
{
    for (const QJsonValue name : schema.value("required"_L1).toArray()) {
        if (!members.contains(name.toString()))
            return Violation{memberPath(path, name.toString()), u"is required"_s};
    }
    if (Found found = bounds(schema, u"Properties"_s, members.size(), u"member"_s, u"members"_s, path))
        return found;
    if (Found found = inMembers(schema, members, path, depth))
        return found;
    const QJsonObject dependencies = schema.value("dependencies"_L1).toObject();
    for (auto it = dependencies.constBegin(); it != dependencies.constEnd(); ++it) {
        if (!members.contains(it.key()))
            continue;
        if (!it.value().isArray()) {
            if (Found found = find(it.value(), members, path, depth))
                return found;
            continue;
        }
        for (const QJsonValue name : it.value().toArray()) {
            if (!members.contains(name.toString()))
                return Violation{memberPath(path, name.toString()), u"is required beside %1"_s.arg(it.key())};
        }
    }
    return {};
}

Found Explainer::inMembers(const QJsonObject &schema, const QJsonObject &members, const QString &path,
                           int depth)
{
    const QJsonObject properties = schema.value("properties"_L1).toObject();
    const QJsonObject patterns = schema.value("patternProperties"_L1).toObject();
    const QJsonValue names = schema.value("propertyNames"_L1);
    const QJsonValue others = schema.value("additionalProperties"_L1);
    for (auto it = members.constBegin(); it != members.constEnd(); ++it) {
        const QString here = memberPath(path, it.key());
        bool declared = false;
        if (!names.isUndefined()) {
            if (Found found = find(names, it.key(), here, depth + 1))
                return Violation{here, u"has a name that is not allowed: it %1"_s.arg(found->message)};
        }
        if (const auto rule = properties.constFind(it.key()); rule != properties.constEnd()) {
            declared = true;
            if (Found found = find(*rule, it.value(), here, depth + 1))
                return found;
        }
        for (auto pattern = patterns.constBegin(); pattern != patterns.constEnd(); ++pattern) {
            if (!toRegularExpression(pattern.key()).match(it.key()).hasMatch())
                continue;
            declared = true;
            if (Found found = find(pattern.value(), it.value(), here, depth + 1))
                return found;
        }
        if (!declared && !others.isUndefined()) {
            if (Found found = find(others, it.value(), here, depth + 1))
                return found;
        }
    }
    return {};
}

Found Explainer::inCombined(const QJsonObject &schema, const QJsonValue &data, const QString &path, int depth)
{
    for (const QJsonValue each : schema.value("allOf"_L1).toArray()) {
        if (Found found = find(each, data, path, depth))
            return found;
    }
    if (Found found = inAlternatives(schema.value("anyOf"_L1).toArray(), false, data, path, depth))
        return found;
    if (Found found = inAlternatives(schema.value("oneOf"_L1).toArray(), true, data, path, depth))
        return found;
    if (schema.contains("not"_L1) && !find(schema.value("not"_L1), data, path, depth))
        return Violation{path, u"has a form that is not allowed here"_s};
    if (schema.contains("if"_L1)) {
        const bool holds = !find(schema.value("if"_L1), data, path, depth);
        const QJsonValue next = schema.value(holds ? "then"_L1 : "else"_L1);
        if (!next.isUndefined())
            return find(next, data, path, depth);
    }
    return {};
}

Found Explainer::inAlternatives(const QJsonArray &schemas, bool one, const QJsonValue &data,
                                const QString &path, int depth)
{
    if (schemas.isEmpty())
        return {};
    QList<Violation> violations;
    for (const QJsonValue each : schemas) {
        if (Found found = find(each, data, path, depth))
            violations.append(*found);
    }
    const qsizetype matching = schemas.size() - violations.size();
    if (matching == 1 || (matching > 1 && !one))
        return {};
    if (matching > 1)
        return Violation{path, u"matches %1 of the allowed forms; it must match exactly one"_s.arg(matching)};
    // The alternative that got furthest is most likely the one that was meant.
    const auto furthest = std::max_element(
        violations.cbegin(), violations.cend(),
        [](const Violation &a, const Violation &b) { return a.path.size() < b.path.size(); });
    if (furthest->path != path)
        return *furthest;
    QStringList texts;
    for (const Violation &violation : violations) {
        if (!texts.contains(violation.message))
            texts.append(violation.message);
    }
    return Violation{path, texts.join(u", or "_s)};
}

} // namespace

std::optional<Violation> explain(const QJsonObject &document, const QJsonValue &data, const QString &root)
{
    return Explainer(document).find(document, data, root, 0);
}

} // namespace dialogue::schema
