#include "core/schema/patternreader_p.h"

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace dialogue::schema {

namespace {

struct Name
{
    QStringView name;
    const char *pcre;
};

/** General categories by their long names and by the aliases that are not PCRE2's (ECMA-262, table 68). */
constexpr std::array<Name, 43> Categories = {{
    {u"Cased_Letter", "L&"},
    {u"LC", "L&"},
    {u"Close_Punctuation", "Pe"},
    {u"Connector_Punctuation", "Pc"},
    {u"Control", "Cc"},
    {u"cntrl", "Cc"},
    {u"Currency_Symbol", "Sc"},
    {u"Dash_Punctuation", "Pd"},
    {u"Decimal_Number", "Nd"},
    {u"digit", "Nd"},
    {u"Enclosing_Mark", "Me"},
    {u"Final_Punctuation", "Pf"},
    {u"Format", "Cf"},
    {u"Initial_Punctuation", "Pi"},
    {u"Letter", "L"},
    {u"Letter_Number", "Nl"},
    {u"Line_Separator", "Zl"},
    {u"Lowercase_Letter", "Ll"},
    {u"Mark", "M"},
    {u"Combining_Mark", "M"},
    {u"Math_Symbol", "Sm"},
    {u"Modifier_Letter", "Lm"},
    {u"Modifier_Symbol", "Sk"},
    {u"Nonspacing_Mark", "Mn"},
    {u"Number", "N"},
    {u"Open_Punctuation", "Ps"},
    {u"Other", "C"},
    {u"Other_Letter", "Lo"},
    {u"Other_Number", "No"},
    {u"Other_Punctuation", "Po"},
    {u"Other_Symbol", "So"},
    {u"Paragraph_Separator", "Zp"},
    {u"Private_Use", "Co"},
    {u"Punctuation", "P"},
    {u"punct", "P"},
    {u"Separator", "Z"},
    {u"Space_Separator", "Zs"},
    {u"Spacing_Mark", "Mc"},
    {u"Surrogate", "Cs"},
    {u"Symbol", "S"},
    {u"Titlecase_Letter", "Lt"},
    {u"Unassigned", "Cn"},
    {u"Uppercase_Letter", "Lu"},
}};

/** Those that both name alike. */
constexpr std::array<QStringView, 37> ShortCategories
    = {u"C",  u"Cc", u"Cf", u"Cn", u"Co", u"Cs", u"L",  u"Ll", u"Lm", u"Lo", u"Lt", u"Lu", u"M",
       u"Mc", u"Me", u"Mn", u"N",  u"Nd", u"Nl", u"No", u"P",  u"Pc", u"Pd", u"Pe", u"Pf", u"Pi",
       u"Po", u"Ps", u"S",  u"Sc", u"Sk", u"Sm", u"So", u"Z",  u"Zl", u"Zp", u"Zs"};

/** Binary properties (ECMA-262, table 67); PCRE2 knows them by the same names, and names more of them. */
constexpr std::array<QStringView, 99> BinaryProperties = {u"ASCII",
                                                          u"ASCII_Hex_Digit",
                                                          u"AHex",
                                                          u"Alphabetic",
                                                          u"Alpha",
                                                          u"Bidi_Control",
                                                          u"Bidi_C",
                                                          u"Bidi_Mirrored",
                                                          u"Bidi_M",
                                                          u"Case_Ignorable",
                                                          u"CI",
                                                          u"Cased",
                                                          u"Changes_When_Casefolded",
                                                          u"CWCF",
                                                          u"Changes_When_Casemapped",
                                                          u"CWCM",
                                                          u"Changes_When_Lowercased",
                                                          u"CWL",
                                                          u"Changes_When_NFKC_Casefolded",
                                                          u"CWKCF",
                                                          u"Changes_When_Titlecased",
                                                          u"CWT",
                                                          u"Changes_When_Uppercased",
                                                          u"CWU",
                                                          u"Dash",
                                                          u"Default_Ignorable_Code_Point",
                                                          u"DI",
                                                          u"Deprecated",
                                                          u"Dep",
                                                          u"Diacritic",
                                                          u"Dia",
                                                          u"Emoji",
                                                          u"Emoji_Component",
                                                          u"EComp",
                                                          u"Emoji_Modifier",
                                                          u"EMod",
                                                          u"Emoji_Modifier_Base",
                                                          u"EBase",
                                                          u"Emoji_Presentation",
                                                          u"EPres",
                                                          u"Extended_Pictographic",
                                                          u"ExtPict",
                                                          u"Extender",
                                                          u"Ext",
                                                          u"Grapheme_Base",
                                                          u"Gr_Base",
                                                          u"Grapheme_Extend",
                                                          u"Gr_Ext",
                                                          u"Hex_Digit",
                                                          u"Hex",
                                                          u"IDS_Binary_Operator",
                                                          u"IDSB",
                                                          u"IDS_Trinary_Operator",
                                                          u"IDST",
                                                          u"ID_Continue",
                                                          u"IDC",
                                                          u"ID_Start",
                                                          u"IDS",
                                                          u"Ideographic",
                                                          u"Ideo",
                                                          u"Join_Control",
                                                          u"Join_C",
                                                          u"Logical_Order_Exception",
                                                          u"LOE",
                                                          u"Lowercase",
                                                          u"Lower",
                                                          u"Math",
                                                          u"Noncharacter_Code_Point",
                                                          u"NChar",
                                                          u"Pattern_Syntax",
                                                          u"Pat_Syn",
                                                          u"Pattern_White_Space",
                                                          u"Pat_WS",
                                                          u"Quotation_Mark",
                                                          u"QMark",
                                                          u"Radical",
                                                          u"Regional_Indicator",
                                                          u"RI",
                                                          u"Sentence_Terminal",
                                                          u"STerm",
                                                          u"Soft_Dotted",
                                                          u"SD",
                                                          u"Terminal_Punctuation",
                                                          u"Term",
                                                          u"Unified_Ideograph",
                                                          u"UIdeo",
                                                          u"Uppercase",
                                                          u"Upper",
                                                          u"Variation_Selector",
                                                          u"VS",
                                                          u"White_Space",
                                                          u"space",
                                                          u"XID_Continue",
                                                          u"XIDC",
                                                          u"XID_Start",
                                                          u"XIDS"};

QByteArray categoryOf(QStringView name)
{
    if (std::find(ShortCategories.begin(), ShortCategories.end(), name) != ShortCategories.end())
        return name.toLatin1();
    const auto *const found = std::find_if(Categories.begin(), Categories.end(),
                                           [name](const Name &category) { return category.name == name; });
    return found == Categories.end() ? QByteArray() : QByteArray(found->pcre);
}

/**
 * Whether \a name is written as Unicode writes its scripts: Old_Italic. PCRE2 would take it in any case and
 * spacing; whether there is such a script it says itself.
 */
bool isScriptName(QStringView name)
{
    if (name == u"SignWriting")
        return true;
    bool begins = true;
    for (const QChar c : name) {
        if (begins ? c < u'A' || c > u'Z' : c != u'_' && (c < u'a' || c > u'z'))
            return false;
        begins = c == u'_';
    }
    return !begins;
}

/** What stands between the braces for PCRE2; empty where ECMA-262 has no such property. */
QByteArray pcreProperty(QStringView text, bool &negated)
{
    if (const qsizetype equals = text.indexOf(u'='); equals >= 0) {
        const QStringView property = text.first(equals);
        const QStringView value = text.mid(equals + 1);
        if (property == u"General_Category" || property == u"gc")
            return categoryOf(value);
        if (!isScriptName(value))
            return {};
        if (property == u"Script" || property == u"sc")
            return "sc:" + value.toLatin1();
        if (property == u"Script_Extensions" || property == u"scx")
            return "scx:" + value.toLatin1();
        return {};
    }
    if (text == u"Any")
        return "Any";
    if (text == u"Assigned") {
        negated = !negated;
        return "Cn";
    }
    if (std::find(BinaryProperties.begin(), BinaryProperties.end(), text) != BinaryProperties.end())
        return text.toLatin1();
    return categoryOf(text);
}

} // namespace

std::optional<QByteArray> takeProperty(PatternReader &in, bool negated)
{
    const qsizetype begin = in.offset() - 2;
    const QStringView text = in.take(u"{") ? in.takeUntil(u'}') : QStringView();
    const QByteArray property = pcreProperty(text, negated);
    if (property.isEmpty()) {
        return in.fail(u"expected a property that ECMA-262 names, such as \\p{Letter} or \\p{Script=Greek}"_s,
                       begin);
    }
    return (negated ? "\\P{" : "\\p{") + property + '}';
}

} // namespace dialogue::schema
