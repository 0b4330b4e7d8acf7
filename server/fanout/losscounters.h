#pragma once

#include <QtGlobal>

#include <atomic>

namespace dialogue {

/** What became of a room's frames in the queues of slow readers; each worker adds, the hub reads. */
struct LossCounters
{
    std::atomic<quint64> dropped = 0; ///< There was no room for them.
    std::atomic<quint64> replaced = 0; ///< Newer ones of their keys took their places.
};

} // namespace dialogue
