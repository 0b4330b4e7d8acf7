#pragma once

#include "core/base/result.h"
#include "server/auth/identity.h"

#include <QString>

namespace dialogue {

/** Whether \a identity's credential is for \a request in the room \a roomId; PermissionDenied where not. A
 * credential without a Grant is for all. */
[[nodiscard]] Result<void> checkGrant(const Identity &identity, const QString &request,
                                      const QString &roomId);

} // namespace dialogue
