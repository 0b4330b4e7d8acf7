#include "core/schema/explain/explain_p.h"

#include "core/schema/explain/assertions_p.h"
#include "core/schema/explain/wording_p.h"
#include "core/schema/limits_p.h"
#include "core/schema/reference_p.h"
#include "core/schema/rules_p.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

class Explainer
{
public:
    explicit Explainer(const QJsonObject &document)
        : m_root(document)
    { }

    Found find(const QJsonValue &schema, const QJsonValue &data, const QString &path, int depth);

private:
    Found inArray(const QJsonObject &schema, const QJsonArray &items, const QString &path, int depth);
    Found inObject(const QJsonObject &schema, const QJsonObject &members, const QString &path, int depth);
    Found inMembers(const QJsonObject &schema, const QJsonObject &members, const QString &path, int depth);
    Found inCombined(const QJsonObject &schema, const QJsonValue &data, const QString &path, int depth);
    Found inAlternatives(const QJsonArray &schemas, bool one, const QJsonValue &data, const QString &path,
                         int depth);

    const QJsonObject m_root;
    int m_steps = 0;
};

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
        found = wrongString(rules, data.toString(), path);
    else if (data.isDouble())
        found = wrongNumber(rules, data.toDouble(), path);
    else if (data.isArray())
        found = inArray(rules, data.toArray(), path, depth);
    else if (data.isObject())
        found = inObject(rules, data.toObject(), path, depth);
    if (found && rules.value("format"_L1) == "binary"_L1)
        return Violation{path, u"must be a binary attachment"_s};
    return found ? found : inCombined(rules, data, path, depth);
}

Found Explainer::inArray(const QJsonObject &schema, const QJsonArray &items, const QString &path, int depth)
{
    if (Found found = wrongCount(schema, u"Items"_s, items.size(), u"item"_s, u"items"_s, path))
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
    if (Found found = wrongCount(schema, u"Properties"_s, members.size(), u"member"_s, u"members"_s, path))
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

Found explain(const QJsonObject &document, const QJsonValue &data, const QString &root)
{
    return Explainer(document).find(document, data, root, 0);
}

} // namespace dialogue::schema
