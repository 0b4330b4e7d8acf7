#pragma once

#include <dialogue/server/dialogue.h>

#include <QFuture>
#include <QThreadPool>

#include <memory>

struct sqlite3;

/** What was said, in an SQLite database; only a thread of its own uses it, so nobody waits for the disk. */
class MessageArchive
{
public:
    explicit MessageArchive(const QString &file); ///< Ends the program where there is no database to be had.
    ~MessageArchive();
    MessageArchive(const MessageArchive &) = delete;
    MessageArchive &operator=(const MessageArchive &) = delete;

    /** \a epoch: of the room's log, which begins anew with each run. */
    void append(const dialogue::EventMessage &message, const QByteArray &epoch);
    /** Those of a room from one place to another, counted from the newest. */
    QFuture<dialogue::Result<QList<dialogue::EventMessage>>>
    load(const QString &room, const QString &event, dialogue::HistoryRange range, const QByteArray &epoch);

private:
    struct Close
    {
        void operator()(sqlite3 *database) const;
    };
    std::unique_ptr<sqlite3, Close> m_database;
    QThreadPool m_thread; // Of one thread: what it is asked it does in order.
};
