#include "core/schema/texts.h"

#include <QHashSeed>

#include <algorithm>

namespace dialogue::schema {

namespace {

constexpr std::size_t Few = 4; // of these to compare each is quicker than to hash

/** The first \a size bytes, which are eight at most. */
quint64 wordOf(const char *at, qsizetype size)
{
    quint64 word = 0;
    if (size >= 8) {
        std::memcpy(&word, at, 8);
    } else if (size >= 4) {
        quint32 ends[2];
        std::memcpy(&ends[0], at, 4);
        std::memcpy(&ends[1], at + size - 4, 4); // The two may overlap.
        word = quint64(ends[0]) << 32U | ends[1];
    } else if (size > 0) {
        word = quint64(uchar(at[0])) << 16U | quint64(uchar(at[size / 2])) << 8U | uchar(at[size - 1]);
    }
    return word;
}

quint64 hashOf(QByteArrayView text)
{
    constexpr quint64 factor = 0x9e3779b97f4a7c15;
    static const quint64 seed = QHashSeed::globalSeed();
    quint64 hash = (seed ^ quint64(text.size())) * factor;
    for (qsizetype at = 0; at < text.size(); at += 8) {
        hash = (hash ^ wordOf(text.data() + at, text.size() - at)) * factor;
        hash ^= hash >> 32U;
    }
    return hash;
}

} // namespace

/** Where \a text stands, or would. */
std::size_t Texts::slotOf(QByteArrayView text) const
{
    std::size_t slot = hashOf(text) & (m_slots.size() - 1);
    while (m_slots[slot] != Npos && !isSame(m_list[m_slots[slot]], text))
        slot = (slot + 1) & (m_slots.size() - 1);
    return slot;
}

std::size_t Texts::lookUp(QByteArrayView text) const { return m_slots[slotOf(text)]; }

std::size_t Texts::add(const QByteArray &text)
{
    if (const std::size_t known = find(text); known != Npos)
        return known;
    m_list.push_back(text);
    m_longest = std::max(m_longest, text.size());
    if (m_list.size() * 2 > m_slots.size() && m_list.size() > Few) {
        m_slots.assign(std::max<std::size_t>(16, m_slots.size() * 2), Npos);
        for (std::size_t i = 0; i + 1 < m_list.size(); ++i)
            m_slots[slotOf(m_list[i])] = i;
    }
    if (!m_slots.empty())
        m_slots[slotOf(text)] = m_list.size() - 1;
    return m_list.size() - 1;
}

} // namespace dialogue::schema
