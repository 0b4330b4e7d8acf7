#pragma once

#include "core/base/export.h"
#include "core/base/result.h"
#include "core/filter/budget.h"
#include "core/filter/codepoints.h"

#include <QStringView>

#include <vector>

namespace dialogue::filter {

/**
 * A pattern for the whole of a text: `*` is any number of characters, `?` is one, a backslash takes what
 * follows for itself; capitals matter. A match goes back to the last `*` only, so it takes no more steps than
 * pattern times text, and most take one for each character.
 */
class DIALOGUE_CORE_EXPORT Glob
{
public:
    /** Nothing: the pattern ends with a backslash. */
    static std::optional<Glob> compile(QStringView pattern);

    /** No also where the budget is spent. */
    [[nodiscard]] bool matches(CodePoints text, Budget &budget) const;

private:
    std::vector<char32_t> m_parts; // Code points, AnyOne and AnyNumber.
};

} // namespace dialogue::filter
