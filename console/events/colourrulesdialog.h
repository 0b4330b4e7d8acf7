#pragma once

#include "console/events/colourrules.h"
#include "console/events/filteredit.h"

#include <QDialog>

class QComboBox;
class QLabel;
class QListWidget;
class QPushButton;

namespace dialogue::console {

/** Which events get which colour. */
class ColourRulesDialog : public QDialog
{
    Q_OBJECT
public:
    ColourRulesDialog(const ColourRules &rules, FilterEdit::Vocabulary vocabulary, QWidget *parent = nullptr);

    [[nodiscard]] ColourRules rules() const { return ColourRules(m_rules); }

private:
    void add();
    void removeCurrent();
    void move(int by);
    void showCurrent();
    void takeCurrent();
    void tellRow(int row);
    void update();

    QList<ColourRule> m_rules;
    bool m_isShowing = false;
    QListWidget *m_list;
    QWidget *m_form;
    QComboBox *m_by;
    FilterEdit *m_text;
    QLabel *m_fault;
    QComboBox *m_tone;
    QComboBox *m_paints;
    QPushButton *m_add;
    QPushButton *m_remove;
    QPushButton *m_up;
    QPushButton *m_down;
    QPushButton *m_ok;
};

} // namespace dialogue::console
