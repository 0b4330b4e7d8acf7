#include "core/schema/patternreader_p.h"

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

/** One part of a class: a character, or a set that has its name. */
struct Part
{
    std::optional<char32_t> character;
    QByteArray set;
};

std::optional<Part> takePart(PatternReader &in)
{
    if (!in.take(u"\\"))
        return Part{in.takeCodePoint(), {}};
    const char16_t letter = in.peek();
    if (const QByteArray set = pcreClassEscape(letter); !set.isEmpty()) {
        in.takeCodePoint();
        return Part{{}, set};
    }
    if (in.take(u"p") || in.take(u"P")) {
        const auto property = takeProperty(in, letter == u'P');
        return property ? std::optional(Part{{}, *property}) : std::nullopt;
    }
    if (in.take(u"b"))
        return Part{U'\b', {}};
    if (in.take(u"-"))
        return Part{U'-', {}};
    const auto character = in.takeCharacterEscape();
    return character ? std::optional(Part{*character, {}}) : std::nullopt;
}

/** Without the surrogates at its ends, which PCRE2 would refuse; those inside it passes over. */
QByteArray pcreRange(char32_t first, char32_t last)
{
    if (QChar::isSurrogate(first))
        first = 0xe000;
    if (QChar::isSurrogate(last))
        last = 0xd7ff;
    return first > last ? QByteArray() : pcreCharacter(first) + '-' + pcreCharacter(last);
}

} // namespace

QByteArray pcreClassEscape(char16_t letter)
{
    switch (letter) {
    case u'd':
        return "0-9";
    case u'D':
        return "\\x{0}-\\x{2f}\\x{3a}-\\x{10ffff}";
    case u'w':
        return "0-9A-Z_a-z";
    case u'W':
        return "\\x{0}-\\x{2f}\\x{3a}-\\x{40}\\x{5b}-\\x{5e}\\x{60}\\x{7b}-\\x{10ffff}";
    case u's': // WhiteSpace and LineTerminator of ECMA-262, sections 12.2 and 12.3
        return "\\x{9}-\\x{d}\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}\\x{205f}"
               "\\x{3000}"
               "\\x{feff}";
    case u'S':
        return "\\x{0}-\\x{8}\\x{e}-\\x{1f}\\x{21}-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{"
               "2027}"
               "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{fefe}\\x{ff00}-\\x{"
               "10ffff}";
    default:
        return {};
    }
}

std::optional<QByteArray> takeClass(PatternReader &in)
{
    const qsizetype begin = in.offset() - 1;
    const bool negated = in.take(u"^");
    QByteArray parts;
    while (!in.take(u"]")) {
        if (in.atEnd())
            return in.fail(u"the class that begins here has no ]"_s, begin);
        const qsizetype at = in.offset();
        const std::optional<Part> first = takePart(in);
        if (!first)
            return std::nullopt;
        if (!in.startsWith(u"-") || in.startsWith(u"-]")) {
            parts += first->character ? pcreCharacter(*first->character) : first->set;
            continue;
        }
        in.take(u"-");
        if (in.atEnd())
            continue;
        const std::optional<Part> last = takePart(in);
        if (!last)
            return std::nullopt;
        if (!first->character || !last->character)
            return in.fail(u"a range goes from a character to a character"_s, at);
        if (*first->character > *last->character)
            return in.fail(u"a range goes from the lower to the higher character"_s, at);
        parts += pcreRange(*first->character, *last->character);
    }
    if (parts.isEmpty()) // Nothing, or everything: PCRE2 reads such brackets otherwise.
        return QByteArray(negated ? "." : "(?!)");
    return (negated ? "[^" : "[") + parts + ']';
}

} // namespace dialogue::schema
