#pragma once

#include "core/base/export.h"

#include <QByteArrayView>
#include <QChar>
#include <QStringView>

namespace dialogue::filter {

/**
 * Reads text code point by code point where it lies: UTF-16, UTF-8, or what stands between the quotes of a
 * JSON string with its escapes. UTF-8 and escapes must be right, as json::Cursor has found them. Half of a
 * surrogate pair is a code point of its own.
 */
class CodePoints
{
public:
    explicit CodePoints(QStringView utf16)
        : m_wide(utf16.utf16())
        , m_wideEnd(m_wide + utf16.size())
    { }
    CodePoints(QByteArrayView utf8, bool escaped)
        : m_at(utf8.data())
        , m_end(m_at + utf8.size())
        , m_escaped(escaped)
    { }

    [[nodiscard]] bool atEnd() const { return m_at == m_end && m_wide == m_wideEnd; }

    /** Not at the end. */
    char32_t next()
    {
        if (m_at == m_end)
            return nextWide();
        const auto c = static_cast<uchar>(*m_at);
        if (c < 0x80 && (c != '\\' || !m_escaped)) {
            ++m_at;
            return c;
        }
        return c == '\\' ? nextEscape() : nextOfSeveralBytes();
    }

private:
    char32_t nextWide()
    {
        const char16_t unit = *m_wide++;
        if (QChar::isHighSurrogate(unit) && m_wide != m_wideEnd && QChar::isLowSurrogate(*m_wide))
            return QChar::surrogateToUcs4(unit, *m_wide++);
        return unit;
    }
    DIALOGUE_CORE_EXPORT char32_t nextEscape();
    DIALOGUE_CORE_EXPORT char32_t nextOfSeveralBytes();

    const char *m_at = nullptr;
    const char *m_end = nullptr;
    const char16_t *m_wide = nullptr;
    const char16_t *m_wideEnd = nullptr;
    bool m_escaped = false;
};

} // namespace dialogue::filter
