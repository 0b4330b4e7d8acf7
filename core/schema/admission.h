#pragma once

namespace dialogue {

/** What becomes of members of an event's data that its schema does not speak of. */
enum class UnknownMembers {
    Pass, ///< They stay as they are, which is what JSON Schema says.
    Strip, ///< They are taken out, as Zod does.
    Refuse, ///< The data does not fit.
};

/** How data is held to a schema. */
struct Admission
{
    /** An object of which the schema says nothing, or whose other members it allows by name (with
     * additionalProperties), has no unknown members. */
    UnknownMembers unknown = UnknownMembers::Pass;
    bool defaults = false; ///< Members that are missing get the `default` of their schema.
    bool formats = true; ///< `format` is a rule; false: a note.

    bool operator==(const Admission &) const = default;
};

/** Steps one validation may take, besides four for each byte of the data, unless told. */
inline constexpr int DefaultValidationSteps = 20'000;

} // namespace dialogue
