#pragma once

#include "console/charts/crosshair.h"
#include "console/model/figureslog.h"

#include <QWidget>

#include <vector>

namespace dialogue::console {

class TimeChart;

/** The figures over time, in one to three columns, over one range of time. */
class OverviewCharts : public QWidget
{
    Q_OBJECT
public:
    explicit OverviewCharts(QWidget *parent = nullptr);

    /** The last \a seconds; what was shown already is not painted anew. */
    void setFigures(const FiguresLog &log, int seconds, bool isNow);
    /** That of the figure; nothing: none shows it. */
    [[nodiscard]] TimeChart *chartOf(const QString &series) const;
    [[nodiscard]] const std::vector<TimeChart *> &charts() const { return m_charts; }

private:
    Crosshair m_crosshair;
    std::vector<TimeChart *> m_charts;
    int m_seconds = 0;
    qint64 m_newest = -1;
    bool m_isNow = true;
};

} // namespace dialogue::console
