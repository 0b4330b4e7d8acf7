#pragma once

namespace dialogue {

/** Why a publication is delivered. */
enum class Occasion {
    Live, ///< It has just been published.
    Replay, ///< The receiver missed it and asked for what it missed: no policy drops it.
};

} // namespace dialogue
