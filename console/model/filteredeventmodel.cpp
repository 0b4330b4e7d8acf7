#include "console/model/filteredeventmodel.h"

#include "console/model/eventmodel.h"

#include <algorithm>
#include <utility>

namespace dialogue::console {

FilteredEventModel::FilteredEventModel(EventModel &source, QObject *parent)
    : QAbstractTableModel(parent)
    , m_source(source)
    , m_scan([this](const ScanTask &task, const SegmentRows &rows) { take(task, rows); })
{
    connect(&source, &EventModel::rowsInserted, this, &FilteredEventModel::sourceGrew);
    connect(&source, &EventModel::rowsRemoved, this,
            [this](const QModelIndex &, int, int) { sourceShrank(); });
    connect(&source, &EventModel::modelReset, this, [this] { setQuery(m_query); });
    connect(&source, &EventModel::columnsAboutToBeInserted, this,
            [this](const QModelIndex &, int first, int last) { beginInsertColumns({}, first, last); });
    connect(&source, &EventModel::columnsInserted, this, [this] { endInsertColumns(); });
    connect(&source, &EventModel::columnsAboutToBeRemoved, this,
            [this](const QModelIndex &, int first, int last) { beginRemoveColumns({}, first, last); });
    connect(&source, &EventModel::columnsRemoved, this, [this] { endRemoveColumns(); });
    connect(&m_scan, &EventScan::finished, this, &FilteredEventModel::tellScanning);
    setQuery({});
}

void FilteredEventModel::setQuery(const EventQuery &query)
{
    const bool narrows = !wantsAll() && query.narrows(m_query);
    beginResetModel();
    m_query = query;
    std::deque<Part> before = std::exchange(m_parts, {});
    m_count = 0;
    for (const auto &segment : m_source.log().segments()) {
        if (segment->firstSeq() >= m_source.endSeq())
            break; // It is hidden.
        m_parts.push_back({.segment = segment, .asked = shownOf(*segment)});
        const auto known = std::find_if(before.begin(), before.end(),
                                        [&](const Part &each) { return each.segment == segment; });
        if (!wantsAll())
            ask(m_parts.back(), narrows && known != before.end() ? &*known : nullptr);
        m_count += countOf(m_parts.back());
    }
    std::vector<ScanTask> tasks; // The youngest first.
    for (std::size_t i = m_parts.size(); i-- > 0;)
        tasks.insert(tasks.end(), m_parts[i].unanswered.rbegin(), m_parts[i].unanswered.rend());
    m_scan.start(query, std::move(tasks));
    endResetModel();
    tellScanning();
}

int FilteredEventModel::shownOf(const EventSegment &segment) const
{
    return int(std::min(segment.endSeq(), m_source.endSeq()) - segment.firstSeq());
}

/** What is to be looked through of a segment. Of one that is \a known to the query before: what that has
 * found, and what it was not told of yet. */
void FilteredEventModel::ask(Part &part, Part *known)
{
    if (!known) {
        part.unanswered.push_back({.segment = part.segment, .to = part.asked});
        return;
    }
    part.asked = known->asked;
    part.unanswered = std::move(known->unanswered);
    if (!known->rows.empty()) {
        const auto rows = std::make_shared<const SegmentRows>(std::move(known->rows));
        part.unanswered.push_back({.segment = part.segment, .candidates = rows});
    }
}

void FilteredEventModel::take(const ScanTask &task, const SegmentRows &rows)
{
    const auto part = std::find_if(m_parts.begin(), m_parts.end(),
                                   [&](const Part &each) { return each.segment == task.segment; });
    if (part == m_parts.end())
        return; // It was forgotten in the meantime.
    std::erase_if(part->unanswered, [&](const ScanTask &each) {
        return each.from == task.from && each.to == task.to && each.candidates == task.candidates;
    });
    insert(std::size_t(part - m_parts.begin()), rows);
}

/** None that are known lie between them: of a segment the youngest rows are asked for first, what was found
 * before of all others, and what is added is younger still. */
void FilteredEventModel::insert(std::size_t index, const SegmentRows &rows)
{
    if (rows.empty())
        return;
    Part &part = m_parts[index];
    const auto place = std::lower_bound(part.rows.begin(), part.rows.end(), rows.front());
    Q_ASSERT(place == part.rows.end() || *place > rows.back());
    int first = int(place - part.rows.begin());
    for (std::size_t i = 0; i < index; ++i)
        first += countOf(m_parts[i]);
    beginInsertRows({}, first, first + int(rows.size()) - 1);
    part.rows.insert(place, rows.begin(), rows.end());
    m_count += int(rows.size());
    endInsertRows();
}

void FilteredEventModel::sourceGrew()
{
    const auto &segments = m_source.log().segments();
    auto from = segments.begin();
    if (!m_parts.empty()) {
        Part &last = m_parts.back();
        from = std::find_if(segments.begin(), segments.end(), [&](const auto &segment) {
            return segment->firstSeq() > last.segment->firstSeq();
        });
        grow(last, shownOf(*last.segment));
    }
    for (; from != segments.end(); ++from) {
        m_parts.push_back({.segment = *from});
        grow(m_parts.back(), shownOf(**from));
    }
    tellScanning();
}

void FilteredEventModel::grow(Part &part, int shown)
{
    const int more = shown - part.asked;
    if (more <= 0)
        return;
    if (wantsAll()) {
        beginInsertRows({}, m_count, m_count + more - 1);
        part.asked = shown;
        m_count += more;
        endInsertRows();
        return;
    }
    part.unanswered.push_back({.segment = part.segment, .from = part.asked, .to = shown});
    part.asked = shown;
    m_scan.add(part.unanswered.back());
}

void FilteredEventModel::sourceShrank()
{
    std::size_t gone = 0;
    int rows = 0;
    while (gone < m_parts.size() && m_parts[gone].segment->firstSeq() < m_source.log().firstSeq())
        rows += countOf(m_parts[gone++]);
    if (rows > 0)
        beginRemoveRows({}, 0, rows - 1);
    m_parts.erase(m_parts.begin(), m_parts.begin() + std::ptrdiff_t(gone));
    m_count -= rows;
    if (rows > 0)
        endRemoveRows();
}

void FilteredEventModel::tellScanning()
{
    if (std::exchange(m_wasScanning, isScanning()) != isScanning())
        Q_EMIT scanningChanged(isScanning());
}

std::pair<const FilteredEventModel::Part *, int> FilteredEventModel::locate(int row) const
{
    for (const Part &part : m_parts) {
        const int count = countOf(part);
        if (row < count)
            return {&part, wantsAll() ? row : part.rows[std::size_t(row)]};
        row -= count;
    }
    return {nullptr, 0};
}

quint64 FilteredEventModel::seqAt(int row) const
{
    const auto [part, inside] = locate(row);
    return part ? part->segment->firstSeq() + quint64(inside) : 0;
}

int FilteredEventModel::rowOf(quint64 seq) const
{
    const int row = rowFrom(seq);
    return row < m_count && seqAt(row) == seq ? row : -1;
}

int FilteredEventModel::rowFrom(quint64 seq) const
{
    int before = 0;
    for (const Part &part : m_parts) {
        const quint64 first = part.segment->firstSeq();
        if (seq < first + quint64(part.asked)) {
            const auto inside = int(seq > first ? seq - first : 0);
            if (wantsAll())
                return before + inside;
            return before
                + int(std::lower_bound(part.rows.begin(), part.rows.end(), inside) - part.rows.begin());
        }
        before += countOf(part);
    }
    return before;
}

std::vector<ScanTask> FilteredEventModel::shown() const
{
    std::vector<ScanTask> tasks;
    tasks.reserve(m_parts.size());
    for (const Part &part : m_parts) {
        tasks.push_back({.segment = part.segment, .to = part.asked});
        if (!wantsAll())
            tasks.back().candidates = std::make_shared<const SegmentRows>(part.rows);
    }
    return tasks;
}

int FilteredEventModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : m_count; }

int FilteredEventModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_source.columnCount();
}

QVariant FilteredEventModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const auto [part, row] = locate(index.row());
    return eventData(*part->segment, row, index.column(), role, m_source.pointerColumns());
}

QVariant FilteredEventModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return m_source.headerData(section, orientation, role);
}

} // namespace dialogue::console
