#pragma once

namespace dialogue::schema {

class Compiler;
struct Context;

/**
 * Notes which keywords of a schema, that is read, exclude one another. It is a schema none the less, as the
 * specification has it, and one that hardly anybody means.
 */
void noteContradictions(Compiler &compiler, const Context &context);

} // namespace dialogue::schema
