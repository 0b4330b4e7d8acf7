#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>
#include <QStringList>

/** What the server tells a console of events that it watches: `admin:batch`. */
namespace dialogue::protocol::admin {

/** One event that was published. Texts are numbers in EventBatch::names. */
struct WatchedRow
{
    quint64 seq = 0; ///< Among all of this server's; 0 for who may not know of all.
    qint64 time = 0; ///< Milliseconds since the Unix epoch.
    int room = 0;
    int event = 0;
    int from = 0;
    quint64 offset = 0; ///< In the room's log; 0: it has none.
    qint64 size = 0; ///< Of the whole envelope, in bytes; 0 where some of it is not to be known.
    int attachments = 0;
    // What stands of it in EventBatch::payloads, behind what stands there of the rows before it; 0: nothing.
    qint64 dataSize = 0;
    qint64 metaSize = 0;

    friend bool operator==(const WatchedRow &, const WatchedRow &) = default;
};

/** Events that were watched and are not shown, since the batch before. */
struct WatchDrops
{
    qint64 rate = 0; ///< Beyond the watch's own maxRate.
    qint64 ring = 0; ///< Too much waited to be looked at; whether the filter would have let them through,
                     ///< nobody knows.
    qint64 queue = 0; ///< The console had not taken what was sent before.
    qint64 filter = 0; ///< The filter takes too long for them.

    [[nodiscard]] qint64 all() const { return rate + ring + queue + filter; }
    friend bool operator==(const WatchDrops &, const WatchDrops &) = default;
};

/** What one watch has seen in some 50 ms. The payloads of all rows stand in one binary attachment, one behind
 * the other: of each its data and its meta, JSON both. */
struct DIALOGUE_CORE_EXPORT EventBatch
{
    QString watch;
    quint64 number = 0; ///< Of this watch, from 1 on; the credit that is given back names it.
    WatchDrops dropped = {};
    QStringList names = {}; ///< Each text of the rows once.
    QList<WatchedRow> rows = {};
    QByteArray payloads = {};

    /** All but the payloads, for which a placeholder of attachment 0 stands, where there are any. */
    [[nodiscard]] QByteArray write() const;
    /** ProtocolViolation for what no server says: numbers of names that are not there, sizes beyond what
     * there is, more rows than are ever sent. \a attachments are those of the event. */
    [[nodiscard]] static Result<EventBatch> read(const QJsonValue &json,
                                                 const QList<QByteArray> &attachments);

    static constexpr qsizetype MostRows = 16'384;
    static constexpr qint64 LargestPayloads = 64LL * 1024 * 1024;

    friend bool operator==(const EventBatch &, const EventBatch &) = default;
};

} // namespace dialogue::protocol::admin
