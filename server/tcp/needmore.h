#pragma once

namespace dialogue {

/** What a parser answers where the bytes end before what it reads does. */
struct NeedMore
{ };

} // namespace dialogue
