#pragma once

#include "console/trigger/triggerstore.h"

#include <QWidget>

class QPushButton;
class QTreeWidget;

namespace dialogue::console {

/** What was sent before, the newest first; each can be taken up again. */
class SentList : public QWidget
{
    Q_OBJECT
public:
    explicit SentList(QWidget *parent = nullptr);
    void setStore(TriggerStore *store);

Q_SIGNALS:
    void chosen(const dialogue::console::Trigger &trigger);

private:
    void list();
    void choose();

    TriggerStore *m_store = nullptr;
    QTreeWidget *m_list;
    QPushButton *m_use;
};

} // namespace dialogue::console
