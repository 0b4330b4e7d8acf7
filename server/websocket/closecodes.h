#pragma once

namespace dialogue::closecodes {

// Why a WebSocket ends (RFC 6455, section 7.4.1).
inline constexpr int NoStatus = 1005;
inline constexpr int AbnormalClosure = 1006;
inline constexpr int InvalidData = 1007;
inline constexpr int TooBig = 1009;

} // namespace dialogue::closecodes
