#pragma once

#include "server/broker/broker.h"
#include "server/store/schemaguard.h"
#include "server/store/storepolicy.h"

#include <QPromise>

#include <atomic>
#include <functional>
#include <future>
#include <memory>
#include <variant>

namespace dialogue::store {

/** What the hub and the writer know of one log. */
struct LogState
{
    explicit LogState(quint64 number)
        : room(number)
    { }

    const quint64 room; ///< In the file.
    /** Nothing that was submitted in an earlier one may be kept: something before it was not. */
    std::atomic<quint64> generation = 0;
};
using LogStatePtr = std::shared_ptr<LogState>;

// What the hub asks of the writer, in the order it is to be done.

struct AppendEvent
{
    LogStatePtr log;
    PublicationPtr publication;
    qint64 time = 0;
    QString sender;
    QString id; ///< Of the trigger; empty: it has none.
    QString origin;
    bool isNamed = false; ///< Its event has a history.
    bool syncs = false; ///< It counts as kept once it is on the disk.
    quint64 generation = 0; ///< Of the log, when it was submitted.
    std::unique_ptr<QPromise<Result<void>>> promise = {}; ///< Null: nobody waits.
};

struct MakeRoom
{
    quint64 room = 0;
    QString id;
    quint64 stream = 0;
    quint64 offset = 0; ///< Its newest event's, which is not stored.
    QString creator = {}; ///< Empty: no client has made it.
    QByteArray declaration = {}; ///< JSON; empty: what it is comes from the configuration.
};

/** The room is kept so from now on. */
struct DeclareRoom
{
    quint64 room = 0;
    StorePolicy policy;
};

/** Whoever comes back to it begins anew, from the next start on: something was said that is not stored. */
struct RenewRoom
{
    quint64 room = 0;
    quint64 stream = 0;
};

struct DropRoom
{
    quint64 room = 0;
};

/** What is stored fits these. */
struct HoldSchemas
{
    quint64 room = 0;
    QList<StoredSchema> schemas;
};

/** Somebody waits until they are stored, or cannot be. */
struct ReplaceEvents
{
    QList<ReplacedEvent> events;
    std::promise<Result<void>> done;
};

/** What became of something that somebody waits for: told in the hub, in the order in which it was done. */
struct StoreAnswer
{
    std::unique_ptr<QPromise<Result<void>>> promise; ///< Null: it is no event, but `tell`.
    Result<void> said = {};
    std::function<void()> tell = {};
};

/** All that was posted before is stored before. */
struct EraseEvents
{
    Erasure which;
    /** How many, once nothing of them is in the file or its log. */
    std::shared_ptr<QPromise<Result<qint64>>> promise = std::make_shared<QPromise<Result<qint64>>>();

    [[nodiscard]] StoreAnswer answer(Result<qint64> said) const
    {
        return {.promise = {}, .tell = [promise = promise, said = std::move(said)] {
                    promise->addResult(said);
                    promise->finish();
                }};
    }
};

using StoreOp = std::variant<AppendEvent, MakeRoom, DeclareRoom, RenewRoom, DropRoom, HoldSchemas,
                             ReplaceEvents, EraseEvents>;

} // namespace dialogue::store
