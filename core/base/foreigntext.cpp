#include "core/base/foreigntext.h"

#include <QChar>

#include <algorithm>
#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace dialogue {

namespace {

constexpr bool isPlain(QChar unit) { return unit >= u' ' && unit < u'\x7f'; }

/** Of each id that a client says: four units at a time. */
bool isPlain(QStringView text)
{
    constexpr quint64 each = 0x0001'0001'0001'0001;
    constexpr quint64 seventhBit = each << 7;
    const QChar *unit = text.begin();
    for (; text.end() - unit >= 4; unit += 4) {
        quint64 units = 0;
        std::memcpy(&units, unit, sizeof units);
        const bool areAscii = (units & ~(each * 0x7f)) == 0;
        const bool areBelowDel = ((units + each) & seventhBit) == 0;
        const bool areFromSpaceOn = (((units | seventhBit) - each * u' ') & seventhBit) == seventhBit;
        if (!areAscii || !areBelowDel || !areFromSpaceOn)
            return false;
    }
    return std::all_of(unit, text.end(), [](QChar last) { return isPlain(last); });
}

bool moves(char32_t c)
{
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format:
    case QChar::Other_Surrogate:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

/** Default_Ignorable_Code_Point (Unicode, DerivedCoreProperties.txt), but for what moves(). */
bool isIgnorable(char32_t c)
{
    struct Range
    {
        char32_t first;
        char32_t last;
    };
    static constexpr std::array<Range, 10> ranges{{{0x034f, 0x034f},
                                                   {0x115f, 0x1160},
                                                   {0x17b4, 0x17b5},
                                                   {0x180b, 0x180f},
                                                   {0x2065, 0x2065},
                                                   {0x3164, 0x3164},
                                                   {0xfe00, 0xfe0f},
                                                   {0xffa0, 0xffa0},
                                                   {0xfff0, 0xfff8},
                                                   {0xe0000, 0xe0fff}}};
    return std::ranges::any_of(ranges,
                               [c](const Range &range) { return c >= range.first && c <= range.last; });
}

struct CodePoint
{
    char32_t value;
    qsizetype units;
};

/** Half a pair is what it is. */
CodePoint codePointAt(QStringView text, qsizetype at)
{
    const bool isPair = text[at].isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate();
    return isPair ? CodePoint{QChar::surrogateToUcs4(text[at], text[at + 1]), 2}
                  : CodePoint{text[at].unicode(), 1};
}

void appendEscaped(QString &to, char32_t c)
{
    for (const char16_t unit : QChar::fromUcs4(c))
        to += u"\\u%1"_s.arg(int(unit), 4, 16, QLatin1Char('0'));
}

QString escaped(QStringView text, bool inQuotes)
{
    QString safe;
    safe.reserve(text.size());
    for (qsizetype at = 0; at < text.size();) {
        const auto [c, units] = codePointAt(text, at);
        if (moves(c))
            appendEscaped(safe, c);
        else if (inQuotes && (c == U'"' || c == U'\\'))
            safe.append(u'\\').append(text[at]);
        else
            safe += text.sliced(at, units);
        at += units;
    }
    return safe;
}

} // namespace

QString printable(QStringView text) { return isPlain(text) ? text.toString() : escaped(text, false); }

QString quoted(QStringView text) { return u'"' + escaped(text, true) + u'"'; }
QString quoted(QByteArrayView utf8) { return quoted(QString::fromUtf8(utf8)); }

QString faultOfId(QStringView id)
{
    if (isPlain(id))
        return {};
    int place = 0;
    for (qsizetype at = 0; at < id.size();) {
        const auto [c, units] = codePointAt(id, at);
        at += units;
        ++place;
        if (moves(c) || isIgnorable(c)) {
            return u"must not contain U+%1 (character %2): controls and what is not seen are in no id"_s
                .arg(QString::number(c, 16).toUpper().rightJustified(4, u'0'))
                .arg(place);
        }
    }
    return {};
}

} // namespace dialogue
