#pragma once

#include <QList>
#include <QtGlobal>

namespace dialogue::console {

/** Numbers of rows (seq), as stretches: a million rows in a row take two of them. */
class SeqRanges
{
public:
    struct Range
    {
        quint64 first;
        quint64 end; ///< Behind the last one.

        friend bool operator==(const Range &, const Range &) = default;
    };

    void add(Range range);
    void remove(Range range);
    void unite(const SeqRanges &other);
    void subtract(const SeqRanges &other);
    void toggle(const SeqRanges &other); ///< What one of them has, and not both.
    void forgetBefore(quint64 seq);

    [[nodiscard]] bool contains(quint64 seq) const;
    [[nodiscard]] bool isEmpty() const { return m_ranges.isEmpty(); }
    [[nodiscard]] quint64 count() const;
    /** In their order, and with something between them. */
    [[nodiscard]] const QList<Range> &ranges() const { return m_ranges; }

    friend bool operator==(const SeqRanges &, const SeqRanges &) = default;

private:
    QList<Range> m_ranges;
};

} // namespace dialogue::console
