#pragma once

#include <QLatin1String>

/** The Socket.IO event names of Dialogue's own protocol (docs/protocol.md). */
namespace dialogue::protocol::names {

// NOLINTBEGIN(readability-identifier-naming): each is called what it says.

// Client to server.
inline constexpr QLatin1String join("dialogue:join");
inline constexpr QLatin1String leave("dialogue:leave");
inline constexpr QLatin1String subscribe("dialogue:subscribe");
inline constexpr QLatin1String unsubscribe("dialogue:unsubscribe");
inline constexpr QLatin1String subscribeAll("dialogue:subscribeAll");
inline constexpr QLatin1String trigger("dialogue:trigger");
inline constexpr QLatin1String listRooms("dialogue:listRooms");
inline constexpr QLatin1String getHistory("dialogue:getHistory");
inline constexpr QLatin1String participants("dialogue:participants");
inline constexpr QLatin1String createRoom("dialogue:createRoom");
inline constexpr QLatin1String deleteRoom("dialogue:deleteRoom");
inline constexpr QLatin1String refresh("dialogue:refresh");

// Server to client.
inline constexpr QLatin1String connected("dialogue:connected");
inline constexpr QLatin1String joined("dialogue:joined");
inline constexpr QLatin1String left("dialogue:left");
inline constexpr QLatin1String unsubscribed("dialogue:unsubscribed");
inline constexpr QLatin1String event("dialogue:event");
inline constexpr QLatin1String gap("dialogue:gap");
inline constexpr QLatin1String presence("dialogue:presence");
inline constexpr QLatin1String rooms("dialogue:rooms");
inline constexpr QLatin1String roomCreated("dialogue:roomCreated");
inline constexpr QLatin1String roomDeleted("dialogue:roomDeleted");
inline constexpr QLatin1String history("dialogue:history");
inline constexpr QLatin1String historyResponse("dialogue:historyResponse");
inline constexpr QLatin1String error("dialogue:error");

// NOLINTEND(readability-identifier-naming)

} // namespace dialogue::protocol::names
