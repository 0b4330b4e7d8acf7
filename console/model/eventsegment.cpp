#include "console/model/eventsegment.h"

#include <algorithm>

namespace dialogue::console {

namespace {

/** Without touching the memory: what is not used yet takes none. */
template <class T>
std::unique_ptr<T[]> column(int rows)
{
    return std::unique_ptr<T[]>(new T[std::size_t(rows)]);
}

/** What \a record refers to; nothing where it refers beyond the batch. */
QByteArrayView textIn(const EventBatch &batch, qint64 place, quint32 length)
{
    const qint64 size = batch.payloads.size();
    if (place < 0 || place > size || qint64(length) > size - place)
        return {};
    return QByteArrayView(batch.payloads).sliced(place, length);
}

} // namespace

EventSegment::EventSegment(quint64 firstSeq, int capacity)
    : m_firstSeq(firstSeq)
    , m_capacity(capacity)
    , m_times(column<qint64>(capacity))
    , m_offsets(column<qint64>(capacity))
    , m_places(column<quint32>(capacity))
    , m_lengths(column<quint32>(capacity))
    , m_metaLengths(column<quint32>(capacity))
    , m_kinds(column<RowKind>(capacity))
    , m_flags(column<quint8>(capacity))
{
    for (Column<quint16> &numbers : m_nameNumbers)
        numbers = column<quint16>(capacity);
}

quint16 EventSegment::Naming::number(EventSegment &segment, NameColumn column, int name)
{
    if (name < 0 || name >= m_names.size())
        return 0;
    if (m_segment != &segment) {
        m_segment = &segment;
        for (std::vector<quint16> &numbers : m_numbers)
            numbers.assign(std::size_t(m_names.size()), Unknown);
    }
    quint16 &number = m_numbers[column][std::size_t(name)];
    if (number == Unknown)
        number = segment.m_names[column].add(m_names[name]);
    return number;
}

bool EventSegment::isFull() const
{
    return m_count == m_capacity
        || std::any_of(m_names.begin(), m_names.end(),
                       [](const SegmentNames &names) { return names.isFull(); });
}

bool EventSegment::append(const EventBatch &batch, const EventRecord &record, Naming &naming)
{
    QByteArrayView data
        = record.flags & HasData ? textIn(batch, record.place, record.length) : QByteArrayView();
    QByteArrayView meta = textIn(batch, record.place + data.size(), record.metaLength);
    auto flags = quint8(data.isEmpty() ? record.flags & ~HasData : record.flags);
    if (data.size() + meta.size() > SegmentBytes::Capacity) {
        data = {};
        meta = {};
        flags = quint8((flags & ~HasData) | DataTooLarge);
    }
    if (isFull() || !m_bytes.fits(data.size() + meta.size()))
        return false;
    const std::size_t row = at(m_count);
    m_times[row] = record.time;
    m_offsets[row] = record.offset;
    const std::array<int, NameColumnCount> names{record.room, record.event, record.from, record.key,
                                                 record.node};
    for (std::size_t i = 0; i < names.size(); ++i)
        m_nameNumbers[i][row] = naming.number(*this, NameColumn(i), names[i]);
    m_places[row] = m_bytes.append(data, meta);
    m_lengths[row] = record.length;
    m_metaLengths[row] = quint32(meta.size());
    m_kinds[row] = RowKind::Event;
    m_flags[row] = flags;
    ++m_count;
    return true;
}

bool EventSegment::appendGap(GapReason reason, qint64 count, qint64 time)
{
    if (isFull())
        return false;
    const std::size_t row = at(m_count);
    m_times[row] = time;
    m_offsets[row] = count;
    for (const Column<quint16> &numbers : m_nameNumbers)
        numbers[row] = 0;
    m_places[row] = 0;
    m_lengths[row] = 0;
    m_metaLengths[row] = 0;
    m_kinds[row] = RowKind::Gap;
    m_flags[row] = quint8(reason);
    ++m_count;
    return true;
}

QByteArrayView EventSegment::data(int row) const
{
    const bool isHere = kind(row) == RowKind::Event && (flags(row) & HasData);
    return isHere ? m_bytes.at(m_places[at(row)], m_lengths[at(row)]) : QByteArrayView();
}

QByteArrayView EventSegment::meta(int row) const
{
    const quint32 length = m_metaLengths[at(row)];
    return length > 0 ? m_bytes.at(m_places[at(row)] + quint32(data(row).size()), length) : QByteArrayView();
}

FilterRow EventSegment::filterRow(int row) const
{
    return {.room = name(Room, row),
            .event = name(Event, row),
            .from = name(From, row),
            .key = name(Key, row),
            .node = name(Node, row),
            .offset = offset(row),
            .size = length(row),
            .time = time(row),
            .data = data(row),
            .meta = meta(row)};
}

qint64 EventSegment::allocated() const
{
    constexpr qint64 RowSize = 40;
    qint64 sum = RowSize * m_count + m_bytes.allocated();
    for (const SegmentNames &names : m_names)
        sum += names.allocated();
    return sum;
}

} // namespace dialogue::console
