#include "console/overview/overviewcharts.h"

#include "console/charts/columnslayout.h"
#include "console/charts/timechart.h"
#include "console/look/wording.h"
#include "console/overview/thresholds.h"

#include <QCoreApplication>
#include <QFontMetrics>

#include <algorithm>
#include <array>
#include <tuple>

using namespace Qt::StringLiterals;

namespace dialogue::console {

namespace {

constexpr int MostColumns = 3;
constexpr int ColumnCharacters = 56;

struct ChartKind
{
    struct Line
    {
        QLatin1String series;
        const char *name;
    };
    const char *title;
    ChartUnit unit;
    std::vector<Line> lines;
};

const std::vector<ChartKind> &chartKinds()
{
    static const std::vector<ChartKind> Kinds{
        {QT_TRANSLATE_NOOP("OverviewCharts", "Traffic, each second"),
         ChartUnit::Rate,
         {{"events"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Events")},
          {"messagesIn"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Messages in")},
          {"framesOut"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Frames out")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Connections"),
         ChartUnit::Number,
         {{"connections"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Clients")},
          {"tcpConnections"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "TCP")},
          {"readers"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Readers of streams")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Turns of the hub"),
         ChartUnit::Seconds,
         {{"hubTurnMedian"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Median")},
          {"hubTurn99"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "99th percentile")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "What waits"),
         ChartUnit::Bytes,
         {{"hubWaitingBytes"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "For the hub")},
          {"mailboxBytes"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "In mailboxes")},
          {"sendQueueBytes"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "For readers")},
          {"storeQueueBytes"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "For the store")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Drops and refusals, each second"),
         ChartUnit::Rate,
         {{"framesDropped"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Frames dropped")},
          {"slowReaders"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Slow readers")},
          {"refusals"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Refusals")},
          {"rateLimited"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Rate limited")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Memory"),
         ChartUnit::Bytes,
         {{"residentMemory"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Of the process")},
          {"memoryUsed"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Of the budget")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Processor time, of one core"),
         ChartUnit::Share,
         {{"processorTime"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Processor time")}}},
        {QT_TRANSLATE_NOOP("OverviewCharts", "Descriptors"),
         ChartUnit::Number,
         {{"openFiles"_L1, QT_TRANSLATE_NOOP("OverviewCharts", "Open")}}},
    };
    return Kinds;
}

QString chartText(const char *text) { return QCoreApplication::translate("OverviewCharts", text); }

std::optional<ChartThreshold> lineOf(const ChartKind &kind, const FiguresLog &log)
{
    for (const ChartKind::Line &line : kind.lines) {
        if (line.series == "openFiles"_L1) {
            const std::optional<double> most = log.newest(u"mostFiles");
            if (most && *most > 0)
                return ChartThreshold{*most,
                                      chartText(QT_TRANSLATE_NOOP("OverviewCharts", "at most %1"))
                                          .arg(valueText(kind.unit, *most))};
        } else if (line.series == "hubTurn99"_L1) {
            const double slow = thresholdOf(line.series)->warning;
            return ChartThreshold{slow,
                                  chartText(QT_TRANSLATE_NOOP("OverviewCharts", "slow from %1"))
                                      .arg(valueText(kind.unit, slow))};
        }
    }
    return {};
}

} // namespace

OverviewCharts::OverviewCharts(QWidget *parent)
    : QWidget(parent)
{
    const int width = QFontMetrics(font()).horizontalAdvance(u'0') * ColumnCharacters;
    auto *const grid = new ColumnsLayout({.width = width, .most = MostColumns}, this);
    grid->setContentsMargins({});
    grid->setSpacing(8);
    for (const ChartKind &kind : chartKinds()) {
        QStringList names;
        for (const ChartKind::Line &line : kind.lines)
            names.append(chartText(line.name));
        auto *const chart = new TimeChart(chartText(kind.title), names, kind.unit, m_crosshair);
        grid->addWidget(chart);
        m_charts.push_back(chart);
    }
}

void OverviewCharts::setFigures(const FiguresLog &log, int seconds, bool isNow)
{
    using R = FiguresLog::Resolution;
    const R resolution = std::size_t(seconds) <= FiguresLog::MostFine ? R::Fine : R::Coarse;
    const qint64 newest = log.newestTime(resolution);
    if (std::tie(m_seconds, m_newest, m_isNow) == std::tie(seconds, newest, isNow))
        return;
    m_seconds = seconds;
    m_newest = newest;
    m_isNow = isNow;
    const qint64 from = newest > 0 ? newest - seconds * qint64(1000) : 0;
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        const ChartKind &kind = chartKinds()[i];
        ChartData data{.from = from,
                       .to = newest,
                       .step = FiguresLog::secondsOf(resolution) * qint64(1000),
                       .threshold = lineOf(kind, log)};
        for (const ChartKind::Line &line : kind.lines) {
            std::vector<TimePoint> points = log.points(QString(line.series), resolution, from);
            const bool isTold = log.isEmpty() || !points.empty() || log.newest(QString(line.series));
            data.lines.push_back({std::move(points), isTold});
        }
        m_charts[i]->setData(std::move(data));
        m_charts[i]->setFaded(!isNow);
    }
}

TimeChart *OverviewCharts::chartOf(const QString &series) const
{
    for (std::size_t i = 0; i < m_charts.size(); ++i) {
        const std::vector<ChartKind::Line> &lines = chartKinds()[i].lines;
        if (std::any_of(lines.begin(), lines.end(),
                        [&series](const ChartKind::Line &line) { return line.series == series; }))
            return m_charts[i];
    }
    return nullptr;
}

} // namespace dialogue::console
