#pragma once

#include <QByteArrayView>

#include <array>
#include <memory>
#include <vector>

namespace dialogue::console {

/**
 * The texts of a segment's rows, end to end in blocks that never move: who was told of a text by the thread
 * that wrote it may read it while that goes on.
 */
class SegmentBytes
{
public:
    static constexpr qsizetype BlockSize = 1024 * 1024;
    static constexpr qsizetype Capacity = 64 * BlockSize;

    [[nodiscard]] bool fits(qsizetype size) const;
    /** Its place; it must fit. */
    quint32 append(QByteArrayView first, QByteArrayView second);
    [[nodiscard]] QByteArrayView at(quint32 place, quint32 length) const
    {
        return {m_blocks[place / BlockSize] + place % BlockSize, qsizetype(length)};
    }
    /** What it takes of the memory. */
    [[nodiscard]] qint64 allocated() const { return qint64(m_used) * BlockSize; }

private:
    [[nodiscard]] static qsizetype blocksFor(qsizetype size) { return (size + BlockSize - 1) / BlockSize; }

    // What is longer than a block lies in a piece of several.
    std::array<char *, Capacity / BlockSize> m_blocks = {};
    std::vector<std::unique_ptr<char[]>> m_pieces;
    qsizetype m_used = 0; // Blocks; the last piece ends with them.
    qsizetype m_end = 0; // Of what is written.
};

} // namespace dialogue::console
