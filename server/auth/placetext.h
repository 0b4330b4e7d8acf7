#pragma once

#include "server/auth/connectrequest.h"

#include <optional>

namespace dialogue {

/** How far somebody has come, for it to bring with it when it comes back: "<run>-<seq>", the run in
 * hexadecimal digits. */
[[nodiscard]] QByteArray placeText(const RoomsWanted::Place &place);
/** Nothing: \a text is none. */
[[nodiscard]] std::optional<RoomsWanted::Place> placeOf(QByteArrayView text);

} // namespace dialogue
