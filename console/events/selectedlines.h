#pragma once

#include "console/events/seqranges.h"
#include "console/model/eventscan.h"

#include <QByteArray>

#include <optional>
#include <vector>

namespace dialogue::console {

/** For the clipboard at most. */
inline constexpr qint64 MostCopiedRows = 20'000;
inline constexpr qsizetype MostCopiedBytes = 4 * 1024 * 1024;

/** Those of \a rows that are in \a selected, as NDJSON; nothing: they are too many. */
[[nodiscard]] std::optional<QByteArray> selectedLines(const std::vector<ScanTask> &rows,
                                                      const SeqRanges &selected);

} // namespace dialogue::console
