#pragma once

#include "core/base/export.h"
#include "core/protocol/websocket/opcode.h"

#include <QByteArray>

namespace dialogue {

/** A whole message as a client sends it: one frame, masked with \a maskingKey, which nobody can guess. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QByteArray maskedFrame(WebSocketOpcode opcode, QByteArrayView payload,
                                                          quint32 maskingKey);

} // namespace dialogue
