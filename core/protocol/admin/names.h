#pragma once

#include <QLatin1String>

/** The Socket.IO event names of the namespace /admin (docs/admin.md). */
namespace dialogue::protocol::admin {

inline constexpr int Version = 1; ///< As hello says it; another one is another protocol.

namespace names {

// NOLINTBEGIN(readability-identifier-naming): each is called what it says.

inline constexpr QLatin1String nsp("/admin");

// Console to server; each is acknowledged, as requests of Dialogue are.
inline constexpr QLatin1String list("admin:list");
inline constexpr QLatin1String get("admin:get");
inline constexpr QLatin1String act("admin:do");
inline constexpr QLatin1String why("admin:why");
inline constexpr QLatin1String trace("admin:trace");
inline constexpr QLatin1String watch("admin:watch");
inline constexpr QLatin1String update("admin:update");
inline constexpr QLatin1String unwatch("admin:unwatch");
inline constexpr QLatin1String credit("admin:credit");

// Server to console.
inline constexpr QLatin1String hello("admin:hello");
inline constexpr QLatin1String batch("admin:batch");
inline constexpr QLatin1String stats("admin:stats");
inline constexpr QLatin1String errors("admin:errors");
inline constexpr QLatin1String audit("admin:audit");
inline constexpr QLatin1String state("admin:state");
inline constexpr QLatin1String resync("admin:resync");

// NOLINTEND(readability-identifier-naming)

} // namespace names
} // namespace dialogue::protocol::admin
