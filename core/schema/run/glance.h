#pragma once

#include "core/schema/run/run.h"

#include <QVarLengthArray>

namespace dialogue::schema {

/** The value of a telling member. */
struct Run::GlancePart
{
    const char *at = nullptr; ///< Null: there is none.
    unsigned type = 0;
    // Of a string in its quotes, and of a whole number of few digits; otherwise as if it were any.
    qsizetype leastBytes = 0;
    qsizetype mostBytes = Count::Unbounded;
    qint64 least = std::numeric_limits<qint64>::min();
    qint64 most = std::numeric_limits<qint64>::max();

    [[nodiscard]] bool mayBe(const Possible &possible) const
    {
        return (type & possible.types) && mostBytes >= possible.bytes.least
            && leastBytes <= possible.bytes.most && most >= possible.least && least <= possible.most;
    }
};

/** What a first look at a value shows: its type, and what an object's telling members are. */
struct Run::Glance
{
    const char *at;
    unsigned type;
    QVarLengthArray<GlancePart, 16> parts; ///< By their number in Branches::probes.
    /** A bit for each of the first 64 that is there, or may be: of those behind what was looked at nothing is
     * known, nor which get a default. */
    quint64 present = ~quint64(0);

    [[nodiscard]] bool hasAll(quint64 required) const { return (present & required) == required; }
    [[nodiscard]] const char *valueOf(std::size_t probe) const
    {
        return parts.isEmpty() ? nullptr : parts[qsizetype(probe)].at;
    }
};

} // namespace dialogue::schema
