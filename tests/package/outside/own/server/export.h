#pragma once

/** The program's own, and nobody's business but its. */
inline constexpr int OwnServer = 1;
