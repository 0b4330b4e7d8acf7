#pragma once

#include "cli/base/style.h"
#include "core/event/eventmessage.h"

namespace dialogue::cli {

/** "12:03:04.123 chat #17 message alice {"text":"Hi"}", the time being ours. */
QByteArray eventLine(const EventMessage &message, const Style &style);

/** The envelope as it travels, in one line. */
QByteArray eventJson(const EventMessage &message);

} // namespace dialogue::cli
