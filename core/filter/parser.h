#pragma once

#include "core/filter/filterfault.h"
#include "core/filter/program.h"

#include <QSet>
#include <QString>
#include <QStringView>

#include <optional>

namespace dialogue::filter {

/** What a filter says of itself besides being run. */
struct Syntax
{
    Program program = {};
    QStringList paths = {}; ///< What it reads, as one writes it: "room", "data.price". Each once.
    QSet<FilterField> fields = {};
    /** What it demands all of: the parts of an && at its outside, each in one spelling. */
    QStringList demands = {};
};

/** \a text, which is not blank; or nothing, and what is wrong with it. \a names: members of the data, which
 * stand for themselves in place of the fields; none: the fields do. */
[[nodiscard]] std::optional<Syntax> parse(const QStringList &names, QStringView text, FilterFault &fault);

// The bounds of what is taken; docs/filter.md tells them.
inline constexpr qsizetype MaxText = 4096; ///< Units of UTF-16.
inline constexpr int MaxNesting = 32; ///< Of parentheses and of !, and steps of a path.
inline constexpr int MaxTerms = 128; ///< Comparisons and items of lists.

} // namespace dialogue::filter
