#pragma once

#include "core/base/export.h"
#include "core/base/result.h"

#include <QString>

#include <memory>
#include <string_view>

namespace dialogue::schema {

/**
 * A regular expression of ECMA-262 with the u flag, as JSON Schema has them, on PCRE2. Compiled once,
 * implicitly shared; match() is re-entrant.
 *
 * Matching is bounded in steps, which stand for the work and not for the time: a step is a place at which the
 * match goes on or branches, or sixteen characters in a row. A verdict is the same on every machine.
 */
class DIALOGUE_CORE_EXPORT Pattern
{
public:
    enum class Match {
        Yes,
        No,
        TooLong, ///< The steps did not suffice to tell.
    };

    /** What one match may take, where the caller has no budget of its own. */
    static constexpr int MaxSteps = 100'000;

    /** The Error says at which character of \a source, and what is wrong there. */
    static Result<Pattern> compile(const QString &source);

    /** Whether it matches anywhere in \a utf8, which must be valid UTF-8; it is not anchored. */
    [[nodiscard]] Match match(std::string_view utf8) const;

    /** The same, with \a steps at most; what it takes is taken off them. */
    [[nodiscard]] Match match(std::string_view utf8, int &steps) const;

    /** Where it matches first, from \a from on; what is before that counts for what looks back. */
    struct Found
    {
        Match match = Match::No;
        std::size_t begin = 0; ///< Where Yes, in bytes.
        std::size_t end = 0;
    };
    [[nodiscard]] Found find(std::string_view utf8, std::size_t from, int &steps) const;

private:
    struct Program;
    explicit Pattern(std::shared_ptr<const Program> program);

    std::shared_ptr<const Program> d;
};

} // namespace dialogue::schema
