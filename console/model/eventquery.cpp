#include "console/model/eventquery.h"

#include <algorithm>

namespace dialogue::console {

namespace {

bool hasText(const EventSegment &segment, int row, const TextSearch &text)
{
    if (text.isIn(segment.data(row)) || text.isIn(segment.meta(row)))
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
        return hasGaps;
    return filter.matches(segment.filterRow(row))
        && std::all_of(texts.begin(), texts.end(),
                       [&](const TextSearch &text) { return hasText(segment, row, text); });
}

bool EventQuery::narrows(const EventQuery &other) const
{
    const auto isDemanded = [this](const TextSearch &theirs) {
        return std::any_of(texts.begin(), texts.end(),
                           [&](const TextSearch &ours) { return ours.narrows(theirs); });
    };
    return filter.narrows(other.filter) && (other.hasGaps || !hasGaps)
        && std::all_of(other.texts.begin(), other.texts.end(), isDemanded);
}

} // namespace dialogue::console
