#include "server/store/schemaguard.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "core/protocol/dialogue/eventmessage.h"
#include "server/store/storeschema.h"

#include <QCryptographicHash>
#include <QJsonDocument>

#include <algorithm>
#include <limits>

namespace dialogue::store {

namespace {

QByteArray hashOf(const Schema &schema)
{
    return QCryptographicHash::hash(QJsonDocument(schema.toJson()).toJson(QJsonDocument::Compact),
                                    QCryptographicHash::Sha256);
}

/** What does not fit, so far. */
struct Misfits
{
    int looked = 0;
    int count = 0;
    quint64 offset = 0; ///< Of the newest.
    QString why;

    void add(quint64 misfit, const Error &error)
    {
        if (count++ > 0)
            return;
        offset = misfit;
        why = error.text();
    }
};

Error refusal(const RoomConfig &room, const QString &event, const Misfits &misfits)
{
    return {
        ErrorCode::ConfigError,
        QStringLiteral("The schema of event '%1' in room '%2' is not the one that its events were stored "
                       "under, and of the newest %3 stored ones %4 do not fit it; the newest of these has "
                       "offset %5: %6. Give the event a new name, let EventDefinition::migrate change what "
                       "is stored, or say 'schemaChange: accept' to leave it as it is")
            .arg(event, room.id)
            .arg(misfits.looked)
            .arg(misfits.count)
            .arg(misfits.offset)
            .arg(misfits.why)};
}

} // namespace

Result<SchemaGuard> SchemaGuard::prepare(sqlite::Database &database)
{
    SchemaGuard guard;
    const sqlite::Database::ToPrepare all[]
        = {{&guard.m_schema, "SELECT hash FROM schemas WHERE room=?1 AND event=?2"},
           {&guard.m_named,
            "SELECT key,json FROM events WHERE length(json)>0 AND name=(SELECT name FROM names WHERE room=?1 "
            "AND event=?2) AND "
            "key<?3 ORDER BY key DESC LIMIT ?4"},
           {&guard.m_unnamed,
            "SELECT key,json FROM events WHERE length(json)>0 AND name IS NULL AND key BETWEEN ?1 AND ?2 "
            "ORDER BY key DESC "
            "LIMIT ?3"}};
    if (const auto prepared = database.prepare(all); !prepared)
        return prepared.error();
    return guard;
}

Result<bool> SchemaGuard::isKnown(quint64 room, const StoredSchema &schema)
{
    const Result<bool> row = m_schema.bind(1, room).bind(2, schema.event).step();
    if (!row)
        return row.error();
    const bool isSame = *row && m_schema.blob(0) == schema.hash;
    m_schema.reset();
    return isSame;
}

namespace {

/** Holds each row of \a rows to the schema of \a event; those that do not fit are \a replaced, or counted. */
Result<void> holdRows(sqlite::Statement &rows, const RoomConfig &room, const EventDefinition &event,
                      Misfits &misfits, QList<ReplacedEvent> &replaced, qint64 *last)
{
    for (;;) {
        const Result<bool> row = rows.step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        const qint64 key = rows.integer(0);
        if (last)
            *last = key;
        EventMessage message = protocol::decodeEventMessage(rows.blob(1));
        if (message.event != event.name)
            continue;
        ++misfits.looked;
        const auto fits = event.schema.validate(message.value());
        if (fits)
            continue;
        if (!event.migrate) {
            misfits.add(offsetOf(key), fits.error());
            continue;
        }
        Result<QJsonValue> data = event.migrate(message.value());
        const Result<void> better = data ? event.schema.validate(*data) : data.error();
        if (!better) {
            rows.reset();
            return Error{
                ErrorCode::ConfigError,
                QStringLiteral("Room '%1': what is stored of event '%2' does not fit its schema, and "
                               "EventDefinition::migrate makes nothing of offset %3 that does: %4")
                    .arg(room.id, event.name)
                    .arg(offsetOf(key))
                    .arg(better.error().text())};
        }
        message.data = *std::move(data);
        replaced.append({.key = key, .json = protocol::encodeEventMessage(message)});
    }
}

} // namespace

Result<void> SchemaGuard::hold(quint64 room, const RoomConfig &declared, const EventDefinition &event,
                               int newest, const Replace &replace)
{
    constexpr int AtOnce = 1000;
    Misfits misfits;
    const auto holdAndReplace = [&](sqlite::Statement &rows, qint64 *last) -> Result<void> {
        QList<ReplacedEvent> replaced;
        const auto held = holdRows(rows, declared, event, misfits, replaced, last);
        return !held || replaced.isEmpty() ? held : replace(std::move(replaced));
    };
    // A thousand at a time: however many there are, few are in memory.
    for (qint64 before = lastKey(room) + 1,
                left = event.migrate ? std::numeric_limits<qint64>::max() : newest;
         left > 0;) {
        const int lookedBefore = misfits.looked;
        m_named.bind(1, room).bind(2, event.name).bind(3, before).bind(4, std::min<qint64>(left, AtOnce));
        if (const auto held = holdAndReplace(m_named, &before); !held)
            return held;
        if (misfits.looked == lookedBefore)
            break;
        left -= misfits.looked - lookedBefore;
    }
    m_unnamed.bind(1, eventKey(room, 0)).bind(2, lastKey(room)).bind(3, newest);
    if (const auto held = holdAndReplace(m_unnamed, nullptr); !held)
        return held;
    if (misfits.count == 0)
        return {};
    if (event.schemaChange == SchemaChange::Refuse)
        return refusal(declared, event.name, misfits);
    qCWarning(lcStore).noquote() << quoted(declared.id) << "- of the newest" << misfits.looked << "stored"
                                 << quoted(event.name) << "events" << misfits.count
                                 << "do not fit its schema and stay as they are, such as" << misfits.offset
                                 << '-' << printable(misfits.why);
    return {};
}

Result<QList<StoredSchema>> SchemaGuard::check(quint64 room, const RoomConfig &declared, int newest,
                                               const Replace &replace)
{
    QList<StoredSchema> changed;
    for (const EventDefinition &event : declared.events) {
        if (event.ephemeral)
            continue;
        const StoredSchema now{.event = event.name, .hash = hashOf(event.schema)};
        const Result<bool> known = isKnown(room, now);
        if (!known)
            return known.error();
        if (*known)
            continue;
        if (!event.schema.isEmpty()) {
            if (const auto held = hold(room, declared, event, newest, replace); !held)
                return held.error();
        }
        changed.append(now);
    }
    return changed;
}

} // namespace dialogue::store
