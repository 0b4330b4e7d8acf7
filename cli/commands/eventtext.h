#pragma once

#include "cli/base/style.h"
#include "client/roominfo.h"
#include "core/event/eventmessage.h"

namespace dialogue::cli {

/** "12:03:04.123 chat #17 message alice {"text":"Hi"}", the time being ours. */
QByteArray eventLine(const EventMessage &message, const Style &style);

/** The envelope as it travels, in one line. */
QByteArray eventJson(const EventMessage &message);

/** {"direct":{"event":"sync","data":[],"timestamp":0}}: what was said outside of rooms. */
QByteArray directJson(const EventMessage &message);

/** "12:03:04.123 chat #5 to #8 missing: dropped, as this reader was too slow", the time being now. */
QByteArray gapLine(const QString &roomId, const Gap &gap, const Style &style);

/** {"gap":{"roomId":"chat","from":5,"to":8,"reason":"dropped"}} */
QByteArray gapJson(const QString &roomId, const Gap &gap);

} // namespace dialogue::cli
