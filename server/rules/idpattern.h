#pragma once

#include <QStringView>

namespace dialogue {

/** Whether \a id is like \a pattern, in which "*" stands for any characters, or none. */
[[nodiscard]] bool matchesPattern(QStringView id, QStringView pattern);

} // namespace dialogue
