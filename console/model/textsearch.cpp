#include "console/model/textsearch.h"

#include <algorithm>
#include <limits>

namespace dialogue::console {

namespace {

constexpr uchar small(char c)
{
    const auto byte = static_cast<uchar>(c);
    return byte >= 'A' && byte <= 'Z' ? uchar(byte | 0x20) : byte;
}

} // namespace

TextSearch::TextSearch(const QString &text)
    : m_text(text)
    , m_needle(text.toUtf8())
    , m_capitalsMatter(std::any_of(text.begin(), text.end(), [](QChar c) { return c.isUpper(); }))
{
    constexpr qsizetype Farthest = std::numeric_limits<quint16>::max();
    m_shifts.fill(quint16(std::min(m_needle.size(), Farthest)));
    for (qsizetype i = 0; i + 1 < m_needle.size(); ++i) {
        const auto c = static_cast<uchar>(m_needle[i]);
        const auto shift = quint16(std::min(m_needle.size() - 1 - i, Farthest));
        m_shifts[c] = shift;
        if (!m_capitalsMatter && c >= 'a' && c <= 'z')
            m_shifts[c & ~0x20U] = shift;
    }
}

bool TextSearch::isIn(QByteArrayView utf8) const
{
    const qsizetype last = m_needle.size() - 1;
    if (last < 0)
        return true;
    const auto folded = [this](char c) { return m_capitalsMatter ? static_cast<uchar>(c) : small(c); };
    for (qsizetype at = last; at < utf8.size(); at += m_shifts[static_cast<uchar>(utf8[at])]) {
        qsizetype left = last;
        while (folded(utf8[at - last + left]) == static_cast<uchar>(m_needle[left])) {
            if (left-- == 0)
                return true;
        }
    }
    return false;
}

bool TextSearch::isIn(QStringView text) const
{
    return text.contains(m_text, m_capitalsMatter ? Qt::CaseSensitive : Qt::CaseInsensitive);
}

bool TextSearch::narrows(const TextSearch &other) const
{
    // Where capitals matter to this alone, what it finds is found without, too.
    return other.isEmpty()
        || (m_capitalsMatter || !other.m_capitalsMatter ? other.isIn(QByteArrayView(m_needle)) : false);
}

} // namespace dialogue::console
