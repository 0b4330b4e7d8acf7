#include "server/types/typescript.h"

#include "server/types/names.h"
#include "server/types/sourcetext.h"
#include "server/types/typescripttype.h"

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

/** What this writes, or relies on, under these names. */
QSet<QString> reservedInTypeScript()
{
    return {u"Attachment"_s,    u"ArrayBuffer"_s, u"ArrayBufferView"_s, u"Rooms"_s,
            u"RoomTemplates"_s, u"RoomEvents"_s,  u"EventName"_s,       u"EventData"_s};
}

QStringList typeScriptNames(const QList<Definition> &definitions)
{
    Names names(reservedInTypeScript());
    QStringList all;
    for (const Definition &definition : definitions)
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
    const QStringList names = typeScriptNames(model.definitions);
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
    return text + lookup(model);
}

} // namespace dialogue::types
