#pragma once

#include "console/model/eventcolumns.h"

#include <QByteArray>

namespace dialogue::console {

/**
 * A row as a line of NDJSON, an object with the fields that it has, under the names that filters know them
 * by; a gap has `gap`, its reason, and `count`,
 * where that is known. The data is written as it came, without blanks; what is no
 * JSON as a text, in `dataText`.
 */
[[nodiscard]] QByteArray ndjsonLine(const EventSegment &segment, int row);

/**
 * A row as a line of CSV (RFC 4180), UTF-8; times by ISO 8601, in UTC. Who sends events chooses their texts,
 * and a table calculates what begins as a formula: such a text gets an apostrophe in front, as it does where
 * somebody types it in.
 */
[[nodiscard]] QByteArray csvHeader(const QList<PointerColumn> &pointers);
[[nodiscard]] QByteArray csvLine(const EventSegment &segment, int row, const QList<PointerColumn> &pointers);

} // namespace dialogue::console
