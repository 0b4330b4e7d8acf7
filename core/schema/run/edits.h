#pragma once

#include "core/schema/run/run.h"

#include <QByteArray>

namespace dialogue::schema {

/** The key of the first member in \a text that no schema speaks of, by \a marks; null: there is none. */
const char *findUnknown(QByteArrayView text, const std::vector<Mark> &marks);

/**
 * \a text with the defaults of what is missing, if \a strips without its unknown members; null where that is
 * what it is already.
 */
QByteArray edited(QByteArrayView text, std::vector<Mark> marks, bool strips);

} // namespace dialogue::schema
