#pragma once

#include <QString>

#include <limits>

namespace dialogue {

/** What nobody is to read any more: one event, or all that a user has sent. */
struct Erasure
{
    QString roomId = {}; ///< Empty: of all rooms.
    quint64 offset = 0; ///< Of the one; 0: all of `user`.
    QString user = {};
    quint64 upTo = std::numeric_limits<qint64>::max(); ///< A seq: what was said later stays.
    bool onlyCounts = false; ///< Says how many there are, and erases none.
};

} // namespace dialogue
