#pragma once

#include <QString>

namespace dialogue::qtwebsockets {

/** As much of \a text as a Close frame carries beside its code, in whole characters: 123 bytes (RFC 6455,
 * section 5.5). */
inline QString closeReason(QString text)
{
    constexpr qsizetype Most = 123;
    text.truncate(Most);
    while (text.toUtf8().size() > Most || (!text.isEmpty() && text.back().isHighSurrogate()))
        text.chop(1);
    return text;
}

} // namespace dialogue::qtwebsockets
