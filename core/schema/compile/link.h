#pragma once

#include "core/schema/program.h"

namespace dialogue::schema {

/**
 * What can be said of schemas once all of them are read: how to tell branches apart at a glance, where work
 * may come twice. Gives a schema that applies itself to the same value, over however many others, if there is
 * one: a run would have no end.
 */
const Node *link(Program &program);

} // namespace dialogue::schema
