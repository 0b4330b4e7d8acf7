#include "server/admin/statshistory.h"

#include "core/json/objectwriter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace dialogue::admin {

namespace {

void appendNumber(QByteArray &to, double value) { to += QByteArray::number(value, 'g', 7); }

template <class Samples>
void keep(Samples &samples, typename Samples::value_type &&sample, std::size_t most)
{
    samples.push_back(std::move(sample));
    if (samples.size() > most)
        samples.pop_front();
}

} // namespace

void StatsHistory::add(qint64 time, const StatsValues &values)
{
    const Sample sample{time, {values.begin(), values.end()}};
    m_next.push_back(sample);
    keep(m_fine, Sample(sample), Fine.most);
    if (int(m_next.size()) < Coarse.seconds)
        return;
    keep(m_coarse, merged(time, m_next), Coarse.most);
    m_next.clear();
}

StatsHistory::Sample StatsHistory::merged(qint64 time, const std::vector<Sample> &samples)
{
    Sample sum{time, std::vector<float>(samples.front().values.size())};
    const std::span<const Series> series = statsSeries();
    for (std::size_t i = 0; i < sum.values.size(); ++i) {
        const bool isMost = series[i].kind == SeriesKind::Percentile99;
        for (const Sample &each : samples) {
            sum.values[i] = isMost ? std::max(sum.values[i], each.values[i])
                                   : sum.values[i] + each.values[i] / float(samples.size());
        }
    }
    return sum;
}

QByteArray StatsHistory::json(const Step &step, qint64 since) const
{
    const std::deque<Sample> &all = step.seconds == Fine.seconds ? m_fine : m_coarse;
    const auto first = std::partition_point(all.begin(), all.end(),
                                            [since](const Sample &each) { return each.time <= since; });
    QByteArray times = "[";
    std::vector<QByteArray> columns(statsSeries().size(), "[");
    for (auto it = first; it != all.end(); ++it) {
        const char *const separator = it == first ? "" : ",";
        times += separator + QByteArray::number(it->time);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            columns[i] += separator;
            appendNumber(columns[i], double(it->values[i]));
        }
    }
    json::ObjectWriter series;
    for (std::size_t i = 0; i < columns.size(); ++i)
        series.text(statsSeries()[i].name, columns[i] + ']');
    json::ObjectWriter out;
    out.number("step"_L1, step.seconds);
    out.text("times"_L1, times + ']');
    out.text("series"_L1, series.take());
    return out.take();
}

QByteArray StatsHistory::newestJson() const
{
    json::ObjectWriter values;
    for (std::size_t i = 0; !m_fine.empty() && i < statsSeries().size(); ++i) {
        QByteArray number;
        appendNumber(number, double(m_fine.back().values[i]));
        values.text(statsSeries()[i].name, number);
    }
    json::ObjectWriter out;
    out.number("time"_L1, m_fine.empty() ? 0 : m_fine.back().time);
    out.text("values"_L1, values.take());
    return out.take();
}

} // namespace dialogue::admin
