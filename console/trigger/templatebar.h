#pragma once

#include "console/trigger/triggerstore.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QPushButton;

namespace dialogue::console {

/** Templates: to choose one, to keep what is written under a name, and to be rid of one. */
class TemplateBar : public QWidget
{
    Q_OBJECT
public:
    explicit TemplateBar(QWidget *parent = nullptr);

    /** \a store outlives it, or its use of it. */
    void setStore(TriggerStore *store);
    /** What save takes. */
    void setCurrent(std::function<Trigger()> current) { m_current = std::move(current); }

Q_SIGNALS:
    void chosen(const dialogue::console::Trigger &trigger);
    void failed(const dialogue::Error &error);

private:
    void list();
    void choose(int index);
    void save();
    void remove();
    void tell();

    TriggerStore *m_store = nullptr;
    std::function<Trigger()> m_current;
    QComboBox *m_names;
    QPushButton *m_save;
    QPushButton *m_remove;
};

} // namespace dialogue::console
