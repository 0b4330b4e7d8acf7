#pragma once

#include "console/model/eventbatch.h"
#include "console/model/segmentbytes.h"
#include "console/model/segmentnames.h"
#include "core/filter/filterrow.h"

#include <array>
#include <memory>

namespace dialogue::console {

/**
 * A stretch of the log of events: columns of 40 bytes a row, the texts of its rows, and the names they have
 * in common. Rows are added by one thread, and neither moved nor changed afterwards: who was handed the rows
 * up to some number under a lock may read those in another thread while more are added. The unit of what is
 * forgotten, filtered and saved.
 */
class EventSegment
{
public:
    enum NameColumn { Room, Event, From, Key, Node, NameColumnCount };

    EventSegment(quint64 firstSeq, int capacity);

    [[nodiscard]] quint64 firstSeq() const { return m_firstSeq; }
    [[nodiscard]] quint64 endSeq() const { return m_firstSeq + quint64(m_count); }
    [[nodiscard]] int rows() const { return m_count; }

    /** Where each name of a batch is found in a column of the segment; made once for each pair of them. */
    class Naming;
    /** False: it is full, and takes nothing any more. */
    bool append(const EventBatch &batch, const EventRecord &record, Naming &naming);
    bool appendGap(GapReason reason, qint64 count, qint64 time);

    [[nodiscard]] RowKind kind(int row) const { return m_kinds[at(row)]; }
    [[nodiscard]] qint64 time(int row) const { return m_times[at(row)]; }
    [[nodiscard]] qint64 offset(int row) const
    {
        return kind(row) == RowKind::Event ? m_offsets[at(row)] : -1;
    }
    [[nodiscard]] const QString &name(NameColumn column, int row) const
    {
        return m_names[column].at(m_nameNumbers[column][at(row)]);
    }
    [[nodiscard]] quint32 length(int row) const
    {
        return m_lengths[at(row)];
    } ///< Of the data, if it were here.
    [[nodiscard]] quint8 flags(int row) const { return m_flags[at(row)]; }
    [[nodiscard]] QByteArrayView data(int row) const; ///< Lies here; empty where it is not.
    [[nodiscard]] QByteArrayView meta(int row) const;
    [[nodiscard]] qint64 gapCount(int row) const
    {
        return kind(row) == RowKind::Gap ? m_offsets[at(row)] : 0;
    }
    [[nodiscard]] GapReason gapReason(int row) const { return GapReason(m_flags[at(row)]); }

    /** An event as a filter reads it. */
    [[nodiscard]] FilterRow filterRow(int row) const;

    [[nodiscard]] qint64 allocated() const; ///< Bytes, about.

private:
    template <class T>
    using Column = std::unique_ptr<T[]>;

    static std::size_t at(int row) { return std::size_t(row); }
    [[nodiscard]] bool isFull() const;

    quint64 m_firstSeq;
    int m_capacity;
    int m_count = 0;
    Column<qint64> m_times;
    Column<qint64> m_offsets; // Of a gap its count.
    std::array<Column<quint16>, NameColumnCount> m_nameNumbers;
    Column<quint32> m_places;
    Column<quint32> m_lengths;
    Column<quint32> m_metaLengths;
    Column<RowKind> m_kinds;
    Column<quint8> m_flags; // Of a gap its reason.
    std::array<SegmentNames, NameColumnCount> m_names;
    SegmentBytes m_bytes;
};

using EventSegmentPtr = std::shared_ptr<const EventSegment>;

class EventSegment::Naming
{
public:
    explicit Naming(const EventBatch &batch)
        : m_names(batch.names)
    { }

    /** Of \a name of the batch in \a column of \a segment, where there must be room for one more. */
    quint16 number(EventSegment &segment, NameColumn column, int name);

private:
    static constexpr quint16 Unknown = 0; // Which is also the empty text's: that is cheap to ask for again.

    const QStringList &m_names;
    const EventSegment *m_segment = nullptr;
    std::array<std::vector<quint16>, NameColumnCount> m_numbers;
};

} // namespace dialogue::console
