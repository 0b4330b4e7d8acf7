#pragma once

#include "console/charts/chartdata.h"
#include "console/charts/crosshair.h"
#include "console/charts/decimation.h"
#include "console/charts/plotscale.h"

#include <QPixmap>
#include <QStringList>
#include <QWidget>

namespace dialogue::console {

/**
 * The lines of a chart with their axes. The mouse, or the arrow keys, move the crosshair: Page Up and Page
 * Down by a tenth, Home and End to the oldest and the newest, Escape ends it. Painted anew when the data
 * change; what moves over it costs a copy.
 */
class ChartPlot : public QWidget
{
    Q_OBJECT
public:
    ChartPlot(const QStringList &names, ChartUnit unit, Crosshair &crosshair, QWidget *parent = nullptr);

    void setData(ChartData data);
    [[nodiscard]] const ChartData &data() const { return m_data; }
    void setShown(int line, bool isShown);
    void setFaded(bool isFaded); ///< What is shown is not of now.

    /** At the crosshair; without one the newest. Of several points in one column all of them. */
    [[nodiscard]] ValueSpan valuesOf(int line) const;
    [[nodiscard]] QString textOf(int line) const;
    [[nodiscard]] QString words() const; ///< What is shown, as a sentence.
    [[nodiscard]] const PlotScale &scale() const;

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void repaintAll();
    void paintPicture() const;
    void paintCrosshair(QPainter &painter) const;
    void lookAt(qint64 time);

    const QStringList m_names;
    const ChartUnit m_unit;
    Crosshair &m_crosshair;
    ChartData m_data;
    std::vector<bool> m_shown;
    bool m_isFaded = false;
    mutable QPixmap m_picture; ///< Null: to be painted anew.
    mutable PlotScale m_scale;
};

} // namespace dialogue::console
