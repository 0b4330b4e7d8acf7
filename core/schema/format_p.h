#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace dialogue::schema {

// One function for each format, with the RFC it goes by.

bool isDateTime(std::string_view text); ///< RFC 3339, section 5.6
bool isDate(std::string_view text);
bool isTime(std::string_view text);
bool isDuration(std::string_view text); ///< RFC 3339, appendix A
bool isEmail(std::string_view text); ///< RFC 5321, section 4.1.2: a mailbox
bool isHostname(std::string_view text); ///< RFC 1123, section 2.1
bool isIpv4(std::string_view text); ///< RFC 2673, section 3.2
bool isIpv6(std::string_view text); ///< RFC 4291, section 2.2
bool isUri(std::string_view text); ///< RFC 3986
bool isUriReference(std::string_view text);
bool isIri(std::string_view text); ///< RFC 3987
bool isIriReference(std::string_view text);
bool isUriTemplate(std::string_view text); ///< RFC 6570
bool isUuid(std::string_view text); ///< RFC 4122
bool isJsonPointer(std::string_view text); ///< RFC 6901
bool isRelativeJsonPointer(std::string_view text);

// What they are made of. Of ASCII only, whatever the locale.

constexpr bool isDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
constexpr bool isHexDigit(char c) { return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
constexpr bool isLetterOrDigit(char c) { return isLetter(c) || isDigit(c); }
constexpr bool isAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
constexpr bool isOneOf(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/** Whether ucschar, or with \a privateUse iprivate, of RFC 3987 has \a codePoint. */
constexpr bool isIriCharacter(char32_t codePoint, bool privateUse)
{
    if (codePoint < 0x10000) {
        return (codePoint >= 0xa0 && codePoint <= 0xd7ff) || (codePoint >= 0xf900 && codePoint <= 0xfdcf)
            || (codePoint >= 0xfdf0 && codePoint <= 0xffef)
            || (privateUse && codePoint >= 0xe000 && codePoint <= 0xf8ff);
    }
    if ((codePoint & 0xfffe) == 0xfffe || (codePoint >= 0xe0000 && codePoint <= 0xe0fff))
        return false;
    return codePoint < 0xf0000 || privateUse;
}

/** A text that is read from its front. */
class TextReader
{
public:
    explicit TextReader(std::string_view text)
        : m_rest(text)
    { }

    [[nodiscard]] bool atEnd() const { return m_rest.empty(); }
    [[nodiscard]] std::string_view rest() const { return m_rest; }
    [[nodiscard]] char peek() const { return m_rest.empty() ? '\0' : m_rest.front(); }
    void skip(std::size_t count) { m_rest.remove_prefix(count); }

    bool take(char c)
    {
        const bool is = !m_rest.empty() && m_rest.front() == c;
        m_rest.remove_prefix(is);
        return is;
    }

    /** The longest beginning of characters for which \a is holds. */
    template <class Is>
    std::string_view takeWhile(Is is)
    {
        std::size_t size = 0;
        while (size < m_rest.size() && is(m_rest[size]))
            ++size;
        const std::string_view taken = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return taken;
    }

    /** The number \a count digits stand for. */
    std::optional<int> takeNumber(std::size_t count)
    {
        if (m_rest.size() < count)
            return std::nullopt;
        int number = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (!isDigit(m_rest[i]))
                return std::nullopt;
            number = number * 10 + (m_rest[i] - '0');
        }
        m_rest.remove_prefix(count);
        return number;
    }

    bool takePercentEncoded()
    {
        if (m_rest.size() < 3 || m_rest[0] != '%' || !isHexDigit(m_rest[1]) || !isHexDigit(m_rest[2]))
            return false;
        m_rest.remove_prefix(3);
        return true;
    }

    /** The next code point, of UTF-8 known to be valid; not at the end. */
    char32_t takeCodePoint()
    {
        const auto lead = static_cast<unsigned char>(m_rest.front());
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (m_rest.size() < size) {
            m_rest = {};
            return 0xfffd;
        }
        char32_t codePoint = size == 1 ? lead : lead & (0x7fU >> size);
        for (std::size_t i = 1; i < size; ++i)
            codePoint = codePoint << 6 | (static_cast<unsigned char>(m_rest[i]) & 0x3fU);
        m_rest.remove_prefix(size);
        return codePoint;
    }

private:
    std::string_view m_rest;
};

} // namespace dialogue::schema
