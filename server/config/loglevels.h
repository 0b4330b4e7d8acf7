#pragma once

#include "core/base/result.h"
#include "server/export.h"

#include <QString>
#include <QStringList>

namespace dialogue {

/** "error", "warning", "info" and "debug": each says what the ones before it say too. */
DIALOGUE_SERVER_EXPORT QStringList logLevelNames();

/** The logging categories of a server, without the "dialogue." before each. */
DIALOGUE_SERVER_EXPORT QStringList logCategoryNames();

/**
 * The filter rules of QLoggingCategory for what --log-level says: levels, or categories with theirs,
 * separated by commas: "debug", "gateway=debug,info". Of two for one category the last holds, and one for a
 * category goes before the one for all.
 */
DIALOGUE_SERVER_EXPORT Result<QString> logFilterRules(const QString &levels);

/** What is wrong with such a text; empty: nothing. */
QString logLevelProblem(const QString &levels);

} // namespace dialogue
