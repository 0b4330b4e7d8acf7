#include "server/store/storedroom.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace dialogue::store {

QByteArray declarationOf(const RoomConfig &room)
{
    QJsonObject json{{QStringLiteral("id"), room.id},
                     {QStringLiteral("name"), room.name},
                     {QStringLiteral("createdById"), room.createdById}};
    if (!room.description.isEmpty())
        json.insert(QStringLiteral("description"), room.description);
    if (room.maxSize)
        json.insert(QStringLiteral("maxSize"), *room.maxSize);
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

Result<RoomConfig> declaredRoom(const QByteArray &declaration)
{
    const QJsonObject json = QJsonDocument::fromJson(declaration).object();
    RoomConfig room{.id = json.value(QLatin1String("id")).toString(),
                    .name = json.value(QLatin1String("name")).toString(),
                    .description = json.value(QLatin1String("description")).toString(),
                    .createdById = json.value(QLatin1String("createdById")).toString()};
    if (const QJsonValue most = json.value(QLatin1String("maxSize")); most.isDouble())
        room.maxSize = most.toInt();
    if (const auto sound = room.check(); !sound)
        return sound.error();
    return room;
}

} // namespace dialogue::store
