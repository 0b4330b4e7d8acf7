#pragma once

#include "cli/base/exitcodes.h"

#include <string>

namespace dialogue::bench {

/** Why a run could not be made. */
struct Failure
{
    cli::ExitCode exit = cli::ExitFailed;
    std::string text;
};

} // namespace dialogue::bench
