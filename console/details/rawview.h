#pragma once

#include <QByteArray>
#include <QWidget>

class QCheckBox;
class QPlainTextEdit;
class QPushButton;

namespace dialogue::console {

/** A JSON text as it came, or with each member in a line of its own. Of a long one the beginning, until all
 * is asked for. */
class RawView : public QWidget
{
    Q_OBJECT
public:
    static constexpr qsizetype Beginning = 64 * 1024;

    explicit RawView(QWidget *parent = nullptr);

    void setText(const QByteArray &json);
    [[nodiscard]] QString shownText() const;

private:
    void update();

    QByteArray m_json;
    bool m_showsAll = false;
    QCheckBox *m_isIndented;
    QPushButton *m_all;
    QPlainTextEdit *m_text;
};

} // namespace dialogue::console
