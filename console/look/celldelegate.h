#pragma once

#include <QStyledItemDelegate>

namespace dialogue::console {

/** Puts what a model has, raw, into words, and numbers to the end of their cell. */
class CellDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    enum class Kind {
        Text,
        Number, ///< 0 is a dash.
        Rate, ///< Likewise.
        Bytes, ///< Likewise.
        Duration, ///< Milliseconds; negative: a dash.
        DateTime, ///< Milliseconds since the Unix epoch; 0: a dash.
        YesOrDash,
    };

    explicit CellDelegate(Kind kind, QObject *parent = nullptr);

    /** From this value on it stands out. */
    void setThreshold(double value) { m_threshold = value; }

    [[nodiscard]] static QString text(Kind kind, const QVariant &value);
    [[nodiscard]] QString displayText(const QVariant &value, const QLocale &locale) const override;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;

private:
    Kind m_kind;
    double m_threshold = 0; ///< 0: there is none.
};

} // namespace dialogue::console
