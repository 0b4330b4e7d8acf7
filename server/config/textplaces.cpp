#include "server/config/textplaces.h"

#include <algorithm>

namespace dialogue::config {

namespace {

constexpr bool isContinuation(char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80; }

} // namespace

FilePosition TextPlaces::at(qsizetype offset)
{
    offset = std::clamp(offset, qsizetype(0), m_text.size());
    if (offset < m_lineBegin) {
        m_position = {1, 1};
        m_offset = m_lineBegin = 0;
    } else if (offset < m_offset) {
        m_position.column = 1;
        m_offset = m_lineBegin;
    }
    for (; m_offset < offset; ++m_offset) {
        if (m_text[m_offset] == '\n') {
            m_position = {m_position.line + 1, 1};
            m_lineBegin = m_offset + 1;
        } else if (!isContinuation(m_text[m_offset])) {
            ++m_position.column;
        }
    }
    return m_position;
}

} // namespace dialogue::config
