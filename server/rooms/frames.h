#pragma once

#include "core/event/eventmessage.h"
#include "server/net/frame.h"

#include <QList>

namespace dialogue {

/** `dialogue:event` with \a message, encoded once for all; \a json is encodeEventMessage(message). Not yet
 * shared. */
std::shared_ptr<Frame> eventMessageFrame(const QByteArray &json, const EventMessage &message,
                                         const RoomConfig &room, const FrameStreamPtr &stream);

} // namespace dialogue
