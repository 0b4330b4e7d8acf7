#pragma once

#include "console/model/timepoint.h"
#include "console/model/toldfigures.h"

#include <QHash>

#include <deque>
#include <optional>
#include <vector>

namespace dialogue::console {

/**
 * A server's figures over time: each second of a quarter of an hour, and each ten seconds of a day, as the
 * server keeps them itself, so that what it tells of its past continues ours. Names of series are the
 * server's; those that nobody here knows are kept as the others are. 3 MB at most. Times in milliseconds
 * since the Unix epoch, by the server's clock.
 */
class FiguresLog
{
public:
    enum class Resolution { Fine, Coarse };
    static constexpr std::size_t MostFine = 15 * 60;
    static constexpr std::size_t MostCoarse = ToldFigures::MostRows;
    [[nodiscard]] static constexpr int secondsOf(Resolution resolution)
    {
        return resolution == Resolution::Fine ? 1 : 10;
    }

    /** What comes from now on is of this run of the server: between two of them there is a gap. */
    void begin(const QString &run);
    /** Moments that are here already stay as they are. */
    void addPast(Resolution resolution, const ToldFigures &past);
    /** What the server tells each second. Where its clock went back, the time it has once more begins anew.
     */
    void add(const ToldFigures &newest);

    [[nodiscard]] bool isEmpty() const { return m_fine.empty() && m_coarse.empty(); }
    [[nodiscard]] qint64 newestTime(Resolution resolution) const; ///< 0: none.
    /** Nothing where this server does not tell that series. */
    [[nodiscard]] std::optional<double> newest(QStringView series) const;
    /** The most of the last \a seconds; nothing as above. */
    [[nodiscard]] std::optional<double> mostOfLast(QStringView series, int seconds) const;
    /** The oldest first, those after \a after and the one before them, with gaps where nothing is known;
     * empty as above. */
    [[nodiscard]] std::vector<TimePoint> points(QStringView series, Resolution resolution,
                                                qint64 after = 0) const;

private:
    struct Sample
    {
        qint64 time;
        quint32 run;
        std::vector<float> values; ///< By place; shorter: those behind were not told.

        [[nodiscard]] float at(std::size_t place) const;
    };
    using Samples = std::deque<Sample>;

    [[nodiscard]] static bool isGapBetween(const Sample &one, const Sample &next, Resolution resolution);
    [[nodiscard]] const Samples &samples(Resolution resolution) const;
    [[nodiscard]] std::vector<Sample> samplesOf(const ToldFigures &told);
    [[nodiscard]] std::optional<std::size_t> placeOf(QStringView series) const;
    [[nodiscard]] Sample merged(const Samples::const_iterator &first,
                                const Samples::const_iterator &end) const;
    void coarsen();

    Samples m_fine;
    Samples m_coarse;
    QHash<QString, std::size_t> m_places;
    std::vector<bool> m_isMost; ///< By place: of several moments the most, instead of the mean.
    QString m_run;
    quint32 m_runNumber = 0;
};

} // namespace dialogue::console
