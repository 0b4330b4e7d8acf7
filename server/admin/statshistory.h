#pragma once

#include "server/admin/statsseries.h"

#include <QByteArray>
#include <QtGlobal>

#include <deque>

namespace dialogue::admin {

/**
 * What was, so that who comes has a past to look at: each second of a quarter of an hour, and each ten
 * seconds of a day, of which each is the mean of its ten, or the most of a percentile. 1 MB at most.
 */
class StatsHistory
{
public:
    struct Step
    {
        int seconds;
        std::size_t most;
    };
    static constexpr Step Fine{1, 15 * 60};
    static constexpr Step Coarse{10, 24 * 60 * 60 / 10};

    void add(qint64 time, const StatsValues &values); ///< \a time in milliseconds since 1970; each second.

    /** `{"step":1,"times":[...],"series":{"connections":[...], ...}}`, the oldest first, of those after \a
     * since. */
    [[nodiscard]] QByteArray json(const Step &step, qint64 since) const;
    /** `{"time":...,"values":{"connections":...}}` of the newest; empty values where there is none yet. */
    [[nodiscard]] QByteArray newestJson() const;

private:
    struct Sample
    {
        qint64 time;
        std::vector<float> values; // Some 7 digits: to be looked at.
    };
    [[nodiscard]] static Sample merged(qint64 time, const std::vector<Sample> &samples);

    std::deque<Sample> m_fine;
    std::deque<Sample> m_coarse;
    std::vector<Sample> m_next; ///< Of the coarse one that is not yet whole.
};

} // namespace dialogue::admin
