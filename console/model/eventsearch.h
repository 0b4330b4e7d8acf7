#pragma once

#include "console/model/filteredeventmodel.h"

#include <optional>

namespace dialogue::console {

/**
 * Where a text is among the rows that a table shows: how many have it, and which is the next from any of
 * them. It is looked for as a query is, and in what comes, too.
 */
class EventSearch : public QObject
{
    Q_OBJECT
public:
    explicit EventSearch(EventModel &source, QObject *parent = nullptr);

    /** In what \a shown wants; an empty text is nowhere. */
    void start(const EventQuery &shown, const QString &text);
    void stop() { start({}, {}); }
    [[nodiscard]] bool isSearching() const { return m_found.isScanning(); }

    [[nodiscard]] int count() const; ///< So far.
    [[nodiscard]] std::optional<quint64>
    next(quint64 seq) const; ///< Behind \a seq; behind the last the first.
    [[nodiscard]] std::optional<quint64> previous(quint64 seq) const;
    [[nodiscard]] int number(quint64 seq) const; ///< From 1, of one that was found; else 0.

Q_SIGNALS:
    void changed();

private:
    FilteredEventModel m_found;
    bool m_isOn = false;
};

} // namespace dialogue::console
