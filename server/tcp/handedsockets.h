#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QList>
#include <QString>

namespace dialogue {

/**
 * The descriptors that systemd has handed to this process, as sd_listen_fds(3) counts them: from 3 on, as
 * many as LISTEN_FDS says, if LISTEN_PID is ours. None where it has handed over none; an Error where the
 * variables are not as they have to be. The variables are taken from the environment, so that no child
 * believes them.
 */
Result<QList<int>> takeHandedSockets();
/** Whether there are any, as far as the environment says. */
DIALOGUE_SERVER_EXPORT bool areSocketsHandedOver();

} // namespace dialogue
