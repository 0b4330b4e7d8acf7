#pragma once

#include "core/base/result.h"

#include <QString>
#include <QStringList>

namespace dialogue {

/** "error", "warning", "info" and "debug": each says what the ones before it say too. */
QStringList logLevelNames();

/** The logging categories of a server, without the "dialogue." before each. */
QStringList logCategoryNames();

/**
 * The filter rules of QLoggingCategory for what --log-level says: levels, or categories with theirs,
 * separated by commas: "debug", "gateway=debug,info". Of two for one category the last holds, and one for a
 * category goes before the one for all.
 */
Result<QString> logFilterRules(const QString &levels);

} // namespace dialogue
