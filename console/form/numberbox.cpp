#include "console/form/numberbox.h"

#include "core/json/jsondata.h"

#include <QLineEdit>
#include <QRegularExpression>

#include <cmath>

namespace dialogue::console {

using namespace Qt::StringLiterals;

NumberBox::NumberBox(bool isWhole, const IntegerRange &range, QWidget *parent)
    : QAbstractSpinBox(parent)
    , m_isWhole(isWhole)
    , m_range(range)
{
    setCorrectionMode(CorrectToPreviousValue);
    setAccelerated(true);
    connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::edited);
}

QJsonValue NumberBox::value() const
{
    const QString text = lineEdit()->text().trimmed();
    bool isIt = false;
    const qint64 whole = text.toLongLong(&isIt);
    if (isIt)
        return whole;
    if (m_isWhole)
        return QJsonValue::Undefined;
    const double number = text.toDouble(&isIt); // In the C locale, as JSON is.
    return isIt && std::isfinite(number) ? QJsonValue(number) : QJsonValue(QJsonValue::Undefined);
}

void NumberBox::setValue(const QJsonValue &value)
{
    const std::optional<qint64> whole = wholeNumber(value);
    lineEdit()->setText(whole ? QString::number(*whole) : QString::fromLatin1(JsonData(value).text()));
}

QValidator::State NumberBox::validate(QString &text, int &) const
{
    static const QRegularExpression wholeBegun(u"^-?[0-9]{0,19}$"_s);
    static const QRegularExpression numberBegun(u"^-?[0-9]{0,40}(\\.[0-9]{0,40})?([eE][+-]?[0-9]{0,3})?$"_s);
    if (!(m_isWhole ? wholeBegun : numberBegun).match(text).hasMatch())
        return QValidator::Invalid;
    bool isIt = false;
    m_isWhole ? void(text.toLongLong(&isIt)) : void(text.toDouble(&isIt));
    return isIt ? QValidator::Acceptable : QValidator::Intermediate;
}

void NumberBox::stepBy(int steps)
{
    const QJsonValue now = value();
    const std::optional<qint64> whole = now.isUndefined() ? std::optional<qint64>(0) : wholeNumber(now);
    if (!whole) {
        setValue(now.toDouble() + steps * double(m_range.step));
    } else {
        qint64 by = 0;
        qint64 next = 0;
        const bool isBeyond = __builtin_mul_overflow(m_range.step, qint64(steps), &by)
            || __builtin_add_overflow(*whole, by, &next);
        if (isBeyond)
            next = steps > 0 ? m_range.most : m_range.least;
        setValue(std::max(std::min(next, m_range.most), m_range.least));
    }
    selectAll();
    Q_EMIT edited();
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const
{
    const QJsonValue now = value();
    StepEnabled can = StepNone;
    if (now.isUndefined() || now.toDouble() < double(m_range.most))
        can |= StepUpEnabled;
    if (now.isUndefined() || now.toDouble() > double(m_range.least))
        can |= StepDownEnabled;
    return can;
}

} // namespace dialogue::console
