#include "core/schema/document/membernames_p.h"

#include "core/schema/reference_p.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

void separateMemberNames(const QString &pointer, QJsonObject &schema)
{
    const QJsonObject patterns = schema.take("patternProperties"_L1).toObject();
    const QJsonValue names
        = schema.contains("propertyNames"_L1) ? schema.take("propertyNames"_L1) : QJsonValue(true);
    if (patterns.isEmpty() && names == QJsonValue(true))
        return;
    const QString place = u"/root"_s + pointer;
    QJsonArray list;
    for (auto it = patterns.constBegin(); it != patterns.constEnd(); ++it) {
        const QString key = u"dialogue:pattern-%1"_s.arg(list.size());
        schema.insert(key, it.value());
        list.append(QJsonObject{{u"pattern"_s, it.key()}, {u"schema"_s, pointerTo(place, key)}});
    }
    QJsonObject members{
        {u"patterns"_s, list},
        {u"declared"_s, QJsonArray::fromStringList(schema.value("properties"_L1).toObject().keys())}};
    if (schema.contains("additionalProperties"_L1)) {
        schema.insert("dialogue:others"_L1, schema.take("additionalProperties"_L1));
        members.insert("others"_L1, pointerTo(place, u"dialogue:others"_s));
    }
    schema.insert("dialogue:names"_L1, names);
    members.insert("names"_L1, pointerTo(place, u"dialogue:names"_s));
    schema.insert("dialogue:members"_L1, members);
}

} // namespace dialogue::schema
