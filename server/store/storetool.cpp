#include "server/store/storetool.h"

#include "core/protocol/dialogue/eventmessage.h"
#include "server/store/attachments.h"
#include "server/store/storefile.h"
#include "server/store/storereader.h"
#include "server/store/storeschema.h"

#include <QFileInfo>

#include <algorithm>

namespace dialogue::store {

namespace {

Error about(const QString &path, const QString &message, ErrorCode code = ErrorCode::IoError)
{
    return {code, QStringLiteral("The store '%1': %2").arg(path, message)};
}

/** A file that is there, and a store; nothing is made. */
Result<sqlite::Database> existing(const QString &path)
{
    if (!QFileInfo(path).isFile())
        return about(path, QStringLiteral("There is no such file"), ErrorCode::ConfigError);
    Result<sqlite::Database> database = StoreFile::reader(path);
    if (!database)
        return about(path, database.error().message);
    const Result<qint64> application = database->number("PRAGMA application_id");
    if (!application)
        return about(path, application.error().message);
    if (*application != ApplicationId)
        return about(path, QStringLiteral("It is no store"), ErrorCode::ConfigError);
    return database;
}

Result<RoomFacts> factsOf(sqlite::Statement &events, const QString &id, const KnownRoom &room)
{
    const Result<bool> row = events.bind(1, eventKey(room.room, 0)).bind(2, lastKey(room.room)).step();
    if (!row)
        return row.error();
    RoomFacts facts{.id = id,
                    .durability = room.durability,
                    .events = events.integer(0),
                    .bytes = events.integer(3),
                    .isOfClient = !room.declaration.isEmpty()};
    if (facts.events > 0) {
        facts.oldest = offsetOf(events.integer(1));
        facts.newest = offsetOf(events.integer(2));
    }
    events.reset();
    return facts;
}

/** What is wrong with the events, up to some. */
Result<void> lookThrough(sqlite::Database &database, QStringList &faults)
{
    constexpr qsizetype most = 100;
    Result<sqlite::Statement> all = database.prepare("SELECT key,json,attachments FROM events ORDER BY key");
    if (!all)
        return all.error();
    while (faults.size() < most) {
        const Result<bool> row = all->step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        const quint64 offset = offsetOf(all->integer(0));
        const QString which
            = QStringLiteral("Room %1, event %2: ").arg(all->integer(0) >> OffsetBits).arg(offset);
        if (all->blob(1).isEmpty())
            continue; // It was erased.
        const EventMessage message = protocol::decodeEventMessage(all->blob(1));
        if (message.event.isEmpty())
            faults.append(which + QStringLiteral("what is stored is no event"));
        else if (message.offset != offset)
            faults.append(which + QStringLiteral("it says that it is %1").arg(message.offset));
        if (const auto attachments = unpackAttachments(all->blob(2)); !attachments)
            faults.append(which + attachments.error().message);
    }
    return {};
}

} // namespace

Result<void> mustBeStore(const QString &path)
{
    const auto there = existing(path);
    return there ? Result<void>() : there.error();
}

Result<StoreFacts> factsOf(const QString &path)
{
    Result<sqlite::Database> database = existing(path);
    if (!database)
        return database.error();
    Result<StoreReader> reader = StoreReader::open(path);
    if (!reader)
        return about(path, reader.error().message);
    const auto rooms = reader->rooms();
    if (!rooms)
        return about(path, rooms.error().message);
    Result<sqlite::Statement> events = database->prepare(
        "SELECT count(*),min(key),max(key),sum(length(json)+coalesce(length(attachments),0)) FROM events "
        "WHERE key BETWEEN ?1 AND ?2");
    if (!events)
        return about(path, events.error().message);
    StoreFacts facts;
    const std::pair<qint64 StoreFacts::*, const char *> numbers[]
        = {{&StoreFacts::format, "PRAGMA user_version"},
           {&StoreFacts::starts, "SELECT value FROM meta WHERE key='starts'"},
           {&StoreFacts::triggers, "SELECT count(*) FROM triggers"}};
    for (const auto &[member, sql] : numbers) {
        const Result<qint64> number = database->number(sql);
        if (!number)
            return about(path, number.error().message);
        facts.*member = *number;
    }
    const Result<qint64> clean = database->number("SELECT value FROM meta WHERE key='clean'");
    facts.wasStopped = clean && *clean == 1;
    for (auto room = rooms->cbegin(); room != rooms->cend(); ++room) {
        const auto ofRoom = factsOf(*events, room.key(), *room);
        if (!ofRoom)
            return about(path, ofRoom.error().message);
        facts.rooms.append(*ofRoom);
    }
    std::ranges::sort(facts.rooms, {}, &RoomFacts::id);
    return facts;
}

Result<QStringList> faultsOf(const QString &path)
{
    Result<sqlite::Database> database = existing(path);
    if (!database)
        return database.error();
    Result<sqlite::Statement> check = database->prepare("PRAGMA integrity_check");
    if (!check)
        return about(path, check.error().message);
    QStringList faults;
    for (;;) {
        const Result<bool> row = check->step();
        if (!row)
            return about(path, row.error().message);
        if (!*row)
            break;
        if (const QString said = check->text(0); said != u"ok")
            faults.append(said);
    }
    if (!faults.isEmpty())
        return faults; // What the events say then means nothing.
    if (const auto looked = lookThrough(*database, faults); !looked)
        return about(path, looked.error().message);
    return faults;
}

Result<void> backUp(const QString &path, const QString &to)
{
    if (const auto there = existing(path); !there)
        return there.error();
    if (QFileInfo::exists(to)) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("'%1' is there already; name a file that is not").arg(to)};
    }
    // Not one that may only query: that is held against what it writes to the copy, too.
    auto database = sqlite::Database::open(path, sqlite::Database::File::Existing);
    if (!database)
        return about(path, database.error().message);
    Result<sqlite::Statement> copy = database->prepare("VACUUM INTO ?1");
    if (!copy)
        return about(path, copy.error().message);
    if (const auto copied = copy->bind(1, to).run(); !copied)
        return Error{ErrorCode::IoError, QStringLiteral("'%1': %2").arg(to, copied.error().message)};
    return {};
}

Result<void> markRestored(const QString &path)
{
    if (const auto there = existing(path); !there)
        return there.error();
    Result<StoreFile> file = StoreFile::open(
        {.adapter = StoreAdapter::Sqlite, .path = path, .onCorruption = OnCorruption::Stop});
    if (!file)
        return file.error();
    if (const auto marked = file->database().execute("INSERT OR REPLACE INTO meta VALUES('restored',1)");
        !marked)
        return about(path, marked.error().message);
    return {};
}

} // namespace dialogue::store
