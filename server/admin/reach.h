#pragma once

#include "server/admin/account.h"
#include "server/api/requestvalues.h"

namespace dialogue {
class HubParts;
}

namespace dialogue::admin {

/** How many connections \a action would reach, or rooms, users or the server would change, as things are now;
 * the Error that it would end with, where that is known. */
[[nodiscard]] Result<qint64> reachOf(const HubParts &parts, const Account &account, const QString &action,
                                     const QList<api::ParameterInfo> &parameters, const api::Values &values);

} // namespace dialogue::admin
