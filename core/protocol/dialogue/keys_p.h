#pragma once

#include <QLatin1String>

/** The keys of the payloads, each spelled once. */
namespace dialogue::protocol::keys {

// NOLINTBEGIN(readability-identifier-naming): each is called what it says.

inline constexpr QLatin1String after("after");
inline constexpr QLatin1String changes("changes");
inline constexpr QLatin1String clientId("clientId");
inline constexpr QLatin1String code("code");
inline constexpr QLatin1String connections("connections");
inline constexpr QLatin1String createdById("createdById");
inline constexpr QLatin1String data("data");
inline constexpr QLatin1String description("description");
inline constexpr QLatin1String echo("echo");
inline constexpr QLatin1String end("end");
inline constexpr QLatin1String epoch("epoch");
inline constexpr QLatin1String error("error");
inline constexpr QLatin1String event("event");
inline constexpr QLatin1String eventName("eventName");
inline constexpr QLatin1String events("events");
inline constexpr QLatin1String expiresIn("expiresIn");
inline constexpr QLatin1String faults("faults");
inline constexpr QLatin1String from("from");
inline constexpr QLatin1String fromTime("fromTime");
inline constexpr QLatin1String id("id");
inline constexpr QLatin1String limit("limit");
inline constexpr QLatin1String maxSize("maxSize");
inline constexpr QLatin1String message("message");
inline constexpr QLatin1String meta("meta");
inline constexpr QLatin1String more("more");
inline constexpr QLatin1String name("name");
inline constexpr QLatin1String next("next");
inline constexpr QLatin1String offset("offset");
inline constexpr QLatin1String ok("ok");
inline constexpr QLatin1String participants("participants");
inline constexpr QLatin1String path("path");
inline constexpr QLatin1String pointer("pointer");
inline constexpr QLatin1String presence("presence");
inline constexpr QLatin1String reason("reason");
inline constexpr QLatin1String recovered("recovered");
inline constexpr QLatin1String retryAfter("retryAfter");
inline constexpr QLatin1String rev("rev");
inline constexpr QLatin1String roomId("roomId");
inline constexpr QLatin1String roomName("roomName");
inline constexpr QLatin1String rooms("rooms");
inline constexpr QLatin1String rule("rule");
inline constexpr QLatin1String since("since");
inline constexpr QLatin1String subscriptions("subscriptions");
inline constexpr QLatin1String size("size");
inline constexpr QLatin1String start("start");
inline constexpr QLatin1String timestamp("timestamp");
inline constexpr QLatin1String to("to");
inline constexpr QLatin1String toTime("toTime");
inline constexpr QLatin1String token("token");
inline constexpr QLatin1String userId("userId");
inline constexpr QLatin1String users("users");
inline constexpr QLatin1String watch("watch");

// NOLINTEND(readability-identifier-naming)

} // namespace dialogue::protocol::keys
