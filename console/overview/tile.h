#pragma once

#include "console/model/timepoint.h"
#include "console/overview/thresholds.h"

#include <QAbstractButton>

class QLabel;

namespace dialogue::console {

class Sparkline;

/** One figure: its newest value, its last minutes, and a word where it is one to look after. Leads to what is
 * behind it. */
class Tile : public QAbstractButton
{
    Q_OBJECT
public:
    explicit Tile(const QString &label, QWidget *parent = nullptr);

    void setValue(const QString &value, const Verdict &verdict);
    void setPoints(std::vector<TimePoint> points, qint64 from, qint64 to);
    void setFaded(bool isFaded); ///< What is shown is not of now.
    [[nodiscard]] QString value() const;
    [[nodiscard]] const Verdict &verdict() const { return m_verdict; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void colorTexts();

    QLabel *m_label;
    QLabel *m_value;
    Sparkline *m_sparkline;
    QLabel *m_word;
    Verdict m_verdict;
    bool m_isFaded = false;
};

} // namespace dialogue::console
