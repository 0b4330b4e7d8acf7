#include "console/model/segmentbytes.h"

#include <algorithm>

namespace dialogue::console {

bool SegmentBytes::fits(qsizetype size) const
{
    return m_end + size <= m_used * BlockSize || m_used + blocksFor(size) <= qsizetype(m_blocks.size());
}

quint32 SegmentBytes::append(QByteArrayView first, QByteArrayView second)
{
    const qsizetype size = first.size() + second.size();
    if (size == 0)
        return 0;
    if (m_end + size > m_used * BlockSize) {
        const qsizetype blocks = blocksFor(size);
        m_pieces.emplace_back(new char[std::size_t(blocks * BlockSize)]);
        m_end = m_used * BlockSize;
        for (qsizetype i = 0; i < blocks; ++i)
            m_blocks[std::size_t(m_used++)] = m_pieces.back().get() + i * BlockSize;
    }
    const qsizetype place = m_end;
    char *const begin = m_blocks[std::size_t(place / BlockSize)] + place % BlockSize;
    std::copy(second.begin(), second.end(), std::copy(first.begin(), first.end(), begin));
    m_end += size;
    return quint32(place);
}

} // namespace dialogue::console
