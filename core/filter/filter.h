#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/filter/filterfault.h"
#include "core/filter/filterfield.h"
#include "core/filter/filterrow.h"

#include <QString>
#include <QStringList>
#include <QStringView>

#include <memory>

namespace dialogue {

class FilterPrivate;

/**
 * Which events are wanted: `event == "bid" && data.price > 10 && from ~ "u-1*"`; docs/filter.md has the
 * language. A comparison of what cannot be compared does not hold; nothing is an error once the text has been
 * taken.
 *
 * Implicitly shared and immutable; const calls are re-entrant. A default-made one wants everything.
 */
class DIALOGUE_CORE_EXPORT Filter
{
public:
    Filter() = default;

    /** An Error says where \a text is wrong, what was expected there, and what may have been meant; \a fault
     * has the same in its parts. A blank text wants everything. */
    [[nodiscard]] static Result<Filter> parse(QStringView text, FilterFault *fault = nullptr);

    /**
     * The same of rows that are no events: each is an object, FilterRow::data, and what it may be asked for
     * are its members \a names, called by these alone: `userId ~ "u-*" && rooms == 0`; none of them is an
     * object or an array. Another name, or a path below one, is an Error, as it would never be there, and
     * `!=` always true.
     */
    [[nodiscard]] static Result<Filter> parseOver(const QStringList &names, QStringView text,
                                                  FilterFault *fault = nullptr);

    enum class Verdict {
        No,
        Yes,
        TooLong, ///< Not known after as many steps as an event of its size is worth; counts as No.
    };

    /**
     * Walks each JSON text of \a row once at most, and only where the fields leave it open. It takes time in
     * proportion to the row's size, whatever the filter; and no memory, but where it reads more than eight
     * values of one text.
     */
    [[nodiscard]] Verdict verdict(const FilterRow &row) const;
    [[nodiscard]] bool matches(const FilterRow &row) const { return verdict(row) == Verdict::Yes; }

    [[nodiscard]] bool isEmpty() const { return !d; } ///< It wants everything.
    [[nodiscard]] QString text() const; ///< As it was given, without blanks around it.

    /** What it reads, as one writes it: "room", "data.price"; in the order in which it comes there. */
    [[nodiscard]] QStringList paths() const;
    [[nodiscard]] bool reads(FilterField field) const;
    /** Whether it asks what the application says, data or meta, which not everybody may know. */
    [[nodiscard]] bool readsPayload() const;

    /** Whether whatever this wants \a other wants as well, as its text tells: it demands the same and more.
     * False where that is not plain. */
    [[nodiscard]] bool narrows(const Filter &other) const;

private:
    std::shared_ptr<const FilterPrivate> d; // null: wants everything
};

} // namespace dialogue
