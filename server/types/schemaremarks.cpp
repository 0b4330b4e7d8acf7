#include "server/types/schemaremarks.h"

#include "core/schema/schema.h"

#include <QJsonObject>
#include <QSet>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** Keywords that are in the type, or are no condition. */
bool isSaid(const QString &keyword)
{
    static const QSet<QString> said = [] {
        const QString text
            = u"$schema $id $anchor $dynamicAnchor $vocabulary $comment $defs definitions $ref title "
              "description default examples deprecated readOnly writeOnly contentEncoding "
              "contentMediaType contentSchema type enum const items prefixItems additionalItems "
              "properties required additionalProperties allOf anyOf"_s;
        const QStringList words = text.split(u' ');
        return QSet<QString>(words.cbegin(), words.cend());
    }();
    return said.contains(keyword);
}

} // namespace

QStringList unsaidIn(const QJsonValue &schema)
{
    static const QStringList all = Schema::keywords();
    const QJsonObject keywords = schema.toObject();
    QStringList unsaid;
    for (auto member = keywords.begin(); member != keywords.end(); ++member) {
        const QString &key = member.key();
        if (!all.contains(key) || isSaid(key) || (key == u"format" && member.value() == u"binary"_s))
            continue;
        const QJsonValue value = member.value();
        const bool isPlain = !value.isObject() && !value.isArray();
        unsaid.append(isPlain ? key + u' ' + value.toVariant().toString() : key);
    }
    return unsaid;
}

QString aboutOf(const QJsonValue &schema)
{
    const QString title = schema["title"_L1].toString();
    const QString description = schema["description"_L1].toString();
    return title.isEmpty() || description.isEmpty() ? title + description : title + u"\n\n"_s + description;
}

} // namespace dialogue::types
