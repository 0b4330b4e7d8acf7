#pragma once

#include "core/base/export.h"

#include <QString>

namespace dialogue {

/** What is wrong with the text of a filter, and where. */
struct DIALOGUE_CORE_EXPORT FilterFault
{
    qsizetype at = 0; ///< Where it begins, in units of UTF-16 from 0.
    qsizetype length = 0; ///< 0 at the end of the text.
    QString found = {}; ///< As it is to be told: "the end", or in quotes.
    QString expected = {};
    QString meant = {}; ///< What it may have been meant to be; empty: nothing is near.

    /** `column 7: found "=", expected an operator; did you mean "=="?` */
    [[nodiscard]] QString text() const;
};

} // namespace dialogue
