#pragma once

#include "console/events/filteredit.h"
#include "console/model/eventquery.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QComboBox;
class QLabel;

namespace dialogue::console {

/** Which of the events that are here are shown: by a text, or by a filter. */
class NarrowBar : public QWidget
{
    Q_OBJECT
public:
    explicit NarrowBar(FilterEdit::Vocabulary vocabulary, QWidget *parent = nullptr);

    [[nodiscard]] EventQuery query() const;
    [[nodiscard]] FilterEdit &edit() { return *m_edit; }
    void setFilter(const QString &filter);
    void clear();

Q_SIGNALS:
    void queryChanged();

private:
    void changeSoon();

    QComboBox *m_kind;
    FilterEdit *m_edit;
    QCheckBox *m_gaps;
    QLabel *m_fault;
    QTimer m_timer;
};

} // namespace dialogue::console
