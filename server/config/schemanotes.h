#pragma once

#include "core/schema/schema.h"
#include "server/config/issues.h"
#include "server/config/node.h"

namespace dialogue::config {

/**
 * Tells in \a issues what of \a schema, which \a node at \a path declares, has no effect: a keyword that
 * nearly is one is an error; others, and formats that are not known, are warnings. What begins with "x-" is
 * its author's own.
 */
void tellSchemaNotes(const Schema &schema, const Node &node, const QString &path, Issues &issues);

} // namespace dialogue::config
