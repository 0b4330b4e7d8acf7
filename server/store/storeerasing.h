#pragma once

#include "server/loop/mailbox.h"
#include "server/store/sqlite.h"
#include "server/store/storeops.h"

#include <deque>
#include <vector>

namespace dialogue::store {

/** Overwrites events while a server runs, some at a time; in the writer's thread. */
class StoreErasing
{
public:
    /** \a answers outlives it. */
    explicit StoreErasing(Mailbox<StoreAnswer> &answers)
        : m_answers(answers)
    { }
    /** Its statements, for a connection that is new. */
    [[nodiscard]] Result<void> prepare(sqlite::Database &database);
    void release(); ///< The connection is going to be closed.

    void add(EraseEvents &&erasing) { m_waiting.push_back({.asked = std::move(erasing)}); }
    [[nodiscard]] bool hasMore() const
    {
        return !m_waiting.empty();
    } ///< There is something to do for step().
    /** Some are overwritten in the file, and the log of the file still has them. */
    [[nodiscard]] bool hasErased() const { return !m_erased.empty(); }
    [[nodiscard]] bool isIdle() const { return !hasMore() && !hasErased(); }
    /** Some of it, within a transaction of the caller's. */
    [[nodiscard]] Result<void> step(sqlite::Database &database);
    void fail(const Error &error); ///< The transaction did not come to be: whoever waits may ask again.
    void emptied(); ///< The log: who waits for it is told.

    static constexpr int AtOnce = 1000; ///< Events that one step looks at.

private:
    struct Job
    {
        EraseEvents asked;
        bool isBegun = false;
        std::vector<quint64> rooms = {}; ///< Those that are left.
        qint64 from = 0; ///< The key in the last of them.
        qint64 count = 0;
    };
    void tell(const Job &job, Result<qint64> &&said);
    [[nodiscard]] Result<void> begin(Job &job);
    /** Runs the one that \a job wants, bound; how many rows that were. */
    [[nodiscard]] static Result<qint64> run(sqlite::Database &database, const Job &job,
                                            sqlite::Statement &erase, sqlite::Statement &count);
    [[nodiscard]] Result<void> eraseOne(sqlite::Database &database, Job &job);
    /** Some of a user's in one room; how many were looked at. */
    [[nodiscard]] Result<int> eraseSome(sqlite::Database &database, Job &job);

    Mailbox<StoreAnswer> &m_answers;
    sqlite::Statement m_rooms;
    sqlite::Statement m_countOne;
    sqlite::Statement m_countOfUser;
    sqlite::Statement m_eraseOne;
    sqlite::Statement m_place; ///< The last of so many.
    sqlite::Statement m_eraseOfUser;
    sqlite::Statement m_forgetOne;
    sqlite::Statement m_forgetOfUser;
    std::deque<Job> m_waiting;
    std::vector<Job> m_erased;
};

} // namespace dialogue::store
