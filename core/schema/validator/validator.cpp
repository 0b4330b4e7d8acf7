#include "core/schema/validator/validator_p.h"

#include "core/schema/limits_p.h"
#include "core/schema/rules_p.h"

#include <exception>
#include <stdexcept>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

/** Schemas applied so far in the validation that runs in this thread. */
thread_local int steps = 0;

Check stepCheck(const QJsonValue &)
{
    return [](const Instance &) {
        if (++steps > kMaxSteps)
            throw std::length_error("too many steps");
        return true;
    };
}

bool isShallow(const QJsonValue &value, int depth = 0)
{
    if (depth > kMaxDataDepth)
        return false;
    if (value.isArray()) {
        for (const QJsonValue item : value.toArray()) {
            if (!isShallow(item, depth + 1))
                return false;
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (const QJsonValue member : object) {
            if (!isShallow(member, depth + 1))
                return false;
        }
    }
    return true;
}

} // namespace

Result<std::shared_ptr<const Validator>> Validator::compile(const Document &document)
{
    try {
        return std::shared_ptr<const Validator>(new Validator(document));
    } catch (const std::exception &exception) {
        return Error{.code = ErrorCode::ConfigError,
                     .message
                     = u"is not a JSON Schema of draft 7: %1"_s.arg(QString::fromUtf8(exception.what()))};
    }
}

Validator::Validator(const Document &document)
    : m_document(document)
    , m_shortcut(Shortcut::of(document))
    , m_whole(compileAt(u"/root"_s))
{ }

bool Validator::accepts(const QJsonValue &data) const
{
    if (m_document.walksData && !isShallow(data))
        return false;
    if (m_shortcut && m_shortcut->accepts(data))
        return true;
    try {
        steps = 0;
        return m_whole->accepts(data);
    } catch (const std::exception &) {
        return false;
    }
}

bool Validator::acceptsText(QByteArrayView json) const
{
    return !m_document.walksData && m_shortcut && m_shortcut->acceptsText(json);
}

Validator::Compiled Validator::compileAt(const QString &pointer) const
{
    QList<Keyword> keywords{{"dialogue:step", stepCheck}};
    keywords += assertionKeywords();
    keywords.append(
        {"dialogue:members", [this](const QJsonValue &members) { return membersCheck(members); }});

    QJsonObject document = m_document.root;
    document.insert("allOf"_L1, QJsonArray{QJsonObject{{u"$ref"_s, u'#' + pointer}}});
    return CompiledSchema::compile(document, keywords);
}

/** The schema of members whose names match a pattern: compiled when first met, for it may contain itself. */
Validator::Compiled Validator::partAt(const QString &pointer) const
{
    const std::lock_guard lock(m_mutex);
    Compiled &part = m_parts[pointer];
    if (!part)
        part = compileAt(pointer);
    return part;
}

Check Validator::membersCheck(const QJsonValue &members) const
{
    QList<std::pair<QRegularExpression, QString>> patterns;
    for (const QJsonValue each : members[u"patterns"].toArray())
        patterns.append({toRegularExpression(each[u"pattern"].toString()), each[u"schema"].toString()});
    const QJsonArray declared = members[u"declared"].toArray();
    const QString others = members[u"others"].toString();
    const QString names = members[u"names"].toString();
    return [this, patterns, declared, others, names](const Instance &instance) {
        return instance.type() != QJsonValue::Object
            || instance.allMembers([&](const QString &name, const QJsonValue &value) {
                   if (!partAt(names)->accepts(name))
                       return false;
                   bool known = declared.contains(name);
                   for (const auto &[expression, schema] : patterns) {
                       if (!expression.match(name).hasMatch())
                           continue;
                       known = true;
                       if (!partAt(schema)->accepts(value))
                           return false;
                   }
                   return known || others.isEmpty() || partAt(others)->accepts(value);
               });
    };
}

} // namespace dialogue::schema
