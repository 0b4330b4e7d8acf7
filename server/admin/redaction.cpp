#include "server/admin/redaction.h"

#include "core/json/jsondata.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

constexpr qsizetype DeepestPath = 16;
constexpr qsizetype MostRules = 256;

QString shortHash(const QByteArray &text, const QByteArray &salt)
{
    return QString::fromLatin1(
        QMessageAuthenticationCode::hash(text, salt, QCryptographicHash::Sha256).toHex().left(8));
}

/** One value under one rule. */
class Redactor
{
public:
    Redactor(const Redaction::Rule &rule, const QByteArray &salt)
        : m_rule(rule)
        , m_salt(salt)
    { }

    [[nodiscard]] QJsonValue redacted(const QJsonValue &value, qsizetype depth) const
    {
        if (depth == m_rule.path.size())
            return replacement(value);
        const QString &step = m_rule.path[depth];
        if (value.isObject())
            return inObject(value.toObject(), step, depth);
        return value.isArray() ? QJsonValue(inArray(value.toArray(), step, depth)) : value;
    }

private:
    [[nodiscard]] QJsonObject inObject(QJsonObject object, const QString &step, qsizetype depth) const
    {
        const QStringList keys = step == u"*" ? object.keys() : QStringList{step};
        for (const QString &key : keys) {
            const auto member = object.find(key);
            if (member == object.end())
                continue;
            const QJsonValue now = redacted(*member, depth + 1);
            if (now.isUndefined())
                object.erase(member);
            else
                *member = now;
        }
        return object;
    }

    [[nodiscard]] QJsonArray inArray(const QJsonArray &array, const QString &step, qsizetype depth) const
    {
        QJsonArray result;
        for (qsizetype i = 0; i < array.size(); ++i) {
            const bool isMeant = step == u"*" || step == QString::number(i);
            const QJsonValue now = isMeant ? redacted(array[i], depth + 1) : array[i];
            // An item that went would move those behind it to the places of others.
            result.append(now.isUndefined() ? QJsonValue() : now);
        }
        return result;
    }

    [[nodiscard]] QJsonValue replacement(const QJsonValue &value) const
    {
        switch (m_rule.kind) {
        case RedactionKind::Remove:
            return QJsonValue::Undefined;
        case RedactionKind::Hash:
            return QString(u'#' + shortHash(QJsonDocument(QJsonArray{value}).toJson(), m_salt));
        case RedactionKind::Mask:
            break;
        }
        return u"***"_s;
    }

    const Redaction::Rule &m_rule;
    const QByteArray &m_salt;
};

/** Looks through a schema for what is marked. */
class SensitiveParts
{
public:
    explicit SensitiveParts(const QJsonValue &root)
        : m_root(root)
        , m_hasResources(hasResources(root))
    { }

    QList<Redaction::Rule> find()
    {
        visit(m_root, {}, 0);
        return m_rules;
    }

private:
    void add(const QStringList &path)
    {
        const Redaction::Rule rule{.path = path};
        if (m_rules.size() >= MostRules)
            m_rules = {Redaction::Rule{.path = {}}};
        else if (!m_rules.contains(rule))
            m_rules.append(rule);
    }

    void visit(const QJsonValue &schema, const QStringList &path, int references)
    {
        if (!schema.isObject() || ++m_visited > MostVisited) {
            if (m_visited > MostVisited)
                m_rules = {Redaction::Rule{.path = {}}};
            return;
        }
        const QJsonObject object = schema.toObject();
        // Whatever is not plainly "no" is meant: one misspelt costs a look, the other way round a secret.
        const QJsonValue mark = object["x-sensitive"_L1];
        if (!mark.isUndefined() && mark != QJsonValue(false))
            return add(path);
        if (holdsMark(object["propertyNames"_L1]))
            return add(path);
        if (path.size() >= DeepestPath || references > DeepestPath) {
            // It may go on for ever, by a reference to itself.
            if (holdsMark(m_root))
                add(path);
            return;
        }
        visitMembers(object["properties"_L1], path, references);
        for (const QLatin1StringView each : {"additionalProperties"_L1, "unevaluatedProperties"_L1,
                                             "additionalItems"_L1, "unevaluatedItems"_L1, "contains"_L1})
            visit(object[each], path + QStringList{u"*"_s}, references);
        const QJsonObject patterns = object["patternProperties"_L1].toObject();
        for (const QJsonValue &each : patterns)
            visit(each, path + QStringList{u"*"_s}, references);
        visitItems(object["items"_L1], path, references);
        visitItems(object["prefixItems"_L1], path, references);
        for (const QLatin1StringView each : {"allOf"_L1, "anyOf"_L1, "oneOf"_L1}) {
            const QJsonArray branches = object[each].toArray();
            for (const QJsonValue &branch : branches)
                visit(branch, path, references);
        }
        for (const QLatin1StringView each : {"if"_L1, "then"_L1, "else"_L1, "not"_L1})
            visit(object[each], path, references);
        for (const QLatin1StringView each : {"dependentSchemas"_L1, "dependencies"_L1}) {
            const QJsonObject branches = object[each].toObject();
            for (const QJsonValue &branch : branches)
                visit(branch, path, references);
        }
        for (const QLatin1StringView each : {"$ref"_L1, "$dynamicRef"_L1}) {
            if (object.contains(each))
                follow(object[each].toString(), path, references + 1);
        }
    }

    void visitMembers(const QJsonValue &members, const QStringList &path, int references)
    {
        const QJsonObject object = members.toObject();
        for (auto it = object.begin(); it != object.end(); ++it)
            visit(*it, path + QStringList{it.key()}, references);
    }

    void visitItems(const QJsonValue &items, const QStringList &path, int references)
    {
        if (!items.isArray())
            return visit(items, path + QStringList{u"*"_s}, references);
        const QJsonArray array = items.toArray();
        for (qsizetype i = 0; i < array.size(); ++i)
            visit(array[i], path + QStringList{QString::number(i)}, references);
    }

    /** One that leads elsewhere than into this document, or nowhere, may lead to anything. */
    void follow(const QString &reference, const QStringList &path, int references)
    {
        const QString fragment = QUrl::fromPercentEncoding(reference.toUtf8());
        QJsonValue target = QJsonValue::Undefined;
        if (fragment == u"#" || (fragment.startsWith(u"#/") && !m_hasResources))
            target = m_root;
        for (const QString &step : pathOf(fragment.mid(1)))
            target = target.isArray() ? target.toArray().at(step.toInt()) : target[step];
        if (!target.isUndefined())
            return visit(target, path, references);
        if (holdsMark(m_root))
            add(path);
    }

    [[nodiscard]] static bool holdsMark(const QJsonValue &schema)
    {
        return QJsonDocument(schema.toObject()).toJson().contains("\"x-sensitive\"");
    }

    /** Schemas within it that have a base of their own, from which references in them lead. */
    [[nodiscard]] static bool hasResources(const QJsonValue &schema)
    {
        QJsonObject inside = schema.toObject();
        inside.remove("$id"_L1);
        return QJsonDocument(inside).toJson().contains("\"$id\"");
    }

    static constexpr int MostVisited = 20'000;
    const QJsonValue m_root;
    const bool m_hasResources;
    QList<Redaction::Rule> m_rules;
    int m_visited = 0;
};

} // namespace

QByteArray Redaction::applied(const QByteArray &json, const QByteArray &salt) const
{
    QJsonValue value = JsonData::fromText(json).value();
    for (const Rule &rule : m_rules) {
        value = Redactor(rule, salt).redacted(value, 0);
        if (value.isUndefined())
            return "null";
    }
    return JsonData(value).text();
}

QStringList pathOf(const QString &pointer)
{
    QStringList path = pointer.split(u'/').mid(1);
    for (QString &step : path)
        step.replace("~1"_L1, "/"_L1).replace("~0"_L1, "~"_L1);
    return path;
}

QList<Redaction::Rule> sensitiveOf(const QJsonValue &schema) { return SensitiveParts(schema).find(); }

QString pseudonym(const QString &text, const QByteArray &salt)
{
    return text.isEmpty() ? text : u'~' + shortHash(text.toUtf8(), salt);
}

} // namespace dialogue::admin
