#pragma once

#include "bench/load/mark.h"

#include <string>
#include <string_view>

namespace dialogue::bench {

/** What goes over the WebSockets of a run. */
enum class Wire {
    Dialogue, ///< Socket.IO with dialogue:* events.
    Plain, ///< A room is a path; a text message is an event's data, and goes to everybody in the room.
    Nats, ///< The NATS protocol; a room is a subject.
};

} // namespace dialogue::bench

/** The few dialogue:* messages of a run (docs/protocol.md), as the JSON of a Socket.IO event. */
namespace dialogue::bench::wire {

/** The names are printable ASCII without quotes and backslashes (loadOptions sees to it). */
std::string request(std::string_view name, std::string_view room);
std::string subscribe(std::string_view room, std::string_view event);
std::string createRoom(std::string_view room);
/** Sets \a out to what sends an event; its data carries \a mark and has \a size bytes. */
void trigger(std::string &out, Wire wire, std::string_view room, std::string_view event, const Mark &mark,
             std::size_t size);

/** What a NATS client says first, and how it takes part; the answer to the PING tells that it does. */
constexpr std::string_view NatsConnect
    = "CONNECT {\"verbose\":false,\"pedantic\":false,\"lang\":\"c++\",\"version\":\"1\",\"protocol\":0}\r\n";
constexpr std::string_view NatsPing = "PING\r\n";
constexpr std::string_view NatsPong = "PONG\r\n";
std::string natsSubscribe(std::string_view room);

/** Where \a room is read as server-sent events: `/events` of Dialogue's, else where its WebSockets are. */
std::string streamPath(Wire wire, std::string_view path, std::string_view room, std::string_view event);

/** Whether \a json is the event called \a name. */
bool isEvent(std::string_view json, std::string_view name);

/** Whether \a json has \a room as one of its strings: the event may be about somebody else's. */
bool names(std::string_view json, std::string_view room);

struct Refusal
{
    std::string code; ///< "ROOM_NOT_FOUND"; empty when the server said none.
    std::string text; ///< Code and message.
};

/** What a `["dialogue:error",{...}]` says. */
Refusal refusal(std::string_view json);

/** "40", with `{"token":...}` when there is one. */
std::string connectPacket(const std::string &token);

} // namespace dialogue::bench::wire
