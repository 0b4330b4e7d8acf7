#pragma once

#include "console/form/fieldvalues.h"

#include <QAbstractSpinBox>

namespace dialogue::console {

/** A number of JSON: whole ones of 64 bits to the last digit, which QSpinBox and QDoubleSpinBox cannot. It
 * takes what is out of the range of its schema, too; that is the validator's to say. */
class NumberBox : public QAbstractSpinBox
{
    Q_OBJECT
public:
    NumberBox(bool isWhole, const IntegerRange &range, QWidget *parent = nullptr);

    /** Undefined where what is written is none. */
    [[nodiscard]] QJsonValue value() const;
    void setValue(const QJsonValue &value);

    [[nodiscard]] QValidator::State validate(QString &text, int &position) const override;
    void fixup(QString &) const override { }
    void stepBy(int steps) override;

Q_SIGNALS:
    void edited();

protected:
    [[nodiscard]] StepEnabled stepEnabled() const override;

private:
    bool m_isWhole;
    IntegerRange m_range;
};

} // namespace dialogue::console
