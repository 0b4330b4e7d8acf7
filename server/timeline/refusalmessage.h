#pragma once

#include "core/base/error.h"

namespace dialogue {

/** What may be told to others of \a error, which somebody was refused with, cut. What breaks a schema is
 * quoted in its message, may be what is redacted elsewhere, and is for nobody. */
[[nodiscard]] inline QString refusalMessage(const Error &error, qsizetype longest)
{
    if (error.code != ErrorCode::ValidationFailed)
        return error.message.left(longest);
    if (error.faults.isEmpty())
        return QStringLiteral("is not as it must be");
    return QStringLiteral("breaks the rule '%1' of its schema").arg(error.faults.first().rule.left(longest));
}

} // namespace dialogue
