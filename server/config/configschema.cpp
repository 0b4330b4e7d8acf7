// The JSON Schema of the configuration file, derived from the tables of fields.
#include "server/config/configfile.h"
#include "server/config/fields.h"
#include "server/config/rates.h"

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

QJsonObject shapeOfRate();

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
    case FieldType::Rate:
        return shapeOfRate();
    case FieldType::Rates:
        return {{u"type"_s, QJsonArray{u"object"_s, u"null"_s}}, {u"additionalProperties"_s, shapeOfRate()}};
    }
    return {};
}

/** \a schema under \a key in \a properties; a dotted key is an object within. */
void insertAt(QJsonObject &properties, const QString &key, const QJsonObject &schema)
{
    const QString group = key.section(u'.', 0, 0);
    if (group == key) {
        properties.insert(key, schema);
        return;
    }
    QJsonObject within = properties.value(group).toObject();
    QJsonObject members = within.value("properties"_L1).toObject();
    insertAt(members, key.section(u'.', 1), schema);
    within = closedObject(members);
    properties.insert(group, within);
}

template <class Owner>
QJsonObject propertiesOf(const Fields<Owner> &fields)
{
    QJsonObject properties;
    for (const Field<Owner> &field : fields)
        insertAt(properties, field.key, described(shapeOf(field), field.doc));
    return properties;
}

QJsonObject shapeOfRate()
{
    QJsonObject rate = closedObject(propertiesOf(rateFields()));
    rate.insert("required"_L1, QJsonArray{u"maxEvents"_s, u"window"_s});
    return rate;
}

/** The object that stands at \a key, dotted where it is within another. */
void describe(QJsonObject &properties, const QString &key, const QString &doc)
{
    const QString group = key.section(u'.', 0, 0);
    QJsonObject object = properties.value(group).toObject();
    if (group == key) {
        object = described(object, doc);
    } else {
        QJsonObject members = object.value("properties"_L1).toObject();
        describe(members, key.section(u'.', 1), doc);
        object.insert("properties"_L1, members);
    }
    properties.insert(group, object);
}

QJsonObject eventSchema()
{
    QJsonObject properties = propertiesOf(eventFields());
    properties.insert("name"_L1, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}});
    properties.insert(
        "schema"_L1,
        described(either({ofType(u"object"_s), ofType(u"boolean"_s), ofType(u"string"_s)}), schemaDoc()));
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
        describe(properties, section.key, section.doc);
        if (section.orFlag)
            properties.insert(
                section.key,
                described(either({ofType(u"boolean"_s), properties.value(section.key).toObject()}),
                          section.doc));
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
