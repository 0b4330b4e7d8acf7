#pragma once

#include "server/config/issues.h"

#include <QByteArray>

namespace dialogue::config {

/** Whether \a text is UTF-8 and made of characters that YAML allows (1.2.2, section 5.1); an issue says where
 * it is not, and what to do. */
[[nodiscard]] bool isReadable(const QByteArray &text, Issues &issues);

} // namespace dialogue::config
