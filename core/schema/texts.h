#pragma once

#include <QByteArray>

#include <cstring>
#include <vector>

namespace dialogue::schema {

/** Distinct texts by numbers, to look up short ones that come: for these Qt's hash takes longer than all
 * else. */
class Texts
{
public:
    static constexpr std::size_t Npos = ~std::size_t(0);

    /** The number of \a text: the next one if it is new. */
    std::size_t add(const QByteArray &text);
    /** Npos where it is not there. */
    [[nodiscard]] std::size_t find(QByteArrayView text) const
    {
        if (text.size() > m_longest)
            return Npos;
        if (!m_slots.empty())
            return lookUp(text);
        for (std::size_t i = 0; i < m_list.size(); ++i) {
            if (isSame(m_list[i], text))
                return i;
        }
        return Npos;
    }
    [[nodiscard]] bool contains(QByteArrayView text) const { return find(text) != Npos; }
    [[nodiscard]] const std::vector<QByteArray> &list() const { return m_list; }

private:
    static bool isSame(const QByteArray &known, QByteArrayView text)
    {
        return known.size() == text.size()
            && (text.isEmpty() || std::memcmp(known.constData(), text.data(), std::size_t(text.size())) == 0);
    }
    [[nodiscard]] std::size_t slotOf(QByteArrayView text) const;
    [[nodiscard]] std::size_t lookUp(QByteArrayView text) const;

    std::vector<QByteArray> m_list;
    std::vector<std::size_t> m_slots; ///< Of many: numbers, by the hash of their texts.
    qsizetype m_longest = -1;
};

} // namespace dialogue::schema
