#pragma once

#include "core/base/result.h"

#include <QJsonObject>

namespace dialogue::console {

/** "Would reach 3 participants", or why nobody knows. */
[[nodiscard]] QString reachWords(const Result<qint64> &reached);

/** What became of a trigger, of which \a done were done before. */
[[nodiscard]] QString outcomeWords(const Result<QJsonObject> &outcome, int done);

/** What a server says is wrong with the data, with pointers from there; none where it is something else. */
[[nodiscard]] QList<SchemaFault> faultsOfData(const Error &error);

} // namespace dialogue::console
