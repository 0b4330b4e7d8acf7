#pragma once

#include <QLatin1StringView>

namespace dialogue {

// What may stand for an address to listen on.

/** What begins an address that is a Unix socket's: "unix:/run/dialogue.sock". */
inline constexpr auto UnixPrefix = QLatin1StringView("unix:");
/** What is listened on was opened by systemd, and handed over (sd_listen_fds(3)). */
inline constexpr auto HandedOver = QLatin1StringView("systemd");
/** Nothing is listened on; all clients come through Dialogue::accept(). */
inline constexpr auto NoListener = QLatin1StringView("none");

} // namespace dialogue
