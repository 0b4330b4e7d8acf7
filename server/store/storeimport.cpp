#include "server/store/storeexport.h"

#include "core/json/exact.h"
#include "core/json/parsed.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/store/attachments.h"
#include "server/store/storefile.h"
#include "server/store/storeschema.h"

#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <array>

namespace dialogue::store {

namespace {

/** Puts lines into an empty store. */
class Importer
{
public:
    [[nodiscard]] Result<void> prepare(sqlite::Database &database)
    {
        const std::array<sqlite::Database::ToPrepare, 5> all{
            {{&m_room, "INSERT INTO rooms VALUES(?1,?2,?1,?3,?4,?5,?6,?7)"},
             {&m_name, "INSERT OR IGNORE INTO names(room,event) VALUES(?1,?2)"},
             {&m_event,
              "INSERT INTO events VALUES(?1,?2,?3,(SELECT name FROM names WHERE room=?4 AND "
              "event=?5),?6,?7,?8)"},
             {&m_trigger,
              "INSERT INTO triggers(room,user,origin,id,event,offset,time) VALUES(?1,?2,?3,?4,?5,?6,?7)"},
             {&m_raise, "UPDATE rooms SET offset=max(offset,?2) WHERE room=?1"}}};
        return database.prepare(all);
    }
    [[nodiscard]] Result<void> take(const QByteArray &line)
    {
        QJsonParseError error;
        const QJsonObject object = json::parsed(line, &error).object();
        if (error.error != QJsonParseError::NoError)
            return wrongLine(error.errorString());
        if (object.contains(QLatin1String("room")))
            return takeRoom(object);
        if (object.contains(QLatin1String("trigger")))
            return takeTrigger(object);
        if (object.contains(QLatin1String("event")))
            return takeEvent(object, line);
        return wrongLine(QStringLiteral("it must be of a room, an event or a trigger"));
    }
    [[nodiscard]] qint64 events() const { return m_events; }

private:
    static Error wrongLine(const QString &what) { return {ErrorCode::InvalidRequest, what}; }
    static qint64 number(const QJsonObject &object, const char *key)
    {
        return object.value(QLatin1String(key)).toInteger(-1);
    }
    [[nodiscard]] Result<quint64> roomOf(const QJsonObject &object) const
    {
        const QString id = object.value(QLatin1String("in")).toString();
        const auto found = m_rooms.constFind(id);
        if (found == m_rooms.cend())
            return wrongLine(QStringLiteral("no room '%1' stands before it").arg(id));
        return *found;
    }
    [[nodiscard]] static Result<quint64> offsetIn(const QJsonObject &object)
    {
        const qint64 offset = number(object, "offset");
        if (offset < 1 || offset >= eventKey(1, 0))
            return wrongLine(QStringLiteral("offset must be a whole number from 1"));
        return static_cast<quint64>(offset);
    }
    [[nodiscard]] Result<void> takeRoom(const QJsonObject &object)
    {
        const QString id = object.value(QLatin1String("room")).toString();
        const qint64 durability = number(object, "durability");
        if (id.isEmpty() || m_rooms.contains(id))
            return wrongLine(QStringLiteral("room must be an id that no other line has"));
        if (durability < 0 || durability > static_cast<int>(Durability::Sync) || number(object, "offset") < 0
            || number(object, "completeAfter") < 0)
            return wrongLine(
                QStringLiteral("durability must be 0 to 3, offset and completeAfter whole numbers from 0"));
        const auto room = static_cast<quint64>(m_rooms.size() + 1);
        m_room.bind(1, room)
            .bind(2, id)
            .bind(3, durability)
            .bind(4, number(object, "offset"))
            .bind(5, number(object, "completeAfter"));
        const QJsonValue declaration = object.value(QLatin1String("declaration"));
        if (declaration.isObject()) {
            m_room.bind(6, object.value(QLatin1String("createdBy")).toString())
                .bind(
                    7,
                    QString::fromUtf8(QJsonDocument(declaration.toObject()).toJson(QJsonDocument::Compact)));
        }
        m_rooms.insert(id, room);
        return m_room.run();
    }
    [[nodiscard]] Result<void> takeEvent(const QJsonObject &object, const QByteArray &line)
    {
        const auto room = roomOf(object);
        if (!room)
            return room.error();
        const auto offset = offsetIn(object);
        if (!offset)
            return offset.error();
        const QByteArray message = json::memberText(line, QLatin1StringView("message")).toByteArray();
        if (!message.isEmpty() && protocol::decodeEventMessage(message).offset != *offset)
            return wrongLine(QStringLiteral("message must be an event with the offset of its line"));
        QList<QByteArray> attachments;
        for (const QJsonValue &text : object.value(QLatin1String("attachments")).toArray())
            attachments.append(QByteArray::fromBase64(text.toString().toLatin1()));
        const QByteArray packed = packAttachments(attachments);
        const QString event = object.value(QLatin1String("event")).toString();
        if (!event.isEmpty()) {
            if (const auto named = m_name.bind(1, *room).bind(2, event).run(); !named)
                return named;
        }
        m_event.bind(1, eventKey(*room, *offset))
            .bind(2, number(object, "seq"))
            .bind(3, number(object, "time"))
            .bind(4, *room)
            .bind(5, event)
            .bind(6, object.value(QLatin1String("from")).toString())
            .bind(7, QByteArrayView(message));
        if (!packed.isEmpty())
            m_event.bind(8, QByteArrayView(packed));
        ++m_events;
        if (const auto stored = m_event.run(); !stored)
            return stored;
        return m_raise.bind(1, *room).bind(2, *offset).run();
    }
    [[nodiscard]] Result<void> takeTrigger(const QJsonObject &object)
    {
        const auto room = roomOf(object);
        if (!room)
            return room.error();
        const auto offset = offsetIn(object);
        if (!offset)
            return offset.error();
        return m_trigger.bind(1, *room)
            .bind(2, object.value(QLatin1String("user")).toString())
            .bind(3, object.value(QLatin1String("origin")).toString())
            .bind(4, object.value(QLatin1String("trigger")).toString())
            .bind(5, object.value(QLatin1String("event")).toString())
            .bind(6, *offset)
            .bind(7, number(object, "time"))
            .run();
    }

    QHash<QString, quint64> m_rooms;
    qint64 m_events = 0;
    sqlite::Statement m_room;
    sqlite::Statement m_name;
    sqlite::Statement m_event;
    sqlite::Statement m_trigger;
    sqlite::Statement m_raise;
};

Result<qint64> importInto(sqlite::Database &database, const std::function<QByteArray()> &read)
{
    constexpr int AtOnce = 10'000;
    QJsonParseError error;
    const QJsonObject head = json::parsed(read(), &error).object();
    if (head.value(QLatin1String("store")).toString() != LinesVersion) {
        return Error{ErrorCode::InvalidRequest,
                     QStringLiteral("Line 1: it must be {\"store\":\"%1\"}, as 'store export' writes it")
                         .arg(LinesVersion)};
    }
    Importer importer;
    if (const auto prepared = importer.prepare(database); !prepared)
        return prepared.error();
    if (const auto begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun.error();
    qint64 lines = 1;
    for (QByteArray line = read(); !line.isEmpty(); line = read()) {
        ++lines;
        if (const auto taken = importer.take(line); !taken) {
            return Error{taken.error().code,
                         QStringLiteral("Line %1: %2").arg(lines).arg(taken.error().message)};
        }
        if (lines % AtOnce > 0)
            continue;
        if (const auto stored = database.execute("COMMIT;BEGIN IMMEDIATE"); !stored)
            return stored.error();
    }
    const auto done = database.execute("INSERT OR REPLACE INTO meta VALUES('restored',1),('clean',1);COMMIT");
    if (!done)
        return done.error();
    return importer.events();
}

} // namespace

Result<qint64> importStore(const QString &path, const std::function<QByteArray()> &read)
{
    if (QFileInfo::exists(path)) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("'%1' is there already; name a file that is not").arg(path)};
    }
    Result<qint64> imported = [&]() -> Result<qint64> {
        Result<StoreFile> file = StoreFile::open(
            {.adapter = StoreAdapter::Sqlite, .path = path, .onCorruption = OnCorruption::Stop});
        return file ? importInto(file->database(), read) : file.error();
    }();
    if (!imported) { // Half of it is of no use to anybody.
        for (const char *part : {"", "-wal", "-shm", "-lock"})
            QFile::remove(path + QLatin1String(part));
    }
    return imported;
}

} // namespace dialogue::store
