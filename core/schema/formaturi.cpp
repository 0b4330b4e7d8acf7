#include "core/schema/format_p.h"

namespace dialogue::schema {

namespace {

// RFC 3986, section 2
constexpr bool isUnreserved(char c) { return isLetterOrDigit(c) || isOneOf(c, "-._~"); }
constexpr bool isSubDelimiter(char c) { return isOneOf(c, "!$&'()*+,;="); }

/** Reads the parts of a URI, or with \a international of an IRI, which has other letters besides. */
class UriReader
{
public:
    UriReader(std::string_view text, bool international)
        : m_text(text)
        , m_international(international)
    { }

    bool takeScheme()
    {
        TextReader ahead = m_text;
        if (!isLetter(ahead.peek()))
            return false;
        ahead.takeWhile([](char c) { return isLetterOrDigit(c) || isOneOf(c, "+-."); });
        if (!ahead.take(':'))
            return false;
        m_text = ahead;
        return true;
    }

    /** What follows the scheme, or all of a reference without one. */
    bool readRest(bool hasScheme)
    {
        if (m_text.rest().substr(0, 2) == "//") {
            m_text.skip(2);
            if (!takeAuthority())
                return false;
            if (m_text.peek() != '/' && !atPathEnd())
                return false;
        } else if (!hasScheme) {
            takeCharacters("@"); // A colon in the first segment would end a scheme.
            if (m_text.peek() == ':')
                return false;
        }
        takeCharacters(":@/");
        if (m_text.take('?'))
            takeCharacters(":@/?", true);
        if (m_text.take('#'))
            takeCharacters(":@/?");
        return m_text.atEnd();
    }

private:
    [[nodiscard]] bool atPathEnd() const
    {
        return m_text.atEnd() || m_text.peek() == '?' || m_text.peek() == '#';
    }

    /** Unreserved ones, encoded ones, delimiters within parts, and those of \a more. */
    void takeCharacters(std::string_view more, bool privateUse = false)
    {
        while (!m_text.atEnd()) {
            const char c = m_text.peek();
            if (isUnreserved(c) || isSubDelimiter(c) || isOneOf(c, more)) {
                m_text.skip(1);
            } else if (!isAscii(c) && m_international) {
                const TextReader before = m_text;
                if (!isIriCharacter(m_text.takeCodePoint(), privateUse)) {
                    m_text = before;
                    return;
                }
            } else if (!m_text.takePercentEncoded()) {
                return;
            }
        }
    }

    bool takeAuthority()
    {
        const TextReader begin = m_text;
        takeCharacters(":");
        if (!m_text.take('@'))
            m_text = begin;
        if (m_text.take('[')) {
            if (!takeIpLiteral())
                return false;
        } else {
            takeCharacters({});
        }
        if (m_text.take(':'))
            m_text.takeWhile(isDigit);
        return m_text.peek() == '/' || atPathEnd();
    }

    bool takeIpLiteral()
    {
        const std::string_view address = m_text.takeWhile([](char c) { return c != ']'; });
        if (!m_text.take(']'))
            return false;
        if (isIpv6(address))
            return true;
        TextReader future(address);
        if ((!future.take('v') && !future.take('V')) || future.takeWhile(isHexDigit).empty()
            || !future.take('.'))
            return false;
        const auto isOfFuture = [](char c) { return isUnreserved(c) || isSubDelimiter(c) || c == ':'; };
        return !future.takeWhile(isOfFuture).empty() && future.atEnd();
    }

    TextReader m_text;
    bool m_international;
};

constexpr bool isNameCharacter(char c) { return isLetterOrDigit(c) || c == '_'; }

/** An expression of a template, behind its opening brace. */
bool takeExpression(TextReader &text)
{
    if (isOneOf(text.peek(), "+#./;?&=,!@|"))
        text.skip(1);
    do {
        do {
            bool named = false;
            while (text.takePercentEncoded() || !text.takeWhile(isNameCharacter).empty())
                named = true;
            if (!named)
                return false;
        } while (text.take('.'));
        if (text.take(':')) {
            const std::string_view length = text.takeWhile(isDigit);
            if (length.empty() || length.size() > 4 || length[0] == '0')
                return false;
        } else {
            text.take('*');
        }
    } while (text.take(','));
    return text.take('}');
}

} // namespace

bool isUri(std::string_view text)
{
    UriReader reader(text, false);
    return reader.takeScheme() && reader.readRest(true);
}

bool isUriReference(std::string_view text)
{
    UriReader reader(text, false);
    return reader.readRest(reader.takeScheme());
}

bool isIri(std::string_view text)
{
    UriReader reader(text, true);
    return reader.takeScheme() && reader.readRest(true);
}

bool isIriReference(std::string_view text)
{
    UriReader reader(text, true);
    return reader.readRest(reader.takeScheme());
}

bool isUriTemplate(std::string_view text)
{
    TextReader reader(text);
    while (!reader.atEnd()) {
        if (reader.take('{')) {
            if (!takeExpression(reader))
                return false;
        } else if (reader.peek() == '%') {
            if (!reader.takePercentEncoded())
                return false;
        } else {
            const char32_t c = reader.takeCodePoint();
            const bool literal = c < 0x80
                ? c > 0x20 && c != 0x7f && !isOneOf(static_cast<char>(c), "\"'<>\\^`{|}")
                : isIriCharacter(c, true);
            if (!literal)
                return false;
        }
    }
    return true;
}

} // namespace dialogue::schema
