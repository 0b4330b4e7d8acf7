// The JSON Schema of the configuration file, derived from the tables of fields.
#include "server/config/configfile.h"
#include "server/config/fields.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

using namespace config;

QJsonObject ofType(const QString &type) { return {{u"type"_s, type}}; }

QJsonObject numberIn(const FieldInfo &field)
{
    return {{u"type"_s, u"integer"_s}, {u"minimum"_s, field.least}, {u"maximum"_s, field.most}};
}

QJsonObject either(const QJsonArray &schemas) { return {{u"anyOf"_s, schemas}}; }

QJsonObject matching(const QString &pattern)
{
    QJsonObject schema = ofType(u"string"_s);
    if (!pattern.isEmpty())
        schema.insert("pattern"_L1, pattern);
    return schema;
}

QJsonObject shapeOf(const FieldInfo &field)
{
    switch (field.type) {
    case FieldType::Flag:
        return ofType(u"boolean"_s);
    case FieldType::Number:
        return numberIn(field);
    case FieldType::Size:
        return either({numberIn(field), matching(u"^[0-9]+(\\.[0-9]+)? ?([KMG]i?)?B$"_s)});
    case FieldType::Duration:
        return either({numberIn(field), matching(u"^[0-9]+(\\.[0-9]+)? ?(ms|s|m|h|d)$"_s)});
    case FieldType::Text:
        return matching(field.pattern);
    case FieldType::Choice:
        return {{u"enum"_s, QJsonArray::fromStringList(field.choices)}};
    case FieldType::TextList:
        return either({matching(field.pattern),
                       QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, matching(field.pattern)}}});
    case FieldType::HistorySync:
        return either({ofType(u"boolean"_s), QJsonObject{{u"const"_s, u"all"_s}}, numberIn(field)});
    }
    return {};
}

/** An object that takes nothing but \a properties. */
QJsonObject closedObject(const QJsonObject &properties)
{
    QJsonObject object = ofType(u"object"_s);
    object.insert("properties"_L1, properties);
    object.insert("additionalProperties"_L1, false);
    return object;
}

QJsonObject described(QJsonObject schema, const QString &doc)
{
    schema.insert("description"_L1, doc);
    return schema;
}

/** The fields as properties; a dotted key is an object within. At most one dot. */
template <class Owner>
QJsonObject propertiesOf(const Fields<Owner> &fields)
{
    QJsonObject properties;
    QMap<QString, QJsonObject> groups;
    for (const Field<Owner> &field : fields) {
        const QString group = field.key.section(u'.', 0, -2);
        const QJsonObject schema = described(shapeOf(field), field.doc);
        if (group.isEmpty())
            properties.insert(field.key, schema);
        else
            groups[group].insert(field.key.section(u'.', -1), schema);
    }
    for (auto it = groups.constBegin(); it != groups.constEnd(); ++it)
        properties.insert(it.key(), closedObject(it.value()));
    return properties;
}

QJsonObject eventSchema()
{
    QJsonObject properties = propertiesOf(eventFields());
    properties.insert("name"_L1, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}});
    properties.insert("schema"_L1,
                      described(either({ofType(u"object"_s), ofType(u"string"_s)}), schemaDoc()));
    QJsonObject event = closedObject(properties);
    event.insert("required"_L1, QJsonArray{u"name"_s});
    return either({QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}}, event});
}

QJsonObject roomSchema(bool inList)
{
    QJsonObject properties = propertiesOf(roomFields());
    properties.insert("id"_L1, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}});
    const QJsonObject list{{u"type"_s, u"array"_s}, {u"items"_s, eventSchema()}, {u"minItems"_s, 1}};
    properties.insert("events"_L1, described(either({list, QJsonObject{{u"const"_s, u"*"_s}}}), eventsDoc()));
    QJsonObject room = closedObject(properties);
    if (inList)
        room.insert("required"_L1, QJsonArray{u"id"_s});
    else
        room.insert("type"_L1, QJsonArray{u"object"_s, u"null"_s});
    return room;
}

} // namespace

QJsonObject configSchema()
{
    QJsonObject properties = propertiesOf(serverFields());
    for (const Section &section : sections()) {
        if (section.key.isEmpty())
            continue;
        const QJsonObject map = properties.value(section.key).toObject();
        properties.insert(section.key,
                          described(section.orFlag ? either({ofType(u"boolean"_s), map}) : map, section.doc));
    }
    const QJsonObject map{{u"type"_s, u"object"_s}, {u"additionalProperties"_s, roomSchema(false)}};
    const QJsonObject list{{u"type"_s, u"array"_s}, {u"items"_s, roomSchema(true)}};
    properties.insert("rooms"_L1, described(either({map, list}), roomsDoc()));

    QJsonObject schema = closedObject(properties);
    schema.insert("$schema"_L1, u"http://json-schema.org/draft-07/schema#"_s);
    schema.insert("title"_L1, u"Configuration of dialogue-server"_s);
    return schema;
}

} // namespace dialogue
