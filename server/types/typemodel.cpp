#include "server/types/typemodel.h"

#include "server/types/schemadocuments.h"
#include "server/types/typereader.h"

namespace dialogue::types {

namespace {

RoomType roomTypeOf(const RoomConfig &room, const QString &id, const SchemaPlaces &places,
                    SchemaDocuments &documents, TypeReader &reader)
{
    RoomType type{.id = id, .name = room.name, .description = room.description};
    if (room.isOpen())
        return type;
    for (const EventDefinition &event : room.events) {
        const QJsonValue schema = event.schema.toJson();
        const SchemaPlace place = places.value({id, event.name});
        // What is in a file may be others' as well.
        const PlacedSchema placed = place.isWholeFile ? documents.addWhole(schema, place.uri)
                                                      : documents.addPart(schema, place.uri);
        const QString name = id + u' ' + event.name;
        type.events.append(
            {.name = event.name,
             .description = event.description,
             .definition = place.isWholeFile ? reader.alias(placed, name) : reader.define(placed, name)});
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
    return model;
}

} // namespace dialogue::types
