#pragma once

#include "core/filter/filterfield.h"
#include "core/filter/filterrow.h"
#include "core/filter/glob.h"
#include "core/filter/literal.h"
#include "core/filter/pathtree.h"
#include "core/filter/value.h"

#include <vector>

namespace dialogue::filter {

/** One side of a comparison. */
struct Operand
{
    enum class Kind : quint8 { Field, Payload, Literal };

    Kind kind = Kind::Literal;
    FilterField field = FilterField::Room; ///< Of a payload Data or Meta.
    int number = 0; ///< Of the value in its PathTree, or of the literal.
};

/** One comparison, and what comes next. */
struct Test
{
    enum class Is : quint8 {
        There,
        Equal,
        NotEqual,
        Less,
        LessOrEqual,
        Greater,
        GreaterOrEqual,
        Like,
        NotLike,
        In
    };

    Is is = Is::There;
    Operand left = {};
    Operand right = {}; ///< Of In the first literal.
    int count = 0; ///< Of In: of literals.
    int glob = 0; ///< Of Like and NotLike.
    int ifTrue = 0; ///< The next test, or an end.
    int ifFalse = 0;
};

/** A filter as it is run: comparisons, each of which says where it goes on. */
struct Program
{
    static constexpr int Yes = -1;
    static constexpr int No = -2;

    std::vector<Test> tests = {};
    int entry = Yes;
    std::vector<Literal> literals = {};
    std::vector<Glob> globs = {};
    PathTree data = {};
    PathTree meta = {};
    int dataCount = 0; ///< Of values.
    int metaCount = 0;
};

enum class Outcome { No, Yes, TooLong };

/** What is asked first is looked at first; JSON once at most, and only where it comes to that. */
[[nodiscard]] Outcome run(const Program &program, const FilterRow &row);

} // namespace dialogue::filter
