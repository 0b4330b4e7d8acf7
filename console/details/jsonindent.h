#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace dialogue::console {

/**
 * \a json with each member and item in a line of its own, and its numbers and texts as they are written. What
 * is no JSON stays what it is from there on.
 */
[[nodiscard]] QByteArray indentedJson(QByteArrayView json);

} // namespace dialogue::console
