#pragma once

#include "server/config/issues.h"
#include "server/config/node.h"

namespace dialogue::config {

/**
 * Puts what the environment holds in the place of `${NAME}`, and of `${NAME:-otherwise}` where it is unset or
 * empty, in the values below \a root; `$${` stands for `${`. What was put in is taken as it is, and never
 * shown: Node::written stands for it in messages. What is wrong is told in \a issues.
 */
void fillInVariables(Node &root, Issues &issues);

} // namespace dialogue::config
