#include "core/filter/lexer.h"

#include "core/json/cursor.h"

#include <algorithm>
#include <array>

namespace dialogue::filter {

using namespace Qt::StringLiterals;

namespace {

struct Sign
{
    QLatin1StringView text;
    Token::Kind kind;
};

// The longer ones first.
constexpr std::array Signs{
    Sign{"||"_L1, Token::Kind::Or},          Sign{"&&"_L1, Token::Kind::And},
    Sign{"=="_L1, Token::Kind::Equal},       Sign{"!="_L1, Token::Kind::NotEqual},
    Sign{"<="_L1, Token::Kind::LessOrEqual}, Sign{">="_L1, Token::Kind::GreaterOrEqual},
    Sign{"!~"_L1, Token::Kind::NotLike},     Sign{"<"_L1, Token::Kind::Less},
    Sign{">"_L1, Token::Kind::Greater},      Sign{"~"_L1, Token::Kind::Like},
    Sign{"!"_L1, Token::Kind::Not},
};

struct Slip
{
    QLatin1StringView text;
    QLatin1StringView meant;
};

// What other languages have for the same.
constexpr std::array Slips{
    Slip{"="_L1, "=="_L1},  Slip{"==="_L1, "=="_L1}, Slip{"!=="_L1, "!="_L1}, Slip{"<>"_L1, "!="_L1},
    Slip{"=<"_L1, "<="_L1}, Slip{"=>"_L1, ">="_L1},  Slip{"=~"_L1, "~"_L1},   Slip{"~="_L1, "~"_L1},
    Slip{"&"_L1, "&&"_L1},  Slip{"|"_L1, "||"_L1},
};

bool isSign(QChar c) { return "=!<>~&|"_L1.contains(c); }
bool isBlank(QChar c) { return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r'; }
bool beginsName(QChar c) { return c.isLetter() || c == u'_' || c == u'$'; }
bool isInName(QChar c) { return c.isLetterOrNumber() || c == u'_' || c == u'$' || c == u'-'; }
bool isInNumber(QChar c) { return (c >= u'0' && c <= u'9') || "+-.eE"_L1.contains(c); }

} // namespace

Token Lexer::taken(Token::Kind kind, qsizetype length)
{
    const Token token{.kind = kind, .at = m_at, .length = length};
    m_at += length;
    return token;
}

Token Lexer::wrong(qsizetype length, const QString &expected, const QString &meant)
{
    Token token = taken(Token::Kind::Wrong, length);
    token.expected = expected;
    token.meant = meant;
    return token;
}

Token Lexer::next()
{
    while (m_at < m_text.size() && isBlank(m_text[m_at]))
        ++m_at;
    if (m_at == m_text.size())
        return taken(Token::Kind::End, 0);
    const QChar c = m_text[m_at];
    if (beginsName(c))
        return name();
    if (c == u'-' || (c >= u'0' && c <= u'9'))
        return number();
    if (isSign(c))
        return operators();
    switch (c.unicode()) {
    case '"':
    case '\'':
        return string();
    case '(':
        return taken(Token::Kind::Open, 1);
    case ')':
        return taken(Token::Kind::Close, 1);
    case '[':
        return taken(Token::Kind::OpenBracket, 1);
    case ']':
        return taken(Token::Kind::CloseBracket, 1);
    case ',':
        return taken(Token::Kind::Comma, 1);
    case '.':
        return taken(Token::Kind::Dot, 1);
    default:
        return wrong(c.isHighSurrogate() && m_at + 1 < m_text.size() ? 2 : 1, {});
    }
}

Token Lexer::name()
{
    const auto *const end = std::find_if_not(m_text.begin() + m_at, m_text.end(), isInName);
    return taken(Token::Kind::Name, end - m_text.begin() - m_at);
}

Token Lexer::number()
{
    const auto *const end = std::find_if_not(m_text.begin() + m_at, m_text.end(), isInNumber);
    const qsizetype length = end - m_text.begin() - m_at;
    if (!json::check(m_text.sliced(m_at, length).toLatin1()))
        return wrong(length, u"a number such as 12, -0.5 or 1e3"_s);
    return taken(Token::Kind::Number, length);
}

Token Lexer::operators()
{
    const auto *const end = std::find_if_not(m_text.begin() + m_at, m_text.end(), isSign);
    const QStringView run = m_text.sliced(m_at, end - m_text.begin() - m_at);
    const auto *const slip = std::ranges::find_if(Slips, [&](const Slip &each) { return run == each.text; });
    if (slip != Slips.end())
        return wrong(run.size(), {}, slip->meant);
    const auto *const sign
        = std::ranges::find_if(Signs, [&](const Sign &each) { return run.startsWith(each.text); });
    return sign != Signs.end() ? taken(sign->kind, sign->text.size()) : wrong(1, {});
}

/** One escape of JSON's, or \' as well; m_at stands behind the backslash. */
bool Lexer::appendEscape(QString &text)
{
    constexpr auto From = "\"'\\/bfnrt"_L1;
    constexpr auto To = "\"'\\/\b\f\n\r\t"_L1;
    if (m_at == m_text.size())
        return false;
    const QChar c = m_text[m_at++];
    if (c != u'u') {
        const qsizetype which = From.indexOf(c);
        if (which >= 0)
            text += QChar(To[which]);
        return which >= 0;
    }
    bool isNumber = false;
    const QStringView digits = m_text.sliced(m_at).first(std::min<qsizetype>(4, m_text.size() - m_at));
    const ushort unit = digits.toUShort(&isNumber, 16);
    if (!isNumber || digits.size() < 4 || digits.front() == u'+')
        return false;
    text += QChar(unit);
    m_at += 4;
    return true;
}

Token Lexer::string()
{
    const qsizetype begin = m_at;
    const QChar quote = m_text[m_at++];
    QString text;
    QString expected;
    while (m_at < m_text.size() && m_text[m_at] != quote) {
        const QChar c = m_text[m_at++];
        if (c < u' ')
            expected = u"control characters of a text as escapes"_s;
        if (c != u'\\')
            text += c;
        else if (!appendEscape(text))
            expected = u"escapes such as \\n, \\\\ or \\u00e9"_s;
    }
    if (m_at == m_text.size())
        expected = u"%1 at the end of the text"_s.arg(quote);
    else
        ++m_at;
    if (expected.isEmpty() && !text.isValidUtf16())
        expected = u"text without halves of surrogate pairs"_s;
    const bool isRight = expected.isEmpty();
    return {.kind = isRight ? Token::Kind::Text : Token::Kind::Wrong,
            .at = begin,
            .length = m_at - begin,
            .text = isRight ? text : QString(),
            .expected = expected};
}

} // namespace dialogue::filter
