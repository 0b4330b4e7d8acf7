#pragma once

#include "cli/bench/mark.h"

#include <string>
#include <string_view>

/** The few dialogue:* messages of the bench (protocol, section 3), as the JSON of a Socket.IO event. */
namespace dialogue::bench::wire {

/** The names are printable ASCII without quotes and backslashes (benchOptions sees to it). */
std::string request(std::string_view name, std::string_view room);
std::string subscribe(std::string_view room, std::string_view event);
std::string createRoom(std::string_view room);
/** Sets \a out to a trigger whose data carries \a mark and has \a size bytes. */
void trigger(std::string &out, std::string_view room, std::string_view event, const Mark &mark,
             std::size_t size);

/** Whether \a json is the event called \a name. */
bool isEvent(std::string_view json, std::string_view name);

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
