#include "core/filter/program.h"

#include <QVarLengthArray>

namespace dialogue::filter {

namespace {

/** However little there is to look at, and for each character, or byte, of it. */
constexpr qint64 StepsForNothing = 16 * 1024;
constexpr qint64 StepsForEach = 16;

qint64 stepsFor(const FilterRow &row)
{
    const qsizetype size = row.room.size() + row.event.size() + row.from.size() + row.key.size()
        + row.node.size() + row.data.size() + row.meta.size();
    return StepsForNothing + StepsForEach * size;
}

Value ofText(QStringView text) { return text.isEmpty() ? Value() : Value::ofText(text); }

Value ofNumber(qint64 number) { return number < 0 ? Value() : Value::ofInteger(number); }

Value valueOf(const FilterRow &row, FilterField field)
{
    switch (field) {
    case FilterField::Room:
        return ofText(row.room);
    case FilterField::Event:
        return ofText(row.event);
    case FilterField::From:
        return ofText(row.from);
    case FilterField::Key:
        return ofText(row.key);
    case FilterField::Node:
        return ofText(row.node);
    case FilterField::Offset:
        return ofNumber(row.offset);
    case FilterField::Size:
        return ofNumber(row.size);
    case FilterField::Time:
        return ofNumber(row.time);
    case FilterField::Data:
    case FilterField::Meta:
        break;
    }
    return {};
}

/** The values of one PathTree, read when the first of them is asked for. */
class Payload
{
public:
    Payload(const PathTree &tree, int count, QByteArrayView json)
        : m_tree(tree)
        , m_json(json)
        , m_count(count)
    { }

    const Value &value(int number, Budget &budget)
    {
        if (m_values.isEmpty()) {
            m_values.resize(m_count);
            if (!m_json.isEmpty())
                m_tree.read(m_json, {m_values.data(), std::size_t(m_count)}, budget);
        }
        return m_values[number];
    }

private:
    const PathTree &m_tree;
    QByteArrayView m_json;
    int m_count;
    QVarLengthArray<Value, 8> m_values; // More of them are few filters'.
};

class Run
{
public:
    Run(const Program &program, const FilterRow &row)
        : m_program(program)
        , m_row(row)
        , m_budget(stepsFor(row))
        , m_data(program.data, program.dataCount, row.data)
        , m_meta(program.meta, program.metaCount, row.meta)
    { }

    Outcome outcome()
    {
        int at = m_program.entry;
        while (at >= 0) {
            const Test &test = m_program.tests[std::size_t(at)];
            const bool passed = passes(test);
            if (!m_budget.take())
                return Outcome::TooLong;
            at = passed ? test.ifTrue : test.ifFalse;
        }
        return at == Program::Yes ? Outcome::Yes : Outcome::No;
    }

private:
    Value valueOf(const Operand &operand)
    {
        switch (operand.kind) {
        case Operand::Kind::Field:
            return filter::valueOf(m_row, operand.field);
        case Operand::Kind::Payload:
            return (operand.field == FilterField::Data ? m_data : m_meta).value(operand.number, m_budget);
        case Operand::Kind::Literal:
            break;
        }
        return m_program.literals[std::size_t(operand.number)].value();
    }

    bool isLike(const Test &test, const Value &value)
    {
        return value.kind == Value::Kind::Text
            && m_program.globs[std::size_t(test.glob)].matches(value.codePoints(), m_budget);
    }

    bool isIn(const Test &test, const Value &value)
    {
        for (int i = 0; i < test.count && !m_budget.isSpent(); ++i) {
            const Literal &literal = m_program.literals[std::size_t(test.right.number) + std::size_t(i)];
            if (std::is_eq(compare(value, literal.value(), m_budget)))
                return true;
        }
        return false;
    }

    bool passes(const Test &test)
    {
        const Value left = valueOf(test.left);
        switch (test.is) {
        case Test::Is::There:
            return left.holds();
        case Test::Is::Like:
            return isLike(test, left);
        case Test::Is::NotLike:
            return !isLike(test, left);
        case Test::Is::In:
            return isIn(test, left);
        default:
            break;
        }
        const std::partial_ordering order = compare(left, valueOf(test.right), m_budget);
        switch (test.is) {
        case Test::Is::Equal:
            return std::is_eq(order);
        case Test::Is::NotEqual:
            return std::is_neq(order);
        case Test::Is::Less:
            return std::is_lt(order);
        case Test::Is::LessOrEqual:
            return std::is_lteq(order);
        case Test::Is::Greater:
            return std::is_gt(order);
        default:
            return std::is_gteq(order);
        }
    }

    const Program &m_program;
    const FilterRow &m_row;
    Budget m_budget;
    Payload m_data;
    Payload m_meta;
};

} // namespace

Outcome run(const Program &program, const FilterRow &row) { return Run(program, row).outcome(); }

} // namespace dialogue::filter
