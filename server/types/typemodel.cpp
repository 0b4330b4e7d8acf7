#include "server/types/typemodel.h"

#include "server/types/schemadocuments.h"
#include "server/types/typereader.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::types {

namespace {

qsizetype definitionOf(const Schema &schema, const SchemaPlace &place, const QString &name,
                       SchemaDocuments &documents, TypeReader &reader)
{
    // What is in a file may be others' as well.
    return place.isWholeFile ? reader.alias(documents.addWhole(schema.toJson(), place.uri), name)
                             : reader.define(documents.addPart(schema.toJson(), place.uri), name);
}

bool saysMeta(const QList<RoomType> &rooms)
{
    return std::ranges::any_of(rooms, [](const RoomType &room) {
        return std::ranges::any_of(
            room.events, [](const EventType &event) { return event.meta >= 0 || !event.takesMeta; });
    });
}

RoomType roomTypeOf(const RoomConfig &room, const QString &id, const SchemaPlaces &places,
                    SchemaDocuments &documents, TypeReader &reader)
{
    RoomType type{.id = id, .name = room.name, .description = room.description};
    if (room.isOpen())
        return type;
    for (const EventDefinition &event : room.events) {
        const EventSchemaPlaces place = places.value({id, event.name});
        const QString name = id + u' ' + event.name;
        EventType read{.name = event.name, .description = event.description, .takesMeta = event.takesMeta};
        read.definition = definitionOf(event.schema, place.schema, name, documents, reader);
        if (!event.meta.isEmpty())
            read.meta = definitionOf(event.meta, place.meta, name + u" meta"_s, documents, reader);
        type.events.append(read);
    }
    return type;
}

} // namespace

TypeModel typesOf(const ServerConfig &config, const SchemaOrigins &origins)
{
    SchemaDocuments documents(origins.documents);
    TypeReader reader(documents);
    TypeModel model;
    for (const RoomConfig &room : config.rooms)
        model.rooms.append(roomTypeOf(room, room.id, origins.ofRooms, documents, reader));
    for (const RoomTemplate &each : config.roomCreation.templates)
        model.templates.append(roomTypeOf(each.room, each.pattern, origins.ofTemplates, documents, reader));
    model.definitions = reader.definitions();
    model.othersAreCreated = !config.roomCreation.create.isNobody();
    model.saysMeta = saysMeta(model.rooms) || saysMeta(model.templates);
    return model;
}

} // namespace dialogue::types
