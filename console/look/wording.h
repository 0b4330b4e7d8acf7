#pragma once

#include <QString>

/** Raw values as people read them, by the application's locale. */
namespace dialogue::console {

[[nodiscard]] QString numberText(qint64 number); ///< 12,345
[[nodiscard]] QString rateText(double perSecond); ///< 3 digits at most that say something: 0.25, 12.3, 4,210
[[nodiscard]] QString bytesText(qint64 bytes); ///< 17 B, 4.2 KiB, 1.3 GiB
[[nodiscard]] QString durationText(double milliseconds); ///< 250 µs, 12 ms, 1.4 s, 3 min, 2 h 5 min, 4 d 3 h
[[nodiscard]] QString timeText(qint64 time); ///< Of milliseconds since the Unix epoch: 13:04:05.123
[[nodiscard]] QString dateTimeText(qint64 time); ///< 2026-11-30 13:04:05

/** A text of strangers for a label or a cell: what is not seen is written out, and of a long one it is the
 * beginning. */
[[nodiscard]] QString foreignText(QStringView text, qsizetype longest = 512);
/** The same of a text with lines, for a view of its own: views take seconds for a line of a megabyte. */
[[nodiscard]] QString foreignLines(QStringView text);

} // namespace dialogue::console
