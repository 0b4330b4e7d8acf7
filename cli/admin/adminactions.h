#pragma once

#include "cli/admin/asked.h"

#include <QJsonObject>

namespace dialogue::cli {

/** Does \a action; with `--where` to all that the filter wants, and with `--dry-run` says whom it would
 * reach. */
void act(AdminSession &session, const Asked &asked, const QString &action, const QJsonObject &args);

} // namespace dialogue::cli
