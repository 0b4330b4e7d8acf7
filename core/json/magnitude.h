#pragma once

#include <QByteArrayView>

namespace dialogue::json {

/** Whether \a number, which is one of JSON's, is less than 1 in either direction. By its digits: Qt says of
 * one that no double holds neither whether it is too large nor whether it is too small. */
[[nodiscard]] bool isBelowOne(QByteArrayView number);

} // namespace dialogue::json
