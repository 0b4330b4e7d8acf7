#include "core/filter/parser_p.h"

namespace dialogue::filter {

using namespace Qt::StringLiterals;
using Kind = Token::Kind;

namespace {

std::optional<Test::Is> comparison(Kind kind)
{
    switch (kind) {
    case Kind::Equal:
        return Test::Is::Equal;
    case Kind::NotEqual:
        return Test::Is::NotEqual;
    case Kind::Less:
        return Test::Is::Less;
    case Kind::LessOrEqual:
        return Test::Is::LessOrEqual;
    case Kind::Greater:
        return Test::Is::Greater;
    case Kind::GreaterOrEqual:
        return Test::Is::GreaterOrEqual;
    case Kind::Like:
        return Test::Is::Like;
    case Kind::NotLike:
        return Test::Is::NotLike;
    default:
        return std::nullopt;
    }
}

} // namespace

Parser::Parser(const QStringList &names, QStringView text, FilterFault &fault)
    : m_names(names)
    , m_text(text)
    , m_lexer(text)
    , m_fault(fault)
{
    advance();
}

void Parser::advance()
{
    m_behind = m_token.end();
    m_token = m_lexer.next();
}

bool Parser::take(Kind kind)
{
    if (m_token.kind != kind)
        return false;
    advance();
    return true;
}

QStringView Parser::word() const
{
    return m_token.kind == Kind::Name ? m_text.sliced(m_token.at, m_token.length) : QStringView();
}

std::optional<Syntax> Parser::parse()
{
    const std::optional<int> root = disjunction();
    if (!root)
        return std::nullopt;
    if (m_token.kind != Kind::End)
        return m_bare ? fail(AnOperator) : fail(u"&&, || or the end"_s);
    collectDemands(*root);
    link(*root);
    return std::move(m_syntax);
}

int Parser::add(const Node &node)
{
    m_nodes.push_back(node);
    return int(m_nodes.size()) - 1;
}

std::optional<int> Parser::disjunction() { return chain(Kind::Or, Node::Is::Or, &Parser::conjunction); }

std::optional<int> Parser::conjunction() { return chain(Kind::And, Node::Is::And, &Parser::negation); }

std::optional<int> Parser::chain(Kind sign, Node::Is is, std::optional<int> (Parser::*part)())
{
    const qsizetype from = m_token.at;
    std::optional<int> left = (this->*part)();
    while (left && take(sign)) {
        const std::optional<int> right = (this->*part)();
        if (!right)
            return std::nullopt;
        left = add({.is = is, .left = *left, .right = *right, .from = from, .to = m_behind});
    }
    return left;
}

std::optional<int> Parser::negation()
{
    const Token first = m_token;
    if (first.kind != Kind::Not && first.kind != Kind::Open)
        return test();
    if (m_nesting == MaxNesting)
        return failAt(first, u"no more than %1 of ( and ! inside one another"_s.arg(MaxNesting));
    ++m_nesting;
    advance();
    const std::optional<int> inside = first.kind == Kind::Not ? negation() : disjunction();
    --m_nesting;
    if (!inside)
        return std::nullopt;
    if (first.kind == Kind::Open) {
        if (!take(Kind::Close))
            return m_bare ? fail(u"an operator, &&, || or )"_s) : fail(u"&&, || or )"_s);
        m_bare = false;
        return inside;
    }
    return add({.is = Node::Is::Not, .left = *inside, .from = first.at, .to = m_behind});
}

bool Parser::countTerm(const Token &token)
{
    if (m_terms++ < MaxTerms)
        return true;
    failAt(token, u"no more than %1 comparisons and items of lists"_s.arg(MaxTerms));
    return false;
}

std::optional<int> Parser::test()
{
    const Token first = m_token;
    if (!countTerm(first))
        return std::nullopt;
    const std::optional<Side> left = side();
    if (!left)
        return std::nullopt;
    Test test{.left = left->operand};
    const bool isIn = word() == u"in";
    const std::optional<Test::Is> is = comparison(m_token.kind);
    m_bare = !is && !isIn;
    if ((m_bare || isIn) && left->isLiteral())
        return isIn ? failAt(first, u"a field, data or meta on the left of in"_s)
                    : fail(u"==, !=, <, <=, > or >= behind a value"_s);
    if (isIn) {
        advance();
        if (!list(test, left->isTime()))
            return std::nullopt;
    } else if (is) {
        test.is = *is;
        advance();
        const bool isLike = *is == Test::Is::Like || *is == Test::Is::NotLike;
        if (isLike && left->isLiteral())
            return failAt(first, u"a field, data or meta on the left of ~"_s);
        if (isLike ? !pattern(test) : !rightSide(test, *left, first))
            return std::nullopt;
    }
    m_syntax.program.tests.push_back(test);
    return add({.is = Node::Is::Test,
                .left = int(m_syntax.program.tests.size()) - 1,
                .from = first.at,
                .to = m_behind});
}

bool Parser::rightSide(Test &test, const Side &left, const Token &first)
{
    const Token token = m_token;
    const std::optional<Side> right = side();
    if (!right)
        return false;
    if (left.isLiteral() && right->isLiteral()) {
        failAt(token, u"a field, data or meta on one side"_s);
        return false;
    }
    test.right = right->operand;
    if (left.isTime() && right->isLiteral())
        return asMoment(test.right, token);
    if (right->isTime() && left.isLiteral())
        return asMoment(test.left, first);
    return true;
}

std::optional<Syntax> parse(const QStringList &names, QStringView text, FilterFault &fault)
{
    if (text.size() > MaxText) {
        fault = {.at = MaxText,
                 .length = text.size() - MaxText,
                 .found = u"%1 characters"_s.arg(text.size()),
                 .expected = u"no more than %1"_s.arg(MaxText)};
        return std::nullopt;
    }
    return Parser(names, text, fault).parse();
}

} // namespace dialogue::filter
