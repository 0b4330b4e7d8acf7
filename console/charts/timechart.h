#pragma once

#include "console/charts/chartdata.h"

#include <QStringList>
#include <QWidget>

class QLabel;

namespace dialogue::console {

class ChartPlot;
class Crosshair;
class LegendEntry;

/**
 * Figures over time: a title, the lines with their axes, and what they are called with their values: the
 * newest, or those at the crosshair, which charts of one page share. Lines are told apart by colour and by
 * mark, and each can be switched off.
 */
class TimeChart : public QWidget
{
    Q_OBJECT
public:
    /** \a crosshair outlives it. MostLines names at most. */
    TimeChart(const QString &title, const QStringList &names, ChartUnit unit, Crosshair &crosshair,
              QWidget *parent = nullptr);

    /** A line for each of the names. */
    void setData(ChartData data);
    void setFaded(bool isFaded); ///< What is shown is not of now.
    [[nodiscard]] ChartPlot *plot() const { return m_plot; }
    [[nodiscard]] const std::vector<LegendEntry *> &legend() const { return m_legend; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void tellValues();
    void colorTexts();

    Crosshair &m_crosshair;
    QLabel *m_title;
    QLabel *m_time;
    ChartPlot *m_plot;
    std::vector<LegendEntry *> m_legend;
};

} // namespace dialogue::console
