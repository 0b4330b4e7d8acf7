#include "console/model/eventquery.h"

namespace dialogue::console {

namespace {

bool hasText(const EventSegment &segment, int row, const TextSearch &text)
{
    if (text.isEmpty() || text.isIn(segment.data(row)) || text.isIn(segment.meta(row)))
        return true;
    for (int column = 0; column < EventSegment::NameColumnCount; ++column) {
        if (text.isIn(QStringView(segment.name(EventSegment::NameColumn(column), row))))
            return true;
    }
    return false;
}

} // namespace

bool EventQuery::matches(const EventSegment &segment, int row) const
{
    if (segment.kind(row) == RowKind::Gap)
        return true;
    return filter.matches(segment.filterRow(row)) && hasText(segment, row, text);
}

} // namespace dialogue::console
