#include "server/types/typescript.h"

#include "server/types/names.h"
#include "server/types/sourcetext.h"
#include "server/types/typescripttype.h"

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** What this writes, or relies on, under these names. */
QSet<QString> reservedInTypeScript(bool saysMeta)
{
    QSet<QString> reserved{u"Attachment"_s,    u"ArrayBuffer"_s, u"ArrayBufferView"_s, u"Rooms"_s,
                           u"RoomTemplates"_s, u"RoomEvents"_s,  u"EventName"_s,       u"EventData"_s};
    if (saysMeta)
        reserved.unite({u"RoomMetas"_s, u"RoomTemplateMetas"_s, u"EventMeta"_s, u"Record"_s});
    return reserved;
}

QStringList typeScriptNames(const TypeModel &model)
{
    Names names(reservedInTypeScript(model.saysMeta));
    QStringList all;
    for (const Definition &definition : model.definitions)
        all.append(names.unique(pascalCase(definition.name), u"Data"_s));
    return all;
}

QString declaration(const Definition &definition, const QString &name, const TypeScriptType &writer)
{
    const DataType &type = *definition.type;
    const QString remarks = comment(TypeScriptType::remarks(type));
    if (type.kind == DataType::Kind::Object)
        return remarks + u"export interface "_s + name + u' ' + writer.body(type, {}) + u"\n\n"_s;
    return remarks + u"export type "_s + name + u" = "_s + writer.text(type) + u";\n\n"_s;
}

QString anyEvents() { return u"{ [event: string]: unknown }"_s; }
QString anyMeta() { return u"{ [key: string]: unknown }"_s; }

/** The interface \a name: what each of \a rooms carries. */
QString roomMap(const QString &about, const QString &name, const QList<RoomType> &rooms,
                const QStringList &names)
{
    QString text = comment({about}) + u"export interface "_s + name + u" {\n"_s;
    for (const RoomType &room : rooms) {
        text += comment({room.name != room.id ? room.name : QString(), room.description}, u"    "_s);
        text += u"    "_s + typeScriptString(room.id) + u": "_s;
        if (room.events.isEmpty()) {
            text += anyEvents() + u";\n"_s;
            continue;
        }
        text += u"{\n"_s;
        for (const EventType &event : room.events) {
            text += comment({event.description}, u"        "_s);
            text += u"        "_s + typeScriptString(event.name) + u": "_s + names[event.definition]
                + u";\n"_s;
        }
        text += u"    };\n"_s;
    }
    return text + u"}\n\n"_s;
}

/** Which events a room has by its id, as the server finds it out. */
QString lookup(const TypeModel &model)
{
    QString text
        = comment({u"The events of the room with that id, and their data; of an id that is not known "
                   "before the program runs, anything."_s});
    text += u"export type RoomEvents<Id extends string> =\n    string extends Id ? "_s + anyEvents()
        + u" :\n    Id extends keyof Rooms ? Rooms[Id] :\n"_s;
    for (const RoomType &each : model.templates) {
        text += u"    Id extends "_s + typeScriptPattern(each.id) + u" ? RoomTemplates["_s
            + typeScriptString(each.id) + u"] :\n"_s;
    }
    text += u"    "_s + (model.othersAreCreated ? anyEvents() : u"never"_s) + u";\n\n"_s;
    text += comment({u"The names of these events."_s});
    text += u"export type EventName<Id extends string> = keyof RoomEvents<Id> & string;\n\n"_s;
    text += comment({u"The data of one."_s});
    return text
        + u"export type EventData<Id extends string, Name extends EventName<Id>> = RoomEvents<Id>[Name];\n"_s;
}

/** The interface \a name: what clients may say in `meta` of each event of \a rooms. */
QString metaMap(const QString &name, const QList<RoomType> &rooms, const QStringList &names)
{
    QString text = u"export interface "_s + name + u" {\n"_s;
    for (const RoomType &room : rooms) {
        if (room.events.isEmpty())
            continue;
        text += u"    "_s + typeScriptString(room.id) + u": {\n"_s;
        for (const EventType &event : room.events) {
            const QString type = event.meta >= 0 ? names[event.meta]
                : event.takesMeta                ? anyMeta()
                                                 : u"Record<string, never>"_s;
            text += u"        "_s + typeScriptString(event.name) + u": "_s + type + u";\n"_s;
        }
        text += u"    };\n"_s;
    }
    return text + u"}\n\n"_s;
}

/** What may be said in `meta`, found as lookup() finds the events. */
QString metaLookup(const TypeModel &model, const QStringList &names)
{
    const auto choice = [](const QString &metas, const QString &id) {
        return u" ? "_s + metas + u" extends Record<"_s + id
            + u", infer Of> ? Name extends keyof Of ? Of[Name] : "_s + anyMeta() + u" : "_s + anyMeta()
            + u" :\n"_s;
    };
    QString text = u'\n'
        + comment({u"What clients may say beside the data, in the meta of each event; what the server itself "
                   "says there is not held to it."_s})
        + metaMap(u"RoomMetas"_s, model.rooms, names);
    if (!model.templates.isEmpty())
        text += metaMap(u"RoomTemplateMetas"_s, model.templates, names);
    text += comment({u"That of one."_s});
    text
        += u"export type EventMeta<Id extends string, Name extends EventName<Id>> =\n    string extends Id ? "_s
        + anyMeta() + u" :\n    Id extends keyof Rooms"_s + choice(u"RoomMetas"_s, u"Id"_s);
    for (const RoomType &each : model.templates) {
        text += u"    Id extends "_s + typeScriptPattern(each.id)
            + choice(u"RoomTemplateMetas"_s, typeScriptString(each.id));
    }
    return text + u"    "_s + anyMeta() + u";\n"_s;
}

bool hasAttachment(const DataType &type)
{
    if (type.kind == DataType::Kind::Attachment || (type.rest && hasAttachment(*type.rest)))
        return true;
    for (const DataTypePtr &part : type.parts) {
        if (hasAttachment(*part))
            return true;
    }
    for (const ObjectMember &member : type.members) {
        if (hasAttachment(*member.type))
            return true;
    }
    return false;
}

} // namespace

QString typeScript(const TypeModel &model)
{
    const QStringList names = typeScriptNames(model);
    const TypeScriptType writer(names);
    QString text = u"// Made by dialogue-server types. Changes belong into the configuration.\n\n"_s;
    bool hasBytes = false;
    for (const Definition &definition : model.definitions)
        hasBytes = hasBytes || hasAttachment(*definition.type);
    if (hasBytes) {
        text += comment({u"Bytes beside the JSON: a browser gets an ArrayBuffer, Node a Buffer."_s})
            + u"export type Attachment = ArrayBuffer | ArrayBufferView;\n\n"_s;
    }
    for (qsizetype i = 0; i < names.size(); ++i)
        text += declaration(model.definitions[i], names[i], writer);
    text += roomMap(u"The rooms, and the data of each event in them."_s, u"Rooms"_s, model.rooms, names);
    if (!model.templates.isEmpty()) {
        text += roomMap(
            u"The rooms that clients create, by the pattern of their ids; the first that fits counts."_s,
            u"RoomTemplates"_s, model.templates, names);
    }
    text += lookup(model);
    return model.saysMeta ? text + metaLookup(model, names) : text;
}

} // namespace dialogue::types
