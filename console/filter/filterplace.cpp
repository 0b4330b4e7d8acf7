#include "console/filter/filterplace.h"

namespace dialogue::console {

using TokenKind = filter::Token::Kind;

namespace {

bool isLiteral(const filter::Token &token, QStringView word)
{
    return token.kind == TokenKind::Text || token.kind == TokenKind::Number || word == u"true"
        || word == u"false" || word == u"null";
}

} // namespace

FilterPlace::FilterPlace(QStringView before)
{
    filter::Lexer lexer(before);
    for (filter::Token token = lexer.next(); token.kind != TokenKind::End; token = lexer.next())
        take(token, before);
}

void FilterPlace::take(const filter::Token &token, QStringView text)
{
    const QStringView word
        = token.kind == TokenKind::Name ? text.sliced(token.at, token.length) : QStringView();
    if (token.kind == TokenKind::Dot || token.kind == TokenKind::OpenBracket)
        m_lastSign = token.at;
    switch (m_expects) {
    case Expects::Operand:
        takeOperand(token, word);
        break;
    case Expects::Operator:
    case Expects::Connective:
        takeBehindOperand(token, word);
        break;
    case Expects::Member:
    case Expects::Step:
    case Expects::EndOfStep:
        takeStep(token, word);
        break;
    case Expects::List:
    case Expects::Value:
    case Expects::Item:
    case Expects::EndOfItem:
        takeValue(token, word);
        break;
    case Expects::Nothing:
        break;
    }
}

void FilterPlace::takeOperand(const filter::Token &token, QStringView word)
{
    m_field.reset();
    m_steps.clear();
    m_isRight = false;
    if (token.kind == TokenKind::Open)
        ++m_open;
    else if (token.kind == TokenKind::Not)
        return;
    else if (isLiteral(token, word) || (m_field = filterFieldCalled(word)))
        m_expects = Expects::Operator;
    else
        m_expects = Expects::Nothing;
}

void FilterPlace::takeBehindOperand(const filter::Token &token, QStringView word)
{
    const bool mayHaveMembers
        = m_field && isPayload(*m_field) && (m_expects == Expects::Operator || m_isRight);
    const bool mayCompare = m_expects == Expects::Operator;
    switch (token.kind) {
    case TokenKind::Or:
    case TokenKind::And:
        m_expects = Expects::Operand;
        return;
    case TokenKind::Close:
        --m_open;
        m_isRight = false;
        m_expects = m_open < 0 ? Expects::Nothing : Expects::Connective;
        return;
    case TokenKind::Dot:
        m_expects = mayHaveMembers ? Expects::Member : Expects::Nothing;
        return;
    case TokenKind::OpenBracket:
        m_expects = mayHaveMembers ? Expects::Step : Expects::Nothing;
        return;
    case TokenKind::Equal:
    case TokenKind::NotEqual:
    case TokenKind::Less:
    case TokenKind::LessOrEqual:
    case TokenKind::Greater:
    case TokenKind::GreaterOrEqual:
    case TokenKind::Like:
    case TokenKind::NotLike:
        m_expects = mayCompare ? Expects::Value : Expects::Nothing;
        return;
    default:
        m_expects = mayCompare && word == u"in" ? Expects::List : Expects::Nothing;
    }
}

void FilterPlace::takeStep(const filter::Token &token, QStringView word)
{
    const Expects behind = m_isRight ? Expects::Connective : Expects::Operator;
    if (m_expects == Expects::EndOfStep) {
        m_expects = token.kind == TokenKind::CloseBracket ? behind : Expects::Nothing;
    } else if (m_expects == Expects::Member && !word.isEmpty()) {
        m_steps.append(word.toString());
        m_expects = behind;
    } else if (m_expects == Expects::Step && token.kind == TokenKind::Text) {
        m_steps.append(token.text);
        m_expects = Expects::EndOfStep;
    } else if (m_expects == Expects::Step && token.kind == TokenKind::Number) {
        m_steps.append(0); // One item is like the other, mostly.
        m_expects = Expects::EndOfStep;
    } else {
        m_expects = Expects::Nothing;
    }
}

void FilterPlace::takeValue(const filter::Token &token, QStringView word)
{
    const bool beginsItem = (m_expects == Expects::List && token.kind == TokenKind::OpenBracket)
        || (m_expects == Expects::EndOfItem && token.kind == TokenKind::Comma);
    const bool endsValue = (m_expects == Expects::EndOfItem && token.kind == TokenKind::CloseBracket)
        || (m_expects == Expects::Value && isLiteral(token, word));
    if (beginsItem) {
        m_expects = Expects::Item;
    } else if (endsValue) {
        m_expects = Expects::Connective;
    } else if (m_expects == Expects::Item && isLiteral(token, word)) {
        m_expects = Expects::EndOfItem;
    } else if (const auto field = filterFieldCalled(word); m_expects == Expects::Value && field) {
        m_field = field;
        m_steps.clear();
        m_isRight = true;
        m_expects = Expects::Connective;
    } else {
        m_expects = Expects::Nothing;
    }
}

} // namespace dialogue::console
