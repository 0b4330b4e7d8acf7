#pragma once

#include <QAbstractButton>

namespace dialogue::console {

/** A line's name and value below its chart; checked while the line is shown. */
class LegendEntry : public QAbstractButton
{
    Q_OBJECT
public:
    /** Where \a isAlone there is nothing to choose. */
    LegendEntry(int line, const QString &name, bool isAlone, QWidget *parent = nullptr);

    void setValue(const QString &value);
    [[nodiscard]] const QString &value() const { return m_value; }
    void setFaded(bool isFaded); ///< The value is not of now.

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    const int m_line;
    QString m_value;
    bool m_isFaded = false;
    int m_valueWidth = 0; ///< The widest there was, so that nothing moves with each figure.
};

} // namespace dialogue::console
