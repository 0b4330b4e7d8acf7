#pragma once

#include "bench/load/layout.h"
#include "bench/load/upgrade.h"
#include "bench/load/wire.h"
#include "process/arguments.h"

#include <chrono>
#include <optional>
#include <string>

#include <sys/types.h>

namespace dialogue::bench {

/** One run, as asked for. */
struct LoadOptions
{
    Target target = {};
    Wire wire = Wire::Dialogue;
    std::string authorities = {}; ///< Of the server's certificate, a file; the system's when empty.
    std::string token = {}; ///< `auth.token` of the CONNECT; none when empty.
    int subscribers = 100;
    Layout layout = {}; ///< Rooms and publishers.
    int idle = 0; ///< Connections that only sit there.
    int stalled = 0; ///< Subscribers that stop reading once they have joined.
    double rate = 0; ///< Events a second in all; 0: as fast as it goes.
    int window = 16; ///< As fast as it goes: events of one stream on their way to its subscribers.
    std::size_t size = 200; ///< Bytes of an event's data.
    std::chrono::milliseconds warmup{1000};
    std::chrono::milliseconds duration{10000};
    int ramp = 256; ///< Connections being made at a time.
    bool streams = false; ///< Subscribers read server-sent events.
    std::string event = "tick";
    std::string room = {}; ///< One room by name, in the place of roomPrefix.
    std::string roomPrefix = "bench-";
    bool spins = false; ///< Never sleep: no sender pays for waking us.
    std::optional<pid_t> serverPid = {};
    bool json = false;

    [[nodiscard]] std::string roomName(int index) const
    {
        return room.empty() ? roomPrefix + std::to_string(index) : room;
    }
};

/** The command as the shell sees it. */
Syntax loadSyntax();

/** The options out of a command line; the error names the option. */
Result<LoadOptions> loadOptions(const Arguments &arguments);

/** "http://host:port/path/", or https://; ws:// and wss:// are the same. The path is Socket.IO's or "/" if
 * there is none. */
Result<Target> readTarget(const QString &url, Wire wire = Wire::Dialogue);

} // namespace dialogue::bench
