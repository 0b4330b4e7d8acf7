#pragma once

#include "core/filter/filterfield.h"
#include "core/filter/lexer.h"

#include <QList>
#include <QString>
#include <QStringView>

#include <optional>
#include <variant>

namespace dialogue::console {

/** Where in a filter somebody is writing: what stands before it, read as far as that tells what may come. */
class FilterPlace
{
public:
    enum class Expects {
        Operand,
        Member, ///< Behind a dot.
        Step, ///< Behind the bracket of a member or item.
        EndOfStep,
        Operator, ///< Behind the left operand.
        List, ///< Behind in.
        Value, ///< What the left operand is compared with.
        Item, ///< The same, in a list.
        EndOfItem,
        Connective, ///< Behind a comparison.
        Nothing, ///< It is wrong.
    };

    explicit FilterPlace(QStringView before);

    [[nodiscard]] Expects expects() const { return m_expects; }
    /** That a comparison is about: of its left operand, or that being written. */
    [[nodiscard]] std::optional<FilterField> field() const { return m_field; }
    [[nodiscard]] const QList<std::variant<QString, int>> &steps() const { return m_steps; }
    [[nodiscard]] int openParentheses() const { return m_open; }
    [[nodiscard]] qsizetype lastSign() const
    {
        return m_lastSign;
    } ///< Where the last dot, or bracket, stands.

private:
    void take(const filter::Token &token, QStringView text);
    void takeOperand(const filter::Token &token, QStringView word);
    void takeBehindOperand(const filter::Token &token, QStringView word);
    void takeStep(const filter::Token &token, QStringView word);
    void takeValue(const filter::Token &token, QStringView word);

    Expects m_expects = Expects::Operand;
    std::optional<FilterField> m_field;
    QList<std::variant<QString, int>> m_steps;
    bool m_isRight = false; // What has members is the right operand.
    int m_open = 0;
    qsizetype m_lastSign = 0;
};

} // namespace dialogue::console
