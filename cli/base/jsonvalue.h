#pragma once

#include "core/base/result.h"

#include <QByteArray>
#include <QJsonValue>
#include <QList>

namespace dialogue::cli {

/** One JSON value of any kind, a bare string or number included. */
Result<QJsonValue> readJson(const QByteArray &text);

/** What is piped in: one value, over as many lines as it likes; or else a value in each line. A byte order
 * mark before it is no part of it. */
Result<QList<QJsonValue>> readJsonValues(const QByteArray &input);

} // namespace dialogue::cli
