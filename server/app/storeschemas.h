#pragma once

#include <QString>

namespace dialogue {

/** `store check FILE --config CONFIG`: holds all that \a path has to what the configuration declares. */
int checkSchemas(const QString &path, const QString &configFile);

} // namespace dialogue
