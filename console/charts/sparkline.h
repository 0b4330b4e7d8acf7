#pragma once

#include "console/model/timepoint.h"

#include <QWidget>

#include <vector>

namespace dialogue::console {

/** The way of one figure at a glance, without axes; what it says stands beside it in words. */
class Sparkline : public QWidget
{
    Q_OBJECT
public:
    explicit Sparkline(QWidget *parent = nullptr);

    /** Times in milliseconds since the Unix epoch. */
    void setPoints(std::vector<TimePoint> points, qint64 from, qint64 to);
    void setFaded(bool isFaded);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::vector<TimePoint> m_points;
    qint64 m_from = 0;
    qint64 m_to = 0;
    bool m_isFaded = false;
};

} // namespace dialogue::console
