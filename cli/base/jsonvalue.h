#pragma once

#include "core/base/result.h"
#include "core/json/jsondata.h"

#include <QByteArray>
#include <QList>

namespace dialogue::cli {

/** One JSON value of any kind, a bare string or number included. As text where QJsonValue would change its
 * numbers. */
Result<JsonData> readJson(const QByteArray &text);

/** What is piped in: one value, over as many lines as it likes; or else a value in each line. A byte order
 * mark before it is no part of it. */
Result<QList<JsonData>> readJsonValues(const QByteArray &input);

} // namespace dialogue::cli
