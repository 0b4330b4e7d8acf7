#pragma once

#include <QHash>
#include <QString>

#include <array>
#include <memory>

namespace dialogue::console {

/**
 * The different texts of one column of a segment, so that a row has two bytes of it. They never move: who was
 * told of a number by the thread that adds may look it up while that goes on.
 */
class SegmentNames
{
public:
    static constexpr int Capacity = 65'535;

    [[nodiscard]] bool isFull() const { return m_count == Capacity; }
    /** Its number, from 1; the empty text is 0. It must not be full. */
    quint16 add(const QString &name);
    [[nodiscard]] const QString &at(quint16 number) const
    {
        static const QString none;
        return number == 0 ? none : m_chunks[(number - 1U) / ChunkSize][(number - 1U) % ChunkSize];
    }
    [[nodiscard]] qint64 allocated() const { return m_allocated; }

private:
    static constexpr std::size_t ChunkSize = 1024;

    QHash<QString, quint16> m_numbers;
    std::array<std::unique_ptr<QString[]>, Capacity / ChunkSize + 1> m_chunks;
    int m_count = 0;
    qint64 m_allocated = 0;
};

} // namespace dialogue::console
