#include "console/model/figureslog.h"

#include <algorithm>
#include <iterator>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

/** What a sampler that is late by a second has left out is no gap yet. */
constexpr double LongestStep = 2.5;

template <class Samples>
void dropBeyond(Samples &samples, std::size_t most)
{
    while (samples.size() > most)
        samples.pop_front();
}

} // namespace

float FiguresLog::Sample::at(std::size_t place) const
{
    return place < values.size() ? values[place] : std::numeric_limits<float>::quiet_NaN();
}

bool FiguresLog::isGapBetween(const Sample &one, const Sample &next, Resolution resolution)
{
    return one.run != next.run || double(next.time - one.time) > LongestStep * 1000 * secondsOf(resolution);
}

const FiguresLog::Samples &FiguresLog::samples(Resolution resolution) const
{
    return resolution == Resolution::Fine ? m_fine : m_coarse;
}

void FiguresLog::begin(const QString &run)
{
    if (m_run == run)
        return;
    m_run = run;
    ++m_runNumber;
}

std::vector<FiguresLog::Sample> FiguresLog::samplesOf(const ToldFigures &told)
{
    std::vector<std::size_t> places;
    for (const QString &series : told.series) {
        auto found = m_places.constFind(series);
        if (found == m_places.cend() && m_places.size() < ToldFigures::MostSeries) {
            found = m_places.insert(series, std::size_t(m_places.size()));
            m_isMost.push_back(series.endsWith(u"99"));
        }
        places.push_back(found == m_places.cend() ? std::size_t(ToldFigures::MostSeries) : *found);
    }
    std::vector<Sample> all;
    all.reserve(told.rows.size());
    for (const ToldFigures::Row &row : told.rows) {
        Sample sample{row.time, m_runNumber,
                      std::vector<float>(m_isMost.size(), std::numeric_limits<float>::quiet_NaN())};
        for (std::size_t i = 0; i < places.size() && i < row.values.size(); ++i) {
            if (places[i] < sample.values.size())
                sample.values[places[i]] = row.values[i];
        }
        all.push_back(std::move(sample));
    }
    return all;
}

void FiguresLog::addPast(Resolution resolution, const ToldFigures &past)
{
    const bool isFine = resolution == Resolution::Fine;
    Samples &ours = isFine ? m_fine : m_coarse;
    std::vector<Sample> told = samplesOf(past);
    Samples all;
    const auto earlier = [](const Sample &one, const Sample &other) { return one.time < other.time; };
    std::merge(std::make_move_iterator(ours.begin()), std::make_move_iterator(ours.end()),
               std::make_move_iterator(told.begin()), std::make_move_iterator(told.end()),
               std::back_inserter(all), earlier);
    const auto same = [](const Sample &one, const Sample &other) { return one.time == other.time; };
    all.erase(std::unique(all.begin(), all.end(), same), all.end());
    ours = std::move(all);
    dropBeyond(ours, isFine ? MostFine : MostCoarse);
}

void FiguresLog::add(const ToldFigures &newest)
{
    for (Sample &sample : samplesOf(newest)) {
        if (!m_fine.empty() && m_fine.back().time == sample.time)
            continue;
        while (!m_fine.empty() && m_fine.back().time >= sample.time)
            m_fine.pop_back();
        while (!m_coarse.empty() && m_coarse.back().time >= sample.time)
            m_coarse.pop_back();
        m_fine.push_back(std::move(sample));
    }
    coarsen();
    dropBeyond(m_fine, MostFine);
}

void FiguresLog::coarsen()
{
    const qint64 done = newestTime(Resolution::Coarse);
    auto first = std::partition_point(m_fine.cbegin(), m_fine.cend(),
                                      [done](const Sample &each) { return each.time <= done; });
    const int count = secondsOf(Resolution::Coarse);
    for (;;) {
        auto end = first;
        while (end != m_fine.cend() && end - first < count
               && (end == first || !isGapBetween(*std::prev(end), *end, Resolution::Fine)))
            ++end;
        if (end == m_fine.cend() && end - first < count)
            break;
        m_coarse.push_back(merged(first, end));
        first = end;
    }
    dropBeyond(m_coarse, MostCoarse);
}

FiguresLog::Sample FiguresLog::merged(const Samples::const_iterator &first,
                                      const Samples::const_iterator &end) const
{
    const auto last = std::prev(end);
    Sample sum{last->time, last->run, std::vector<float>(m_isMost.size())};
    const auto count = float(end - first);
    for (std::size_t i = 0; i < sum.values.size(); ++i) {
        float &value = sum.values[i];
        if (m_isMost[i])
            value = std::numeric_limits<float>::quiet_NaN();
        for (auto each = first; each != end; ++each)
            value = m_isMost[i] ? std::fmax(value, each->at(i)) : value + each->at(i) / count;
    }
    return sum;
}

qint64 FiguresLog::newestTime(Resolution resolution) const
{
    return samples(resolution).empty() ? 0 : samples(resolution).back().time;
}

std::optional<std::size_t> FiguresLog::placeOf(QStringView series) const
{
    const auto found = m_places.constFind(series.toString());
    return found == m_places.cend() ? std::nullopt : std::optional(*found);
}

std::optional<double> FiguresLog::newest(QStringView series) const { return mostOfLast(series, 0); }

std::optional<double> FiguresLog::mostOfLast(QStringView series, int seconds) const
{
    const std::optional<std::size_t> place = placeOf(series);
    if (!place || m_fine.empty() || std::isnan(m_fine.back().at(*place)))
        return {};
    const qint64 since = m_fine.back().time - seconds * qint64(1000);
    float most = m_fine.back().at(*place);
    for (auto it = m_fine.crbegin(); it != m_fine.crend() && it->time > since; ++it) {
        if (it->run != m_fine.back().run)
            break;
        most = std::fmax(most, it->at(*place));
    }
    return double(most);
}

std::vector<TimePoint> FiguresLog::points(QStringView series, Resolution resolution, qint64 after) const
{
    const std::optional<std::size_t> place = placeOf(series);
    if (!place)
        return {};
    const Samples &all = samples(resolution);
    auto it = std::partition_point(all.begin(), all.end(),
                                   [after](const Sample &each) { return each.time <= after; });
    if (it != all.begin())
        --it;
    std::vector<TimePoint> points;
    points.reserve(std::size_t(all.end() - it));
    for (const Sample *before = nullptr; it != all.end(); before = &*it++) {
        if (before && isGapBetween(*before, *it, resolution))
            points.push_back(TimePoint::gap(before->time));
        points.push_back({it->time, double(it->at(*place))}); // NaN is a gap in itself.
    }
    const auto known = [](const TimePoint &each) { return !each.isGap(); };
    return std::any_of(points.begin(), points.end(), known) ? points : std::vector<TimePoint>();
}

} // namespace dialogue::console
