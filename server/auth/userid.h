#pragma once

#include "core/base/result.h"

#include <QString>

namespace dialogue {

/**
 * Whether somebody may go by \a userId; Unauthorized where not. Events of the server itself are from
 * "system", so nobody bears a name that reads like it, whoever vouches for it; and a name has to be seen
 * whole.
 */
[[nodiscard]] Result<void> checkUserId(const QString &userId);

} // namespace dialogue
