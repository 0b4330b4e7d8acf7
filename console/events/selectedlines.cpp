#include "console/events/selectedlines.h"

#include "console/model/eventexport.h"

#include <algorithm>

namespace dialogue::console {

namespace {

/** False: it is too much. */
bool appendLine(QByteArray &out, qint64 &count, const EventSegment &segment, int row)
{
    if (count == MostCopiedRows || out.size() + qsizetype(segment.data(row).size()) > MostCopiedBytes)
        return false;
    out += ndjsonLine(segment, row);
    ++count;
    return true;
}

} // namespace

std::optional<QByteArray> selectedLines(const std::vector<ScanTask> &rows, const SeqRanges &selected)
{
    QByteArray out;
    qint64 count = 0;
    for (const ScanTask &task : rows) {
        const quint64 first = task.segment->firstSeq();
        for (const SeqRanges::Range &range : selected.ranges()) {
            if (range.end <= first + quint64(task.from) || range.first >= first + quint64(task.to))
                continue;
            const int from = range.first > first ? int(range.first - first) : 0;
            const int to = int(std::min<quint64>(range.end - first, quint64(task.to)));
            if (!task.candidates) {
                for (int row = std::max(from, task.from); row < to; ++row) {
                    if (!appendLine(out, count, *task.segment, row))
                        return {};
                }
                continue;
            }
            for (auto row = std::lower_bound(task.candidates->begin(), task.candidates->end(), from);
                 row != task.candidates->end() && int(*row) < to; ++row) {
                if (!appendLine(out, count, *task.segment, *row))
                    return {};
            }
        }
    }
    return out;
}

} // namespace dialogue::console
