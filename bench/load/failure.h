#pragma once

#include "process/exitcodes.h"

#include <string>

namespace dialogue::bench {

/** Why a run could not be made. */
struct Failure
{
    ExitCode exit = ExitFailed;
    std::string text;
};

} // namespace dialogue::bench
