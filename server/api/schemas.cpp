#include "server/api/schemas.h"

#include "server/api/operations.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace dialogue::api {

QJsonObject referenceTo(const QString &name) { return {{u"$ref"_s, u"#/components/schemas/"_s + name}}; }

namespace {

QJsonObject listOf(const QJsonObject &items, const ParameterInfo &info)
{
    QJsonObject schema{{u"type"_s, u"array"_s}, {u"items"_s, items}};
    if (info.most > 0) {
        schema.insert(u"minItems"_s, info.least);
        schema.insert(u"maxItems"_s, info.most);
    }
    return schema;
}

QJsonObject typeOf(const ParameterInfo &info)
{
    const QJsonObject text{{u"type"_s, u"string"_s}};
    switch (info.type) {
    case ValueType::Text: {
        QJsonObject schema = text;
        if (info.most > 0) {
            schema.insert(u"minLength"_s, info.least);
            schema.insert(u"maxLength"_s, info.most);
        }
        return schema;
    }
    case ValueType::Number: {
        QJsonObject schema{{u"type"_s, u"integer"_s}};
        if (info.most > 0) {
            schema.insert(u"minimum"_s, info.least);
            schema.insert(u"maximum"_s, info.most);
        }
        return schema;
    }
    case ValueType::Flag:
        return {{u"type"_s, u"boolean"_s}};
    case ValueType::TextList:
        return listOf(text, info);
    case ValueType::Object:
        return info.of.isEmpty() ? QJsonObject{{u"type"_s, u"object"_s}} : referenceTo(info.of);
    case ValueType::List:
        return listOf(info.of.isEmpty() ? QJsonObject{{u"type"_s, u"object"_s}} : referenceTo(info.of), info);
    case ValueType::Any:
        break;
    }
    return {};
}

ParameterInfo text(const QString &name, const QString &doc)
{
    return {.name = name, .doc = doc, .isRequired = true};
}
ParameterInfo number(const QString &name, const QString &doc)
{
    return {.name = name, .type = ValueType::Number, .doc = doc, .isRequired = true};
}
ParameterInfo flag(const QString &name, const QString &doc)
{
    return {.name = name, .type = ValueType::Flag, .doc = doc, .isRequired = true};
}
ParameterInfo texts(const QString &name, const QString &doc)
{
    return {.name = name, .type = ValueType::TextList, .doc = doc, .isRequired = true};
}
ParameterInfo list(const QString &name, const QString &of, const QString &doc)
{
    return {.name = name, .type = ValueType::List, .doc = doc, .isRequired = true, .of = of};
}
ParameterInfo object(const QString &name, const QString &doc)
{
    return {.name = name, .type = ValueType::Object, .doc = doc, .isRequired = true};
}
ParameterInfo maybe(ParameterInfo info)
{
    info.isRequired = false;
    return info;
}
ParameterInfo nextPage()
{
    return maybe(text(u"next"_s, u"There are more: `cursor` of the page that has them."_s));
}

QList<ParameterInfo> roomInfo()
{
    return {text(u"id"_s, u"Its id."_s),
            text(u"name"_s, u"What people see."_s),
            maybe(text(u"description"_s, u"What it is for."_s)),
            number(u"size"_s, u"Participants now."_s),
            maybe(number(u"maxSize"_s, u"Participants at most."_s)),
            maybe(text(u"createdById"_s, u"The user who owns it."_s)),
            maybe(text(u"presence"_s,
                       u"What participants may know of who is in it: \"counts\" or \"users\"."_s))};
}

QList<ParameterInfo> room()
{
    return roomInfo()
        + QList<ParameterInfo>{text(u"epoch"_s, u"Identity of its log."_s),
                               number(u"offset"_s, u"Of the newest event that has one; 0: there is none."_s),
                               texts(u"events"_s, u"What it carries, where it declares it."_s)};
}

QList<ParameterInfo> eventMessage()
{
    return {text(u"event"_s, u"Its name."_s),
            text(u"roomId"_s, u"Where it was said."_s),
            {.name = u"data"_s, .type = ValueType::Any, .doc = u"What it says."_s, .isRequired = true},
            text(u"from"_s, u"The user who triggered it."_s),
            number(u"timestamp"_s, u"When, in milliseconds since 1970."_s),
            maybe(object(u"meta"_s, u"Free for the application."_s)),
            maybe(text(u"id"_s, u"By which it is applied once."_s)),
            maybe(number(u"offset"_s, u"Its place in the room's log."_s))};
}

QList<ParameterInfo> triggeredEvent()
{
    return {text(u"roomId"_s, u"Where."_s),
            text(u"event"_s, u"Its name."_s),
            text(u"from"_s, u"The user that the key speaks for."_s),
            number(u"timestamp"_s, u"When, in milliseconds since 1970."_s),
            maybe(text(u"epoch"_s, u"Identity of the room's log."_s)),
            maybe(number(u"offset"_s, u"Its place in it; an ephemeral one has none."_s)),
            maybe(text(u"id"_s, u"By which it is applied once."_s))};
}

QList<ParameterInfo> client()
{
    return {text(u"id"_s, u"Of the connection."_s),
            text(u"userId"_s, u"The user; the same for all of its connections."_s),
            flag(u"verified"_s, u"An authenticator vouches for the user."_s),
            texts(u"rooms"_s, u"Those it is in."_s),
            text(u"transport"_s, u"By which it came: \"polling\", \"websocket\" or \"sse\"."_s),
            maybe(texts(u"roles"_s, u"Those an authenticator has named."_s)),
            maybe(text(u"address"_s, u"Where it comes from."_s))};
}

QList<ParameterInfo> sanction()
{
    return {text(u"kind"_s, u"\"ban\" or \"mute\"."_s), text(u"userId"_s, u"Whom."_s),
            maybe(text(u"roomId"_s, u"Where; left out: everywhere."_s)),
            maybe(text(u"reason"_s, u"Told to the user."_s)),
            maybe(number(u"until"_s, u"In milliseconds since 1970; left out: until it is lifted."_s))};
}

QList<ParameterInfo> problemMembers()
{
    return {text(u"type"_s, u"\"about:blank\": the status says it."_s),
            text(u"title"_s, u"The kind, in words."_s),
            number(u"status"_s, u"The HTTP status."_s),
            text(u"detail"_s, u"What was wrong, what was expected, what to do."_s),
            text(u"code"_s, u"The kind, for programs: \"ROOM_NOT_FOUND\"."_s),
            maybe(text(u"path"_s, u"Where in what was asked."_s)),
            maybe(number(u"retryAfter"_s, u"Milliseconds, after which it may be asked again."_s)),
            maybe(list(u"errors"_s, {},
                       u"Places where data breaks its schema, each with path, rule and message."_s))};
}

} // namespace

QJsonObject schemaOf(const ParameterInfo &info)
{
    QJsonObject schema = typeOf(info);
    if (!info.doc.isEmpty())
        schema.insert(u"description"_s, info.doc);
    return schema;
}

QJsonObject objectSchemaOf(const QList<ParameterInfo> &members)
{
    QJsonObject properties;
    QJsonArray required;
    for (const ParameterInfo &member : members) {
        properties.insert(member.name, schemaOf(member));
        if (member.isRequired)
            required.append(member.name);
    }
    QJsonObject schema{{u"type"_s, u"object"_s}, {u"properties"_s, properties}};
    if (!required.isEmpty())
        schema.insert(u"required"_s, required);
    return schema;
}

QJsonObject componentSchemas()
{
    const QString results = u"What became of each, in their order: as of one alone, or a problem."_s;
    return {
        {u"RoomInfo"_s, objectSchemaOf(roomInfo())},
        {u"Room"_s, objectSchemaOf(room())},
        {u"RoomPage"_s,
         objectSchemaOf({list(u"rooms"_s, u"RoomInfo"_s, u"Those of this page."_s), nextPage()})},
        {u"Event"_s, objectSchemaOf(membersOfEvent())},
        {u"EventMessage"_s, objectSchemaOf(eventMessage())},
        {u"EventPage"_s,
         objectSchemaOf(
             {text(u"roomId"_s, u"The room."_s), text(u"epoch"_s, u"Identity of its log."_s),
              list(u"events"_s, u"EventMessage"_s, u"The newest first."_s),
              maybe(texts(
                  u"attachments"_s,
                  u"Of all of them, in base64: what `{\"_placeholder\":true,\"num\":0}` stands for."_s)),
              nextPage()})},
        {u"TriggeredEvent"_s, objectSchemaOf(triggeredEvent())},
        {u"TriggeredEvents"_s,
         objectSchemaOf({number(u"triggered"_s, u"How many went well."_s),
                         number(u"failed"_s, u"How many did not."_s), list(u"results"_s, {}, results)})},
        {u"Client"_s, objectSchemaOf(client())},
        {u"ClientPage"_s,
         objectSchemaOf({list(u"clients"_s, u"Client"_s, u"Those of this page."_s), nextPage()})},
        {u"User"_s,
         objectSchemaOf(
             {text(u"userId"_s, u"The user."_s), list(u"clients"_s, u"Client"_s, u"Its connections."_s)})},
        {u"Sanction"_s, objectSchemaOf(sanction())},
        {u"SanctionPage"_s,
         objectSchemaOf({list(u"sanctions"_s, u"Sanction"_s, u"Those of this page."_s), nextPage()})},
        {u"Erased"_s,
         objectSchemaOf(
             {number(u"inMemory"_s, u"So many events that rooms had in memory."_s),
              number(u"stored"_s, u"So many in the store; most were in memory as well."_s),
              maybe(flag(u"dryRun"_s, u"They are there still: it was only asked how many there are."_s))})},
        {u"Problem"_s, objectSchemaOf(problemMembers())},
        {u"OpenApi"_s, objectSchemaOf({text(u"openapi"_s, u"Of which version of OpenAPI it is."_s)})},
    };
}

} // namespace dialogue::api
