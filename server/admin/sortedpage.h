#pragma once

#include "core/base/result.h"

#include <QString>

#include <compare>
#include <optional>
#include <vector>

namespace dialogue::admin {

/** What a list is sorted by: each row has a place of its own, as its id is a part of it. */
struct SortKey
{
    double number = 0;
    QString text = {};
    QString id = {};
    quint64 handle = 0; ///< Whereby it is found again; no part of the order.

    [[nodiscard]] bool isBefore(const SortKey &other) const;
};

/** Where a page begins, as its reader sends it back; it says nothing but the place, which need not be there
 * any more. */
[[nodiscard]] QString cursorAt(const SortKey &key);
/** InvalidRequest. */
[[nodiscard]] Result<SortKey> keyAt(const QString &cursor);

/** Of all rows that it is offered, in whatever order, those that come first behind a place: a page of a list
 * of any length in the memory of a page. */
class SortedPage
{
public:
    SortedPage(std::optional<SortKey> after, int limit, bool descending);

    void offer(SortKey &&key);
    [[nodiscard]] qint64 offered() const { return m_offered; } ///< Rows there are, whatever the page.
    [[nodiscard]] bool hasMore() const { return m_keys.size() > m_limit; }
    /** Sorted; once. */
    [[nodiscard]] std::vector<SortKey> take();

private:
    [[nodiscard]] bool comesBefore(const SortKey &a, const SortKey &b) const
    {
        return m_descending ? b.isBefore(a) : a.isBefore(b);
    }

    const std::optional<SortKey> m_after;
    const std::size_t m_limit;
    const bool m_descending;
    std::vector<SortKey> m_keys; ///< A heap, the last of them first: as many as asked for, and one more.
    qint64 m_offered = 0;
};

} // namespace dialogue::admin
