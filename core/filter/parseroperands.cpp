#include "core/filter/parser_p.h"

#include "core/base/nearest.h"

#include <QDateTime>

#include <algorithm>

namespace dialogue::filter {

using namespace Qt::StringLiterals;
using Kind = Token::Kind;

// What a comparison is made of.

namespace {

/** ISO 8601; UTC where it names no offset, so that it is the same moment wherever it is asked. */
std::optional<qint64> momentOf(const QString &text)
{
    QDateTime moment = QDateTime::fromString(text, Qt::ISODateWithMs);
    if (!moment.isValid())
        return std::nullopt;
    if (moment.timeSpec() == Qt::LocalTime)
        moment.setTimeSpec(Qt::UTC);
    return moment.toMSecsSinceEpoch();
}

} // namespace

std::optional<Parser::Side> Parser::side()
{
    if (const std::optional<Operand> value = literal())
        return Side{*value};
    if (m_token.kind != Kind::Name)
        return fail(anOperand());
    const qsizetype from = m_token.at;
    const QString name = word().toString();
    if (!operandNames().contains(name)) {
        const QString other = otherWord(name);
        return failAt(m_token, anOperand(), other.isEmpty() ? nearest(name, operandNames()) : other);
    }
    const FilterField field = m_names.isEmpty() ? *filterFieldCalled(name) : FilterField::Data;
    advance();
    Operand operand{.kind = Operand::Kind::Field, .field = field};
    // A path below what is no object would never be there, and its `!=` always true.
    const bool isBelow = m_token.kind == Kind::Dot || m_token.kind == Kind::OpenBracket;
    if (isBelow && !m_names.isEmpty())
        return fail(u"an operator: %1 has no members"_s.arg(name));
    if (isPayload(field)) {
        const std::optional<Path> inside = path(m_names.isEmpty() ? Path() : Path{PathStep(name)});
        if (!inside)
            return std::nullopt;
        operand.kind = Operand::Kind::Payload;
        operand.number
            = (field == FilterField::Data ? m_syntax.program.data : m_syntax.program.meta).add(*inside);
    } else if (isBelow) {
        return fail(u"an operator: only data and meta have members"_s);
    }
    const QString text = spelling(from, m_behind);
    if (!m_syntax.paths.contains(text))
        m_syntax.paths.append(text);
    m_syntax.fields.insert(field);
    return Side{operand};
}

std::optional<Path> Parser::path(Path path)
{
    while (m_token.kind == Kind::Dot || m_token.kind == Kind::OpenBracket) {
        if (path.size() == MaxNesting)
            return fail(u"no more than %1 members inside one another"_s.arg(MaxNesting));
        const bool isBracket = m_token.kind == Kind::OpenBracket;
        advance();
        const std::optional<PathStep> step = isBracket ? stepInBrackets() : stepBehindDot();
        if (!step)
            return std::nullopt;
        path.append(*step);
    }
    return path;
}

std::optional<PathStep> Parser::stepBehindDot()
{
    if (m_token.kind != Kind::Name)
        return failAt(
            m_token,
            u"the name of a member; others than of letters, digits, _, $ and - as in data[\"a b\"], items as in data[0]"_s);
    const PathStep step = word().toString();
    advance();
    return step;
}

std::optional<PathStep> Parser::stepInBrackets()
{
    constexpr qsizetype FewDigits = 9;
    PathStep step;
    const QStringView written = m_text.sliced(m_token.at, m_token.length);
    if (m_token.kind == Kind::Text)
        step = m_token.text;
    else if (m_token.kind == Kind::Number && written.size() <= FewDigits
             && std::ranges::all_of(written, [](QChar c) { return c >= u'0' && c <= u'9'; }))
        step = written.toInt();
    else
        return fail(u"the name of a member in quotes, or the number of an item from 0"_s);
    advance();
    if (!take(Kind::CloseBracket))
        return fail(u"]"_s);
    return step;
}

std::optional<Operand> Parser::literal()
{
    const QStringView name = word();
    std::vector<Literal> &literals = m_syntax.program.literals;
    if (m_token.kind == Kind::Text)
        literals.push_back(Literal::text(m_token.text));
    else if (m_token.kind == Kind::Number)
        literals.push_back(Literal::number(m_text.sliced(m_token.at, m_token.length).toLatin1()));
    else if (name == u"true" || name == u"false")
        literals.push_back(Literal::boolean(name == u"true"));
    else if (name == u"null")
        literals.push_back(Literal::null());
    else
        return std::nullopt;
    advance();
    return Operand{.kind = Operand::Kind::Literal, .number = int(literals.size()) - 1};
}

bool Parser::list(Test &test, bool ofTimes)
{
    test.is = Test::Is::In;
    test.right.number = int(m_syntax.program.literals.size());
    if (!take(Kind::OpenBracket)) {
        fail(u"a list such as [\"a\", \"b\"]"_s);
        return false;
    }
    do {
        const Token token = m_token;
        const std::optional<Operand> item = literal();
        if (!item) {
            fail(u"a value: a text in quotes, a number, true, false or null"_s);
            return false;
        }
        if (!countTerm(token) || (ofTimes && !asMoment(*item, token)))
            return false;
        ++test.count;
    } while (take(Kind::Comma));
    if (take(Kind::CloseBracket))
        return true;
    fail(u", or ]"_s);
    return false;
}

bool Parser::pattern(Test &test)
{
    const Token token = m_token;
    if (!take(Kind::Text)) {
        fail(u"a pattern in quotes"_s);
        return false;
    }
    std::optional<Glob> glob = Glob::compile(token.text);
    if (!glob) {
        failAt(token, u"something behind the last \\ of the pattern"_s);
        return false;
    }
    test.glob = int(m_syntax.program.globs.size());
    m_syntax.program.globs.push_back(std::move(*glob));
    return true;
}

/** A text that is compared with a time. */
bool Parser::asMoment(const Operand &operand, const Token &token)
{
    Literal &literal = m_syntax.program.literals[std::size_t(operand.number)];
    if (!literal.isText())
        return true;
    const std::optional<qint64> moment = momentOf(literal.text());
    if (!moment) {
        failAt(token, u"a time such as \"2026-11-30T08:15:00Z\", or milliseconds since 1970"_s);
        return false;
    }
    literal = Literal::number(QByteArray::number(*moment));
    return true;
}

} // namespace dialogue::filter
