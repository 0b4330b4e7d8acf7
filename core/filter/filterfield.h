#pragma once

#include "core/base/export.h"

#include <QStringList>
#include <QStringView>

#include <optional>

namespace dialogue {

/** What a Filter can ask for: the members of a FilterRow, under the same names. */
enum class FilterField { Room, Event, From, Key, Node, Offset, Size, Time, Data, Meta };

/** In the order of FilterField. */
[[nodiscard]] DIALOGUE_CORE_EXPORT const QStringList &filterFieldNames();

[[nodiscard]] DIALOGUE_CORE_EXPORT std::optional<FilterField> filterFieldCalled(QStringView name);

/** Whether it is what the application says, in members of its own; the others are known of each event. */
constexpr bool isPayload(FilterField field)
{
    return field == FilterField::Data || field == FilterField::Meta;
}

constexpr bool isNumber(FilterField field)
{
    return field == FilterField::Offset || field == FilterField::Size || field == FilterField::Time;
}

} // namespace dialogue
