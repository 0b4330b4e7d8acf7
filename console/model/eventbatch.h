#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <vector>

namespace dialogue::console {

/** What a row of the log of events is about. */
enum class RowKind : quint8 {
    Event,
    Gap, ///< So many events are not here, and why.
};

/** Why events are missing: whoever had them on their way could not keep up, or was gone. */
enum class GapReason : quint8 {
    Rate,
    Ring,
    Queue,
    Filter,
    Connection, ///< It was lost for a while; how many are missing nobody knows.
};

/** What is the matter with an event, in bits. */
enum EventFlag : quint8 {
    HasData = 1, ///< The data is here; without it only its size is known.
    DataTooLarge = 2, ///< It was not kept, because it is larger than a segment.
};

/** An event as it comes, decoded; texts are numbers of EventBatch::names. */
struct EventRecord
{
    static constexpr int NoName = -1;

    qint64 time = -1; ///< Milliseconds since the Unix epoch.
    qint64 offset = -1; ///< In its room's log; -1: it has none.
    int room = NoName;
    int event = NoName;
    int from = NoName;
    int key = NoName;
    int node = NoName;
    qint64 place = 0; ///< Of the data in EventBatch::payloads; behind it stands the meta.
    quint32 length = 0; ///< Bytes of the data, also where it is not here.
    quint32 metaLength = 0;
    quint8 flags = 0;
};

/** What one message of the server brought, decoded in any thread. */
struct EventBatch
{
    /** Events before these that are not here. */
    struct Dropped
    {
        qint64 rate = 0;
        qint64 ring = 0;
        qint64 queue = 0;
        qint64 filter = 0;
    };

    QStringList names = {};
    std::vector<EventRecord> records = {};
    QByteArray payloads = {};
    Dropped dropped = {};
    bool afterLoss = false; ///< The connection was lost before these: a gap of GapReason::Connection.
    qint64 time = -1; ///< Of the batch; that of its gap.
};

} // namespace dialogue::console
