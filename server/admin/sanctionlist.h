#pragma once

#include "server/admin/lists.h"

namespace dialogue::admin {

/** `admin:list` of the bans and mutes that hold and that \a account is for: of its rooms, and of everywhere
 * for who is for all. There are as many as may be imposed (limits.sanctions), and so all are looked at in one
 * turn. InvalidRequest. */
[[nodiscard]] Result<Reply> sanctionPage(const HubParts &parts, const Account &account,
                                         const Lists::Request &request, const QByteArray &salt);

} // namespace dialogue::admin
