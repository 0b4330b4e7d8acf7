#include "server/store/schemacheck.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "server/store/storefile.h"
#include "server/store/storereader.h"
#include "server/store/storeschema.h"
#include "server/store/storetool.h"

#include <algorithm>

namespace dialogue::store {

namespace {

constexpr int AtOnce = 1000;

/** Of one room. */
class SchemaCheck
{
public:
    SchemaCheck(const QString &roomId, const QList<EventDefinition> &declared, SchemaReport &report)
        : m_roomId(roomId)
        , m_declared(declared)
        , m_report(report)
    { }

    void hold(quint64 offset, const QByteArray &json)
    {
        const EventMessage message = protocol::decodeEventMessage(json);
        const auto event = std::ranges::find(m_declared, message.event, &EventDefinition::name);
        if (event == m_declared.end()) {
            ++m_report.undeclared;
            return;
        }
        ++m_report.events;
        if (event->schema.isEmpty())
            return;
        const auto fits = event->schema.validate(message.value());
        if (fits)
            return;
        ++m_report.misfits;
        if (m_report.first.size() < SchemaReport::MostShown)
            m_report.first.append(
                {.roomId = m_roomId, .offset = offset, .event = message.event, .why = fits.error()});
    }

private:
    const QString &m_roomId;
    const QList<EventDefinition> &m_declared;
    SchemaReport &m_report;
};

} // namespace

Result<SchemaReport> holdToSchemas(const QString &path, const DeclaredEvents &declared,
                                   const CheckProgress &progress)
{
    if (const auto there = mustBeStore(path); !there)
        return there.error();
    Result<sqlite::Database> database = StoreFile::reader(path);
    if (!database)
        return database.error();
    Result<StoreReader> reader = StoreReader::open(path);
    if (!reader)
        return reader.error();
    const auto rooms = reader->rooms();
    if (!rooms)
        return rooms.error();
    const Result<qint64> all = database->number("SELECT count(*) FROM events");
    if (!all)
        return all.error();
    Result<sqlite::Statement> some
        = database->prepare("SELECT key,json FROM events WHERE key>?1 AND key<=?2 ORDER BY key LIMIT ?3");
    if (!some)
        return some.error();

    SchemaReport report;
    qint64 looked = 0;
    QStringList ids = rooms->keys();
    ids.sort();
    for (const QString &id : std::as_const(ids)) {
        const KnownRoom &room = *rooms->constFind(id);
        const QList<EventDefinition> events = declared(id, !room.declaration.isEmpty());
        SchemaCheck check(id, events, report);
        qint64 last = eventKey(room.room, 0);
        // Each thousand by itself: what a server wants to do meanwhile waits for no more.
        for (int count = AtOnce; count == AtOnce; looked += count) {
            count = 0;
            some->bind(1, last).bind(2, lastKey(room.room)).bind(3, AtOnce);
            for (;;) {
                const Result<bool> row = some->step();
                if (!row)
                    return row.error();
                if (!*row)
                    break;
                ++count;
                last = some->integer(0);
                const QByteArray json = some->blob(1);
                if (!json.isEmpty()) // Else it was erased.
                    check.hold(offsetOf(last), json);
            }
            if (progress)
                progress(looked + count, *all);
        }
    }
    return report;
}

} // namespace dialogue::store
