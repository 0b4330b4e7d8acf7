#pragma once

#include "server/bridge/counters.h"
#include "server/loop/durations.h"
#include "server/servercounters.h"

#include <QString>

#include <vector>

namespace dialogue::metrics {

/** Of one event in rooms of one label. */
struct EventFigures
{
    QString event = {};
    Durations latency = {};
};

/** Of a room that is configured, or of others together. */
struct RoomFigures
{
    QString room = {}; ///< The label.
    qint64 participants = 0;
    quint64 dropped = 0;
    quint64 replaced = 0;
    std::vector<EventFigures> events = {};
};

/** What has been counted of all, taken in one turn of the hub. */
struct Figures
{
    ServerCounters server = {};
    std::vector<WorkerCounters> workers = {};
    std::vector<RoomFigures> rooms = {};
    qint64 roomCount = 0;
    quint64 published = 0; ///< Events of all rooms.
    qint64 inboundBytes = 0;
    quint64 beyondLimit = 0; ///< Events counted under "_other", for want of series.
    quint64 collections = 0; ///< Times that this was taken.
    quint64 linesTooLong = 0; ///< Of statsd, left out.
    double startedAt = 0; ///< In seconds since 1970.
};

} // namespace dialogue::metrics
