#include "server/store/storetables.h"

#include "server/store/attachments.h"
#include "server/store/storeschema.h"

namespace dialogue::store {

Result<StoreTables> StoreTables::prepare(sqlite::Database &database)
{
    StoreTables tables;
    const sqlite::Database::ToPrepare all[] = {
        {&tables.m_insertEvent, "INSERT INTO events VALUES(?1,?2,?3,?4,?5,?6,?7)"},
        {&tables.m_insertTrigger,
         "INSERT INTO triggers(room,user,origin,id,event,offset,time) VALUES(?1,?2,?3,?4,?5,?6,?7)"},
        {&tables.m_insertRoom, "INSERT INTO rooms VALUES(?1,?2,?3,?4,?5,?5,?6,?7)"},
        {&tables.m_declareRoom, "UPDATE rooms SET durability=?2 WHERE room=?1"},
        {&tables.m_renewRoom, "UPDATE rooms SET stream=?2 WHERE room=?1"},
        {&tables.m_dropRoom, "UPDATE rooms SET id=NULL WHERE room=?1"},
        {&tables.m_holdSchema, "INSERT OR REPLACE INTO schemas VALUES(?1,?2,?3)"},
        {&tables.m_replaceEvent, "UPDATE events SET json=?2 WHERE key=?1"},
        {&tables.m_findName, "SELECT name FROM names WHERE room=?1 AND event=?2"},
        {&tables.m_insertName, "INSERT INTO names(room,event) VALUES(?1,?2) RETURNING name"},
    };
    if (const auto prepared = database.prepare(all); !prepared)
        return prepared.error();
    return tables;
}

Result<qint64> StoreTables::nameOf(quint64 room, const QString &event)
{
    const std::pair key(room, event);
    if (const auto known = m_names.constFind(key); known != m_names.cend())
        return *known;
    for (sqlite::Statement *statement : {&m_findName, &m_insertName}) {
        const Result<bool> found = statement->bind(1, room).bind(2, event).step();
        if (!found)
            return found.error();
        if (*found) {
            const qint64 name = statement->integer(0);
            if (const auto ended = statement->run(); !ended)
                return ended.error();
            m_names.insert(key, name);
            return name;
        }
    }
    return Error{ErrorCode::IoError, QStringLiteral("The store gives no name to '%1'").arg(event)};
}

Result<void> StoreTables::append(const AppendEvent &event)
{
    const Publication &publication = *event.publication;
    const quint64 room = event.log->room;
    const QByteArray attachments
        = publication.attachmentCount() > 0 ? packAttachments(publication.attachments()) : QByteArray();
    m_insertEvent.bind(1, eventKey(room, publication.offset()))
        .bind(2, publication.seq())
        .bind(3, event.time);
    if (event.isNamed) {
        const Result<qint64> name = nameOf(room, publication.event());
        if (!name)
            return name.error();
        m_insertEvent.bind(4, *name);
    }
    m_insertEvent.bind(5, event.sender).bind(6, publication.json());
    if (!attachments.isEmpty())
        m_insertEvent.bind(7, QByteArrayView(attachments));
    if (const auto inserted = m_insertEvent.run(); !inserted)
        return inserted;
    if (event.id.isEmpty())
        return {};
    return m_insertTrigger.bind(1, room)
        .bind(2, event.sender)
        .bind(3, event.origin)
        .bind(4, event.id)
        .bind(5, publication.event())
        .bind(6, publication.offset())
        .bind(7, event.time)
        .run();
}

Result<void> StoreTables::make(const MakeRoom &room)
{
    m_insertRoom.bind(1, room.room)
        .bind(2, room.id)
        .bind(3, room.stream)
        .bind(4, static_cast<int>(Durability::Commit))
        .bind(5, room.offset);
    if (!room.declaration.isEmpty())
        m_insertRoom.bind(6, room.creator).bind(7, QString::fromUtf8(room.declaration));
    return m_insertRoom.run();
}

Result<void> StoreTables::declare(const DeclareRoom &room)
{
    return m_declareRoom.bind(1, room.room).bind(2, static_cast<int>(room.policy.durability)).run();
}

Result<void> StoreTables::renew(const RenewRoom &room)
{
    return m_renewRoom.bind(1, room.room).bind(2, room.stream).run();
}

Result<void> StoreTables::drop(const DropRoom &room) { return m_dropRoom.bind(1, room.room).run(); }

Result<void> StoreTables::hold(const HoldSchemas &schemas)
{
    for (const auto &[event, hash] : schemas.schemas) {
        if (const auto held
            = m_holdSchema.bind(1, schemas.room).bind(2, event).bind(3, QByteArrayView(hash)).run();
            !held)
            return held;
    }
    return {};
}

Result<void> StoreTables::replace(const ReplaceEvents &replaced)
{
    for (const auto &[key, json] : replaced.events) {
        if (const auto done = m_replaceEvent.bind(1, key).bind(2, QByteArrayView(json)).run(); !done)
            return done;
    }
    return {};
}

} // namespace dialogue::store
