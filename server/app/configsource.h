#pragma once

#include "server/config/configfile.h"

#include <QString>

namespace dialogue {

/** Reads the configuration \a fileName; "-" is the standard input, and the files that it names are then
 * sought from where we are. */
[[nodiscard]] ConfigReport configFrom(const QString &fileName);
[[nodiscard]] QString shownName(const QString &fileName);

/** Prints what is wrong or doubtful in a configuration, a line each. */
void printIssues(const ConfigReport &report);

} // namespace dialogue
