#pragma once

namespace dialogue::schema {

// What one validation may cost; the validator and the explanation after it keep to the same.

/** Depth of nested data up to which a schema that walks it is applied; the rest is refused. */
constexpr int kMaxDataDepth = 64;

/**
 * Schemas applied in one validation at most. References make the work grow faster than schema and data: an
 * allOf of two references to itself doubles it with each level of the data.
 */
constexpr int kMaxSteps = 300'000;

} // namespace dialogue::schema
