#pragma once

#include "core/protocol/dialogue/offsetrange.h"
#include "core/protocol/dialogue/timerange.h"
#include "server/broker/keptevent.h"

#include <QFuture>
#include <QString>

#include <optional>
#include <stop_token>
#include <vector>

namespace dialogue {

/** What is wanted of one room's log, newest first. */
struct LogQuery
{
    QString roomId;
    quint64 stream = 0; ///< See LogId.
    QString event = {}; ///< Empty: of every event.
    bool hasHistory = false; ///< Only of events that have one.
    protocol::OffsetRange offsets = {};
    std::optional<protocol::TimeRange> times = {};
    int skip = 0; ///< So many of the newest of these are known.
    int most = 0;
    qint64 bytes = 0; ///< Of all together; one comes, however large.
};

struct LogPage
{
    std::vector<KeptEvent> events = {};
    bool more = false; ///< Of what was asked for.
};

/** Finds in a log what memory does not have. Asked in the hub's thread, of which it must not take time. */
class LogPages
{
public:
    LogPages() = default;
    LogPages(const LogPages &) = delete;
    LogPages &operator=(const LogPages &) = delete;
    virtual ~LogPages() = default;

    /** Answered from any thread. The token says that nobody wants it any more. */
    [[nodiscard]] virtual QFuture<Result<LogPage>> read(LogQuery query, std::stop_token stop) = 0;
};

} // namespace dialogue
