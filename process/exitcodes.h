#pragma once

namespace dialogue {

/** What scripts can tell apart (docs/cli.md). */
enum ExitCode {
    ExitOk = 0,
    ExitFailed = 1, ///< It ran, and something of what was asked for did not come about.
    ExitUsage = 2, ///< The command line is wrong; nothing was tried.
    ExitRefused = 3, ///< The server answered with an error.
    ExitNoConnection = 4, ///< No server, or it did not answer in time.
};

} // namespace dialogue
