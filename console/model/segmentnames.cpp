#include "console/model/segmentnames.h"

namespace dialogue::console {

quint16 SegmentNames::add(const QString &name)
{
    constexpr qint64 InTheTable = 64; // About, of a short text's header, and its place in the hash.
    if (name.isEmpty())
        return 0;
    const auto known = m_numbers.constFind(name);
    if (known != m_numbers.cend())
        return *known;
    const auto index = std::size_t(m_count++);
    std::unique_ptr<QString[]> &chunk = m_chunks[index / ChunkSize];
    if (!chunk) {
        chunk = std::make_unique<QString[]>(ChunkSize);
        m_allocated += qint64(ChunkSize * sizeof(QString));
    }
    chunk[index % ChunkSize] = name;
    m_allocated += InTheTable + name.size() * qsizetype(sizeof(QChar));
    m_numbers.insert(name, quint16(m_count));
    return quint16(m_count);
}

} // namespace dialogue::console
