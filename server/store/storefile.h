#pragma once

#include "server/config/serverconfig.h"
#include "server/store/sqlite.h"

#include <QString>

#include <memory>

namespace dialogue::store {

/** How the run before this one left the file. */
struct Past
{
    bool wasStopped = true; ///< It ended in order: all that it knew is stored. True of a new file.
    bool sameBoot = true; ///< The machine has run ever since.
    bool isRestored = false; ///< The file is older than what that run left: it comes from a backup.
};

/**
 * The database file of a store, as one run of the server has it: nobody else's, of a version we know, marked
 * as in use.
 */
class StoreFile
{
public:
    /** The Error says what is wrong with the file, and what to do. */
    [[nodiscard]] static Result<StoreFile> open(const PersistenceConfig &config);

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const Past &past() const { return m_past; }
    [[nodiscard]] quint64 run() const { return m_run; }
    [[nodiscard]] quint64 starts() const { return m_starts; } ///< This one counts; no two have the same.
    /** Rooms that begin anew in this run, as they may lack events that clients got. */
    [[nodiscard]] int renewed() const { return m_renewed; }
    /** For the one who writes. */
    [[nodiscard]] sqlite::Database &database() { return m_database; }

    /** For the one who writes, after an error: closed, opened anew, and looked through. */
    [[nodiscard]] Result<void> reopen();

    /** A connection to read with, beside the one that writes. */
    [[nodiscard]] static Result<sqlite::Database> reader(const QString &path);

private:
    StoreFile(QString path, sqlite::Database lock)
        : m_path(std::move(path))
        , m_lock(std::move(lock))
    { }
    [[nodiscard]] Result<void> connect();
    [[nodiscard]] Result<void> begin();

    QString m_path;
    sqlite::Database m_lock; ///< Locked for as long as it is open, also against a process that was killed.
    sqlite::Database m_database = {};
    Past m_past;
    quint64 m_run = 0;
    quint64 m_starts = 0;
    int m_renewed = 0;
};

} // namespace dialogue::store
