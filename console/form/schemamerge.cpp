#include "console/form/schemamerge.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QSet>
#include <QStringList>

namespace dialogue::console {

using namespace Qt::StringLiterals;

QStringList typesIn(const QJsonValue &type)
{
    if (type.isString())
        return {type.toString()};
    QStringList types;
    const QJsonArray all = type.toArray();
    for (const QJsonValue &each : all)
        types.append(each.toString());
    return types;
}

namespace {

QJsonValue commonTypes(const QJsonValue &one, const QJsonValue &other)
{
    const QStringList those = typesIn(other);
    QStringList common;
    const QStringList these = typesIn(one);
    for (const QString &type : these) {
        if (those.contains(type) || (type == u"integer" && those.contains(u"number"_s)))
            common.append(type);
        else if (type == u"number" && those.contains(u"integer"_s))
            common.append(u"integer"_s);
    }
    common.removeDuplicates();
    return common.size() == 1 ? QJsonValue(common.first()) : QJsonValue(QJsonArray::fromStringList(common));
}

QJsonArray commonValues(const QJsonArray &one, const QJsonArray &other)
{
    // By their text: arrays of thousands are compared in one go.
    QSet<QJsonValue> those;
    for (const QJsonValue &value : other)
        those.insert(value);
    QJsonArray common;
    for (const QJsonValue &value : one) {
        if (those.contains(value))
            common.append(value);
    }
    return common;
}

QJsonValue both(const QJsonValue &one, const QJsonValue &other)
{
    if (one == other || other == QJsonValue(true))
        return one;
    if (one == QJsonValue(true) || other == QJsonValue(false))
        return other;
    if (one == QJsonValue(false))
        return one;
    QJsonArray all;
    all.append(one);
    all.append(other);
    return QJsonObject{{u"allOf"_s, all}};
}

QJsonObject bothOfEach(QJsonObject one, const QJsonObject &other)
{
    for (auto it = other.begin(); it != other.end(); ++it) {
        const auto known = one.constFind(it.key());
        one.insert(it.key(), known == one.constEnd() ? it.value() : both(known.value(), it.value()));
    }
    return one;
}

QJsonArray unionOf(QJsonArray one, const QJsonArray &other)
{
    QSet<QString> known;
    for (const QJsonValue &name : std::as_const(one))
        known.insert(name.toString());
    for (const QJsonValue &name : other) {
        if (!known.contains(name.toString()))
            one.append(name);
    }
    return one;
}

bool isIn(const QString &keyword, std::initializer_list<QLatin1StringView> keywords)
{
    return std::find(keywords.begin(), keywords.end(), keyword) != keywords.end();
}

QString contradiction()
{
    return QCoreApplication::translate("dialogue::console::SchemaReader",
                                       "Its rules contradict each other: nothing fits them all.");
}

} // namespace

QString mergeSchema(QJsonObject &into, const QJsonObject &other)
{
    for (auto it = other.begin(); it != other.end(); ++it) {
        const QString keyword = it.key();
        const QJsonValue have = into.value(keyword);
        const QJsonValue more = it.value();
        if (have.isUndefined()) {
            into.insert(keyword, more);
        } else if (have == more) {
            continue;
        } else if (keyword == u"type") {
            const QJsonValue common = commonTypes(have, more);
            if (common.isArray() && common.toArray().isEmpty())
                return contradiction();
            into.insert(keyword, common);
        } else if (keyword == u"enum") {
            const QJsonArray common = commonValues(have.toArray(), more.toArray());
            if (common.isEmpty())
                return contradiction();
            into.insert(keyword, common);
        } else if (keyword == u"const") {
            return contradiction();
        } else if (keyword == u"required") {
            into.insert(keyword, unionOf(have.toArray(), more.toArray()));
        } else if (isIn(keyword, {"properties"_L1, "patternProperties"_L1})) {
            into.insert(keyword, bothOfEach(have.toObject(), more.toObject()));
        } else if (isIn(keyword, {"items"_L1, "additionalProperties"_L1, "additionalItems"_L1})) {
            into.insert(keyword, both(have, more));
        } else if (isIn(keyword, {"minimum"_L1, "exclusiveMinimum"_L1, "minLength"_L1, "minItems"_L1})) {
            into.insert(keyword, have.toDouble() >= more.toDouble() ? have : more);
        } else if (isIn(keyword, {"maximum"_L1, "exclusiveMaximum"_L1, "maxLength"_L1, "maxItems"_L1})) {
            into.insert(keyword, have.toDouble() <= more.toDouble() ? have : more);
        } else if (isIn(keyword, {"oneOf"_L1, "anyOf"_L1})) {
            return QCoreApplication::translate("dialogue::console::SchemaReader",
                                               "Several choices have to be made of it at once.");
        }
    }
    return {};
}

} // namespace dialogue::console
