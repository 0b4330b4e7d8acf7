#pragma once

#include "core/base/result.h"
#include "server/config/serverconfig.h"
#include "server/export.h"

#include <QByteArray>

/** What dialogue-server does with the accounts of /admin at a command line. */
namespace dialogue::admin {

/** What stands in admin.accounts for \a password; InvalidRequest for one that is too short, or too long. */
DIALOGUE_SERVER_EXPORT Result<QByteArray> hashOfPassword(const QByteArray &password);
/** ConfigError, with the place, for a hash that is none. */
DIALOGUE_SERVER_EXPORT Result<void> checkAccounts(const AdminConfig &config);

} // namespace dialogue::admin
