#pragma once

#include "core/filter/lexer.h"
#include "core/filter/parser.h"

#include <vector>

namespace dialogue::filter {

/** One text of a filter, from left to right with one token in hand; a method for each rule of the grammar. */
class Parser
{
public:
    Parser(const QStringList &names, QStringView text, FilterFault &fault);

    std::optional<Syntax> parse();

private:
    /** A part of the text: what is asked, and how answers are put together. */
    struct Node
    {
        enum class Is : quint8 { Or, And, Not, Test };

        Is is;
        int left; ///< Of Test the number of the test.
        int right = 0;
        qsizetype from = 0; ///< Where in the text it stands.
        qsizetype to = 0;
    };
    /** One side of a comparison, as it was read. */
    struct Side
    {
        Operand operand;

        [[nodiscard]] bool isLiteral() const { return operand.kind == Operand::Kind::Literal; }
        [[nodiscard]] bool isTime() const
        {
            return operand.kind == Operand::Kind::Field && operand.field == FilterField::Time;
        }
    };

    std::optional<int> disjunction();
    std::optional<int> conjunction();
    std::optional<int> chain(Token::Kind sign, Node::Is is, std::optional<int> (Parser::*part)());
    std::optional<int> negation();
    std::optional<int> test();
    bool rightSide(Test &test, const Side &left, const Token &first);
    bool pattern(Test &test);
    bool list(Test &test, bool ofTimes);
    bool asMoment(const Operand &operand, const Token &token);
    std::optional<Side> side();
    std::optional<Operand> literal();
    std::optional<Path> path(Path path = {}); ///< And on from there.
    std::optional<PathStep> stepBehindDot();
    std::optional<PathStep> stepInBrackets();

    void collectDemands(int root);
    int linked(int index, int yes, int no);
    void link(int root);

    int add(const Node &node);
    bool countTerm(const Token &token);
    void advance();
    bool take(Token::Kind kind);
    [[nodiscard]] QStringView word() const; ///< Where the token is a name.
    [[nodiscard]] QString spelling(qsizetype from, qsizetype to) const;
    /** What may be asked for by its name. */
    [[nodiscard]] const QStringList &operandNames() const
    {
        return m_names.isEmpty() ? filterFieldNames() : m_names;
    }
    // What may come next.
    [[nodiscard]] QString anOperand() const;
    static constexpr auto AnOperator
        = QLatin1StringView("==, !=, <, <=, >, >=, ~, !~, in, &&, || or the end");

    [[nodiscard]] QString otherWord(const QString &word) const;
    std::nullopt_t fail(const QString &expected);
    std::nullopt_t failAt(const Token &token, const QString &expected, const QString &meant = {});

    const QStringList &m_names;
    QStringView m_text;
    Lexer m_lexer;
    FilterFault &m_fault;
    Token m_token;
    qsizetype m_behind = 0; // The end of the token before.
    std::vector<Node> m_nodes;
    Syntax m_syntax;
    int m_nesting = 0;
    int m_terms = 0;
    bool m_bare = false; // The test before has no operator.
};

} // namespace dialogue::filter
