#pragma once

#include "core/base/result.h"
#include "core/schema/schema.h"

namespace dialogue::config {

/** Reads a JSON Schema from a .json or .yaml file; the Error's message names the file and the place. */
Result<Schema> readSchemaFile(const QString &fileName);

} // namespace dialogue::config
