#pragma once

#include "core/base/export.h"

#include <QByteArray>

namespace dialogue {

/** Of a WebSocket's frame (RFC 6455, section 5.2). */
enum class WebSocketOpcode : quint8 { Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };

/** A whole message as a client sends it: one frame, masked with \a maskingKey, which nobody can guess. */
[[nodiscard]] DIALOGUE_CORE_EXPORT QByteArray maskedFrame(WebSocketOpcode opcode, QByteArrayView payload,
                                                          quint32 maskingKey);

} // namespace dialogue
