#pragma once

#include <QStringList>

namespace dialogue::config {

/** What may stand as the algorithm of a key. */
QStringList jwtAlgorithmNames();

} // namespace dialogue::config
