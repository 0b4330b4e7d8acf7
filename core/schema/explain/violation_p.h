#pragma once

#include <QString>

#include <optional>

namespace dialogue::schema {

/** Where data breaks which rule, in words for people. */
struct Violation
{
    QString path;
    QString message;
};

/** Nothing where no rule is broken. */
using Found = std::optional<Violation>;

} // namespace dialogue::schema
