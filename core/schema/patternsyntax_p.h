#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QString>

#include <utility>
#include <vector>

namespace dialogue::schema {

/** An ECMA-262 pattern as PCRE2 takes it. */
struct PcrePattern
{
    QByteArray expression;
    bool refersBack = false; ///< There are back references in it.
    /** Where the parts of the expression are in the source: offsets of both, in their order. */
    std::vector<std::pair<qsizetype, qsizetype>> places;

    [[nodiscard]] qsizetype sourceOffset(qsizetype offset) const;
};

/**
 * Reads \a source as ECMA-262 does with the u flag (ECMA-262, section 22.2.1), which is stricter than
 * without: no escape and no bracket without a meaning. In one pass.
 *
 * Callouts, `(?C)`, stand in the expression where a match may branch or come by again: after each quantifier,
 * at each alternative, and at the beginning.
 */
Result<PcrePattern> translatePattern(const QString &source);

/** What is wrong with \a source at \a offset. */
Error patternError(const QString &source, qsizetype offset, const QString &what);

} // namespace dialogue::schema
