#pragma once

#include "server/store/sqlite.h"

namespace dialogue::store {

/** Marks a file as a store of Dialogue's ("Dlgq"): SQLite's application_id. */
inline constexpr qint64 ApplicationId = 0x446c6771;
/** Of the tables; a file says its own in SQLite's user_version. */
inline constexpr qint64 CurrentVersion = 2;

/** The key of an event: rooms follow one another, and in each its offsets. */
inline constexpr int OffsetBits = 36;
inline constexpr quint64 MostRooms = (quint64(1) << (63 - OffsetBits)) - 1;

/** The streams of a run begin with the number of its start; the first are those of rooms that it begins anew,
 * by their numbers, and the others follow. */
inline constexpr int StreamBits = 30;
inline constexpr quint64 FirstOfRun = quint64(1) << (63 - OffsetBits);

[[nodiscard]] constexpr qint64 eventKey(quint64 room, quint64 offset)
{
    return static_cast<qint64>(room << OffsetBits | offset);
}
[[nodiscard]] constexpr quint64 offsetOf(qint64 key)
{
    return static_cast<quint64>(key) & ((quint64(1) << OffsetBits) - 1);
}
[[nodiscard]] constexpr qint64 lastKey(quint64 room) { return eventKey(room + 1, 0) - 1; }

/** Makes the tables in an empty file, and brings those of an older version to this one; before that a copy is
 * made beside \a path. The Error is of a file that is another program's, or a newer one. */
[[nodiscard]] Result<void> prepareTables(sqlite::Database &database, const QString &path);

} // namespace dialogue::store
