#pragma once

#include "server/export.h"

#include <QHostAddress>

namespace dialogue {

/** That of nobody, as a default-constructed one, which allocates. */
DIALOGUE_SERVER_EXPORT const QHostAddress &noAddress();

} // namespace dialogue
