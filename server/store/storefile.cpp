#include "server/store/storefile.h"

#include "core/base/foreigntext.h"
#include "core/base/logging.h"
#include "server/store/storeschema.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QRandomGenerator>
#include <QStorageInfo>
#include <QSysInfo>
#include <QtEndian>

#include <algorithm>
#include <array>
#include <limits>

namespace dialogue::store {

namespace {

Error about(const QString &path, const Error &error)
{
    return {error.code, QStringLiteral("The store '%1': %2").arg(path, error.message)};
}

/** SQLite's write-ahead log needs memory that processes share, and locks that hold. */
Result<void> mayHoldStore(const QString &path)
{
    const QFileInfo folder(QFileInfo(path).absolutePath());
    if (!folder.isDir()) {
        return Error{ErrorCode::ConfigError,
                     QStringLiteral("There is no folder '%1'; make it").arg(folder.filePath())};
    }
    static constexpr std::array remote{"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "afs", "ceph"};
    const QByteArray fileSystem = QStorageInfo(folder.filePath()).fileSystemType();
    for (const char *each : remote) {
        if (fileSystem == each) {
            return Error{
                ErrorCode::ConfigError,
                QStringLiteral("'%1' is on a network file system (%2), where a store may be damaged; "
                               "name a folder on a disk of this machine")
                    .arg(folder.filePath(), QString::fromLatin1(fileSystem))};
        }
    }
    return {};
}

/** A file of its own beside it, locked while the server runs: the system lets go of it whatever ends that. */
Result<sqlite::Database> lock(const QString &path)
{
    Result<sqlite::Database> file
        = sqlite::Database::open(path + QStringLiteral("-lock"), sqlite::Database::File::Any);
    if (!file)
        return file.error();
    const auto locked = file->execute("PRAGMA locking_mode=EXCLUSIVE;PRAGMA journal_mode=MEMORY;"
                                      "BEGIN EXCLUSIVE;PRAGMA application_id=0;COMMIT;");
    if (locked)
        return file;
    if (file->trouble() != sqlite::Trouble::Busy)
        return locked.error();
    return Error{ErrorCode::ConfigError,
                 QStringLiteral("Another server uses it; stop that one, or name another file")};
}

/** Says whether the machine was started since. */
quint64 boot()
{
    const QByteArray hash
        = QCryptographicHash::hash(QSysInfo::bootUniqueId(), QCryptographicHash::Algorithm::Sha256);
    return qFromBigEndian<quint64>(hash.constData()) >> 1; // SQLite's numbers have a sign.
}

Result<qint64> meta(sqlite::Database &database, const char *key)
{
    const QByteArray sql = "SELECT value FROM meta WHERE key='" + QByteArray(key) + '\'';
    return database.number(sql.constData());
}

/** Of rooms whose clients may have got more than the file has: they begin anew. As a condition of SQL. */
QByteArray lacksSomething(const Past &past)
{
    const auto is = [](Durability durability) {
        return "durability=" + QByteArray::number(static_cast<int>(durability));
    };
    if (past.isRestored)
        return "TRUE";
    QByteArray rooms = is(Durability::None);
    if (!past.wasStopped)
        rooms += " OR " + is(Durability::Async);
    if (!past.wasStopped && !past.sameBoot)
        rooms += " OR " + is(Durability::Commit);
    return rooms;
}

/** Beside it, under a name that nothing has yet. */
Result<void> setAside(const QString &path)
{
    const QString aside = QStringLiteral("%1.damaged-%2")
                              .arg(path, QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd-hhmmss-zzzZ"));
    for (const QString &part : {QStringLiteral("-wal"), QStringLiteral("-shm"), QString()}) {
        QFile file(path + part);
        if (file.exists() && !file.rename(aside + part)) {
            return Error{ErrorCode::IoError,
                         QStringLiteral("It is damaged, and cannot be set aside as '%1': %2")
                             .arg(aside + part, file.errorString())};
        }
    }
    qCCritical(lcStore).noquote() << "The store" << quoted(path) << "is damaged and was set aside as"
                                  << quoted(aside) << "- beginning with an empty one";
    return {};
}

} // namespace

/** For the connection that writes. */
Result<void> StoreFile::connect()
{
    m_database = {};
    Result<sqlite::Database> opened = sqlite::Database::open(m_path, sqlite::Database::File::Any);
    if (!opened)
        return opened.error();
    m_database = std::move(*opened);
    return m_database.execute(
        "PRAGMA auto_vacuum=INCREMENTAL;PRAGMA journal_mode=WAL;"
        "PRAGMA wal_autocheckpoint=0;PRAGMA mmap_size=0;PRAGMA busy_timeout=5000;"
        "PRAGMA cache_size=-16384;PRAGMA cell_size_check=ON;PRAGMA synchronous=NORMAL;");
}

Result<sqlite::Database> StoreFile::reader(const QString &path)
{
    Result<sqlite::Database> database = sqlite::Database::open(path, sqlite::Database::File::Existing);
    if (!database)
        return database.error();
    const auto ready = database->execute("PRAGMA query_only=ON;PRAGMA mmap_size=0;PRAGMA busy_timeout=5000;"
                                         "PRAGMA wal_autocheckpoint=0;PRAGMA cell_size_check=ON;");
    if (!ready)
        return ready.error();
    return database;
}

Result<void> StoreFile::reopen()
{
    if (const auto connected = connect(); !connected)
        return connected;
    Result<sqlite::Statement> check = m_database.prepare("PRAGMA quick_check(1)");
    if (!check)
        return check.error();
    const Result<bool> row = check->step();
    if (!row)
        return row.error();
    const QString said = check->text(0);
    if (said == u"ok")
        return {};
    return Error{ErrorCode::IoError, QStringLiteral("It is damaged: %1").arg(said)};
}

/** Who was here before; and that we are now. */
Result<void> StoreFile::begin()
{
    if (const auto connected = connect(); !connected)
        return connected;
    if (const auto tables = prepareTables(m_database, m_path); !tables)
        return tables;
    std::array<qint64, 5> known{};
    static constexpr std::array keys{"run", "starts", "clean", "boot", "restored"};
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const Result<qint64> value = meta(m_database, keys[i]);
        if (!value)
            return value.error();
        known[i] = *value;
    }
    const auto [run, starts, clean, lastBoot, restored] = known;
    const Result<qint64> startsBeside = m_lock.number("PRAGMA user_version");
    if (!startsBeside)
        return startsBeside.error();
    const bool isNew = starts == 0;
    m_run = isNew ? QRandomGenerator::system()->generate64() >> 1 : static_cast<quint64>(run);
    m_past = {.wasStopped = isNew || clean == 1,
              .sameBoot = isNew || static_cast<quint64>(lastBoot) == boot(),
              .isRestored = !isNew && (starts < *startsBeside || restored == 1)};
    // A store that was set aside, or deleted, goes on counting, so that no copy of it passes for the newest.
    const qint64 next = std::max(starts, *startsBeside) % std::numeric_limits<int>::max() + 1;
    m_starts = static_cast<quint64>(next);
    // All at once: a run that ends before it has begun anew what has to be leaves that to the next.
    const QByteArray sql = "PRAGMA synchronous=FULL;BEGIN IMMEDIATE;INSERT OR REPLACE INTO meta VALUES('run',"
        + QByteArray::number(m_run) + "),('starts'," + QByteArray::number(next)
        + "),('clean',0),('restored',0),('boot'," + QByteArray::number(static_cast<qint64>(boot())) + ");"
        + "UPDATE rooms SET stream=room+" + QByteArray::number(m_starts << StreamBits) + " WHERE "
        + lacksSomething(m_past) + ";COMMIT;";
    if (const auto marked = m_database.execute(sql.constData()); !marked)
        return marked;
    m_renewed = m_database.changes();
    const QByteArray beside = "PRAGMA user_version=" + QByteArray::number(next);
    return m_lock.execute(beside.constData());
}

Result<StoreFile> StoreFile::open(const PersistenceConfig &config)
{
    const QString path = config.path;
    if (const auto may = mayHoldStore(path); !may)
        return about(path, may.error());
    Result<sqlite::Database> lock = store::lock(path);
    if (!lock)
        return about(path, lock.error());
    // Once there was a store here, the file that counts its starts says so; what is tried in vain leaves
    // none.
    const auto startsBefore = lock->number("PRAGMA user_version");
    const bool isOurs = startsBefore && *startsBefore > 0;
    StoreFile file(path, std::move(*lock));
    const auto begun = file.begin();
    if (begun)
        return file;
    const bool isDamaged = file.m_database.trouble() == sqlite::Trouble::Damaged;
    if (!isDamaged)
        return about(path, begun.error());
    if (!isOurs) {
        return about(
            path,
            {ErrorCode::ConfigError,
             QStringLiteral("It is a file, but no store: %1; name another file").arg(begun.error().message)});
    }
    if (config.onCorruption == OnCorruption::Stop) {
        return about(path,
                     {ErrorCode::IoError,
                      QStringLiteral("It is damaged: %1; put a backup in its place, move it away, or "
                                     "set persistence.onCorruption: startEmpty")
                          .arg(begun.error().message)});
    }
    file.m_database = {};
    if (const auto moved = setAside(path); !moved)
        return about(path, moved.error());
    if (const auto again = file.begin(); !again)
        return about(path, again.error());
    return file;
}

} // namespace dialogue::store
