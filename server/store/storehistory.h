#pragma once

#include "server/broker/logpages.h"
#include "server/store/sqlite.h"

#include <QPromise>

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

namespace dialogue::store {

/** Pages of logs that memory does not have: a thread that reads, beside the one that writes. */
class StoreHistory final : public LogPages
{
public:
    [[nodiscard]] static Result<std::unique_ptr<StoreHistory>> open(const QString &path);
    ~StoreHistory() override; ///< What nobody has read yet is not answered.

    /** How many may wait is up to who asks. Any thread; answered in that of the reader. */
    [[nodiscard]] QFuture<Result<LogPage>> read(LogQuery query, std::stop_token stop) override;

private:
    struct Waiting
    {
        LogQuery query;
        std::stop_token stop;
        QPromise<Result<LogPage>> promise = {};
    };
    explicit StoreHistory(sqlite::Database &&database)
        : m_database(std::move(database))
    { }
    void run();
    [[nodiscard]] Result<LogPage> read(const LogQuery &query);
    /** Those of \a query that may have been said in its time. */
    [[nodiscard]] Result<protocol::OffsetRange> narrowed(quint64 room, const LogQuery &query);
    /** The first from there on that was said at \a time or later, as far as the clock only went forward. */
    [[nodiscard]] Result<quint64> firstAt(quint64 room, protocol::OffsetRange offsets, qint64 time);

    std::mutex m_mutex; ///< Guards the next two.
    std::deque<Waiting> m_waiting;
    bool m_isEnding = false;
    std::condition_variable m_wake;

    // The reader's own.
    sqlite::Database m_database;
    sqlite::Statement m_room;
    sqlite::Statement m_ofEvent;
    sqlite::Statement m_ofHistories;
    sqlite::Statement m_ofAll;
    sqlite::Statement m_time;
    std::thread m_thread;
};

} // namespace dialogue::store
