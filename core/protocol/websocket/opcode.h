#pragma once

#include <cstdint>

namespace dialogue {

/** Of a WebSocket's frame (RFC 6455, section 5.2). */
enum class WebSocketOpcode : std::uint8_t {
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10
};

} // namespace dialogue
