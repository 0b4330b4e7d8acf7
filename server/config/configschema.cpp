// The JSON Schema of the configuration file, derived from the tables of fields.
#include "server/config/adminfields.h"
#include "server/config/configfile.h"
#include "server/config/fields.h"
#include "server/config/middlewarefields.h"
#include "server/config/rates.h"
#include "server/config/rules.h"
#include "server/config/tlsfields.h"

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

/** Or a variable: what is filled in when the file is read may be anything. */
QJsonObject orVariable(const QJsonObject &shape)
{
    if (shape == ofType(u"string"_s))
        return shape;
    QJsonArray forms = shape.value("anyOf"_L1).toArray();
    if (forms.isEmpty())
        forms.append(shape);
    forms.append(QJsonObject{{u"$ref"_s, u"#/definitions/variable"_s}});
    return either(forms);
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
QJsonObject shapeOfRoomRate();

QJsonObject plainShapeOf(const FieldInfo &field)
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
        return either(
            {matching(field.pattern),
             QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, orVariable(matching(field.pattern))}}});
    case FieldType::HistorySync:
        return either({ofType(u"boolean"_s), QJsonObject{{u"const"_s, u"all"_s}}, numberIn(field)});
    case FieldType::Rate:
        return shapeOfRate();
    case FieldType::Rates:
        return {{u"type"_s, QJsonArray{u"object"_s, u"null"_s}},
                {u"additionalProperties"_s, shapeOfRoomRate()}};
    case FieldType::Who:
        return shapeOfWho(field);
    case FieldType::EventRules:
        return shapeOfEventRules(field);
    }
    return {};
}

QJsonObject shapeOf(const FieldInfo &field)
{
    const bool isMap = field.type == FieldType::Rate || field.type == FieldType::Rates;
    return isMap ? plainShapeOf(field) : orVariable(plainShapeOf(field));
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

QJsonObject shapeOfRoomRate()
{
    QJsonObject rate = shapeOfRate();
    QJsonObject properties = rate.value("properties"_L1).toObject();
    const QJsonObject byName{{u"type"_s, u"object"_s}, {u"additionalProperties"_s, shapeOfRate()}};
    properties.insert("events"_L1, described(byName, u"Of single events, by name, besides."_s));
    properties.insert("roles"_L1, described(byName, u"For who has that role, in its place."_s));
    rate.insert("properties"_L1, properties);
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

/** A list of maps, which need \a required. */
template <class Owner>
QJsonObject listSchema(const Fields<Owner> &fields, const QJsonArray &required)
{
    QJsonObject item = closedObject(propertiesOf(fields));
    item.insert("required"_L1, required);
    return {{u"type"_s, u"array"_s}, {u"items"_s, item}};
}

/** A list of names, and of maps of one name and what it takes. */
QJsonObject middlewareSchema(const QString &doc)
{
    const QJsonObject name{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}};
    QJsonObject webhook = closedObject(propertiesOf(webhookFields()));
    webhook.insert("required"_L1, QJsonArray{u"url"_s, u"secretFile"_s});
    QJsonObject logger = closedObject(propertiesOf(loggerFields()));
    logger.insert("type"_L1, QJsonArray{u"object"_s, u"null"_s});
    const QJsonObject roles
        = either({name, QJsonObject{{u"type"_s, u"array"_s}, {u"items"_s, name}, {u"minItems"_s, 1}}});
    const QHash<QString, QJsonObject> shapes{
        {u"logger"_s, logger},
        {u"contentFilter"_s, closedObject(propertiesOf(contentFilterFields()))},
        {u"requireRole"_s, roles},
        {u"rateLimit"_s, shapeOfRate()},
        {u"webhook"_s, webhook}};
    QJsonObject properties;
    for (const MiddlewareDoc &each : middlewareDocs())
        properties.insert(each.name, described(shapes.value(each.name), each.doc));
    QJsonObject map = closedObject(properties);
    map.insert("minProperties"_L1, 1);
    map.insert("maxProperties"_L1, 1);
    const QJsonObject step = either({QJsonObject{{u"const"_s, u"logger"_s}}, map});
    return described({{u"type"_s, u"array"_s}, {u"items"_s, step}}, doc);
}

QJsonObject eventSchema()
{
    QJsonObject properties = propertiesOf(eventFields());
    properties.insert("name"_L1, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}});
    properties.insert(
        "schema"_L1,
        described(either({ofType(u"object"_s), ofType(u"boolean"_s), ofType(u"string"_s)}), schemaDoc()));
    properties.insert(
        "meta"_L1,
        described(either({ofType(u"object"_s), ofType(u"boolean"_s), ofType(u"string"_s)}), metaDoc()));
    QJsonObject event = closedObject(properties);
    event.insert("required"_L1, QJsonArray{u"name"_s});
    return either({QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}}, event});
}

QJsonObject declarationSchema(const Fields<RoomConfig> &fields)
{
    QJsonObject properties = propertiesOf(fields);
    const QJsonObject list{{u"type"_s, u"array"_s}, {u"items"_s, eventSchema()}, {u"minItems"_s, 1}};
    properties.insert("middleware"_L1, middlewareSchema(roomMiddlewareDoc()));
    properties.insert("events"_L1, described(either({list, QJsonObject{{u"const"_s, u"*"_s}}}), eventsDoc()));
    return closedObject(properties);
}

QJsonObject roomSchema(bool inList)
{
    QJsonObject room = declarationSchema(roomFields());
    QJsonObject properties = room.value("properties"_L1).toObject();
    properties.insert("id"_L1, QJsonObject{{u"type"_s, u"string"_s}, {u"minLength"_s, 1}});
    room.insert("properties"_L1, properties);
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
    insertAt(properties, u"auth.jwt.keys"_s,
             described(listSchema(jwtKeyFields(), {u"algorithm"_s}), jwtKeysDoc()));
    insertAt(
        properties, u"tls.certificates"_s,
        described(listSchema(tlsCertificateFields(), {u"certificate"_s, u"key"_s}), tlsCertificatesDoc()));
    insertAt(properties, u"admin.accounts"_s,
             described(listSchema(adminAccountFields(), {u"name"_s, u"password"_s}), adminAccountsDoc()));
    insertAt(properties, u"admin.redact"_s, described(listSchema(redactionFields(), {}), redactionDoc()));
    insertAt(properties, u"auth.certificates.users"_s,
             described(listSchema(certificateUserFields(), {u"name"_s}), certificateUsersDoc()));
    const QJsonObject templates{{u"type"_s, u"object"_s},
                                {u"additionalProperties"_s, declarationSchema(templateFields())}};
    insertAt(properties, u"roomCreation.templates"_s, described(templates, templatesDoc()));
    const QJsonObject map{{u"type"_s, u"object"_s}, {u"additionalProperties"_s, roomSchema(false)}};
    const QJsonObject list{{u"type"_s, u"array"_s}, {u"items"_s, roomSchema(true)}};
    properties.insert("middleware"_L1, middlewareSchema(middlewareDoc()));
    properties.insert("rooms"_L1, described(either({map, list}), roomsDoc()));

    QJsonObject schema = closedObject(properties);
    schema.insert("$schema"_L1, u"http://json-schema.org/draft-07/schema#"_s);
    schema.insert("definitions"_L1,
                  QJsonObject{{u"variable"_s,
                               described(matching(u"\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}"_s),
                                         u"A variable of the environment."_s)}});
    schema.insert("title"_L1, u"Configuration of dialogue-server"_s);
    return schema;
}

} // namespace dialogue
