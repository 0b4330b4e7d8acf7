#include "core/schema/format_p.h"

namespace dialogue::schema {

namespace {

bool takeIpv4(TextReader &text)
{
    for (int i = 0; i < 4; ++i) {
        if (i > 0 && !text.take('.'))
            return false;
        const std::string_view part = text.takeWhile(isDigit);
        // A leading zero would make it octal to some.
        if (part.empty() || part.size() > 3 || (part.size() > 1 && part[0] == '0'))
            return false;
        int number = 0;
        for (const char c : part)
            number = number * 10 + (c - '0');
        if (number > 255)
            return false;
    }
    return true;
}

/** What may stand in a local part without quotes (RFC 5322, section 3.2.3). */
constexpr bool isAtomCharacter(char c) { return isLetterOrDigit(c) || isOneOf(c, "!#$%&'*+-/=?^_`{|}~"); }

bool takeQuoted(TextReader &text)
{
    const auto isPrintable = [](char c) { return c >= ' ' && c <= '~'; };
    while (!text.atEnd() && !text.take('"')) {
        if (text.take('\\') && text.atEnd())
            return false;
        if (!isPrintable(text.peek()))
            return false;
        text.skip(1);
        if (text.atEnd())
            return false;
    }
    return true;
}

bool takeDotted(TextReader &text)
{
    do {
        if (text.takeWhile(isAtomCharacter).empty())
            return false;
    } while (text.take('.'));
    return true;
}

} // namespace

bool isIpv4(std::string_view text)
{
    TextReader reader(text);
    return takeIpv4(reader) && reader.atEnd();
}

bool isIpv6(std::string_view text)
{
    constexpr int Groups = 8;
    TextReader reader(text);
    int groups = 0;
    bool gap = false;
    if (reader.take(':')) {
        if (!reader.take(':'))
            return false;
        gap = true;
        if (reader.atEnd())
            return true;
    }
    while (true) {
        const TextReader before = reader;
        const std::string_view group = reader.takeWhile(isHexDigit);
        if (reader.peek() == '.') {
            reader = before;
            groups += 2;
            return takeIpv4(reader) && reader.atEnd() && (gap ? groups < Groups : groups == Groups);
        }
        if (group.empty() || group.size() > 4 || ++groups > Groups)
            return false;
        if (reader.atEnd())
            return gap ? groups < Groups : groups == Groups;
        if (!reader.take(':'))
            return false;
        if (reader.take(':')) {
            if (gap)
                return false;
            gap = true;
            if (reader.atEnd())
                return groups < Groups;
        }
    }
}

bool isHostname(std::string_view text)
{
    constexpr std::size_t MaxName = 253;
    constexpr std::size_t MaxLabel = 63; // RFC 1035, section 2.3.4
    if (text.size() > MaxName)
        return false;
    TextReader reader(text);
    do {
        const std::string_view label
            = reader.takeWhile([](char c) { return isLetterOrDigit(c) || c == '-'; });
        if (label.empty() || label.size() > MaxLabel || label.front() == '-' || label.back() == '-')
            return false;
    } while (reader.take('.'));
    return reader.atEnd();
}

bool isEmail(std::string_view text)
{
    constexpr std::size_t MaxLocalPart = 64; // RFC 5321, section 4.5.3.1.1
    TextReader reader(text);
    if (!(reader.take('"') ? takeQuoted(reader) : takeDotted(reader)))
        return false;
    if (text.size() - reader.rest().size() > MaxLocalPart || !reader.take('@'))
        return false;
    std::string_view domain = reader.rest();
    if (domain.size() < 2 || domain.front() != '[' || domain.back() != ']')
        return isHostname(domain);
    domain = domain.substr(1, domain.size() - 2);
    constexpr std::string_view Ipv6Tag = "IPv6:";
    return domain.substr(0, Ipv6Tag.size()) == Ipv6Tag ? isIpv6(domain.substr(Ipv6Tag.size()))
                                                       : isIpv4(domain);
}

bool isUuid(std::string_view text)
{
    constexpr std::string_view Form = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (text.size() != Form.size())
        return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (Form[i] == '-' ? text[i] != '-' : !isHexDigit(text[i]))
            return false;
    }
    return true;
}

} // namespace dialogue::schema
