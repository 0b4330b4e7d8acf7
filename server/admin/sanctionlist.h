#pragma once

#include "server/admin/lists.h"
#include "server/rooms/slicedwork.h"

#include <memory>

namespace dialogue::admin {

/** `admin:list` of the bans and mutes that hold and that \a account is for: of its rooms, and of everywhere
 * for who is for all. A piece at a time. InvalidRequest. */
[[nodiscard]] Result<std::unique_ptr<SlicedWork::Task>> sanctionList(const HubParts &parts,
                                                                     const Account &account,
                                                                     const Lists::Request &request,
                                                                     const QByteArray &salt, Done done);

} // namespace dialogue::admin
