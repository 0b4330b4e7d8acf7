#pragma once

#include "console/model/eventquery.h"
#include "console/model/eventscan.h"

#include <QAbstractTableModel>

#include <deque>
#include <utility>
#include <vector>

namespace dialogue::console {

class EventModel;

/**
 * The rows of an EventModel that a query wants, in the same columns. They are looked for in another thread,
 * the youngest first: rows come in at the top until isScanning() ends, and meanwhile those that arrive do at
 * the bottom. A query that narrows the one before looks through what that had found alone.
 */
class FilteredEventModel : public QAbstractTableModel
{
    Q_OBJECT
    Q_PROPERTY(bool scanning READ isScanning NOTIFY scanningChanged)
public:
    /** \a source must outlive it. */
    explicit FilteredEventModel(EventModel &source, QObject *parent = nullptr);

    void setQuery(const EventQuery &query);
    [[nodiscard]] const EventQuery &query() const { return m_query; }
    [[nodiscard]] bool isScanning() const { return m_scan.pending() > 0; }
    [[nodiscard]] qint64 scanCpuMicroseconds() const { return m_scan.cpuMicroseconds(); }

    [[nodiscard]] quint64 seqAt(int row) const;
    [[nodiscard]] int rowOf(quint64 seq) const; ///< -1: it is not shown.
    /** Of those that are shown the first from \a seq on; rowCount() where there is none. */
    [[nodiscard]] int rowFrom(quint64 seq) const;
    /** All rows that are shown, as they may be read in another thread: of each segment up to ScanTask::to, or
     * its candidates. */
    [[nodiscard]] std::vector<ScanTask> shown() const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void scanningChanged(bool scanning);

private:
    /** What is known of a segment. */
    struct Part
    {
        EventSegmentPtr segment;
        int asked = 0; ///< Up to which row it was, or is, looked through.
        SegmentRows rows = {}; ///< That were found, ascending; not filled where all are wanted.
        std::vector<ScanTask> unanswered = {};
    };

    void take(const ScanTask &task, const SegmentRows &rows);
    void insert(std::size_t part, const SegmentRows &rows);
    void sourceGrew();
    void sourceShrank();
    void grow(Part &part, int shown);
    static void ask(Part &part, Part *known);
    [[nodiscard]] int shownOf(const EventSegment &segment) const;
    [[nodiscard]] bool wantsAll() const { return m_query.isEmpty(); }
    [[nodiscard]] int countOf(const Part &part) const
    {
        return wantsAll() ? part.asked : int(part.rows.size());
    }
    /** The part that has \a row of the table, and which row of the segment it is. */
    [[nodiscard]] std::pair<const Part *, int> locate(int row) const;
    void tellScanning();

    EventModel &m_source;
    EventQuery m_query;
    std::deque<Part> m_parts;
    int m_count = 0;
    EventScan m_scan;
    bool m_wasScanning = false;
};

} // namespace dialogue::console
