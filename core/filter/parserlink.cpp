#include "core/filter/parser_p.h"

namespace dialogue::filter {

using Kind = Token::Kind;

// What was read as a whole becomes what is run, and what is told of it.

/** The text from \a from to \a to with one blank between its parts. */
QString Parser::spelling(qsizetype from, qsizetype to) const
{
    QString text;
    Lexer lexer(m_text.sliced(from, to - from));
    Kind before = Kind::End;
    const auto binds = [](Kind kind) {
        return kind == Kind::Dot || kind == Kind::OpenBracket || kind == Kind::CloseBracket;
    };
    for (Token token = lexer.next(); token.kind != Kind::End; token = lexer.next()) {
        if (!text.isEmpty() && !binds(token.kind) && before != Kind::Dot && before != Kind::OpenBracket)
            text += u' ';
        text += m_text.sliced(from + token.at, token.length);
        before = token.kind;
    }
    return text;
}

void Parser::collectDemands(int root)
{
    std::vector<int> left{root};
    while (!left.empty()) {
        const Node &node = m_nodes[std::size_t(left.back())];
        left.pop_back();
        if (node.is == Node::Is::And) {
            left.push_back(node.left);
            left.push_back(node.right);
        } else {
            m_syntax.demands.append(spelling(node.from, node.to));
        }
    }
}

/** Where evaluation begins so that it goes on at \a yes where \a node holds, and else at \a no. */
int Parser::linked(int index, int yes, int no)
{
    const Node &node = m_nodes[std::size_t(index)];
    switch (node.is) {
    case Node::Is::Or:
        return linked(node.left, yes, linked(node.right, yes, no));
    case Node::Is::And:
        return linked(node.left, linked(node.right, yes, no), no);
    case Node::Is::Not:
        return linked(node.left, no, yes);
    case Node::Is::Test:
        break;
    }
    Test &test = m_syntax.program.tests[std::size_t(node.left)];
    test.ifTrue = yes;
    test.ifFalse = no;
    return node.left;
}

void Parser::link(int root)
{
    Program &program = m_syntax.program;
    program.entry = linked(root, Program::Yes, Program::No);
    const std::vector<int> data = program.data.finish();
    const std::vector<int> meta = program.meta.finish();
    program.dataCount = int(data.size());
    program.metaCount = int(meta.size());
    const auto number = [&](Operand &operand) {
        if (operand.kind == Operand::Kind::Payload)
            operand.number = (operand.field == FilterField::Data ? data : meta)[std::size_t(operand.number)];
    };
    for (Test &test : program.tests) {
        number(test.left);
        number(test.right);
    }
}

} // namespace dialogue::filter
