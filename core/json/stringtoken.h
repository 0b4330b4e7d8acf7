#pragma once

#include "core/base/export.h"

#include <QByteArrayView>
#include <QString>

namespace dialogue::json {

/** A string as it stands in the text, without its quotes. */
struct StringToken
{
    QByteArrayView text; ///< UTF-8, escapes as they are.
    bool escaped = false; ///< It holds escapes.
    bool ascii = true;

    /** Whether it is \a utf8; an escaped one may be although this says no. */
    [[nodiscard]] bool is(QByteArrayView utf8) const { return !escaped && text == utf8; }
    [[nodiscard]] DIALOGUE_CORE_EXPORT QString decoded() const;
    /** Its length in code points. */
    [[nodiscard]] DIALOGUE_CORE_EXPORT qsizetype length() const;
};

} // namespace dialogue::json
