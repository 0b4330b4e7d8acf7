#pragma once

#include "console/details/jsontreemodel.h"

#include "core/base/error.h"

#include <QTreeView>

namespace dialogue::console {

/** The tree of what an event says, and what can be done with a place in it: by its menu, or by keys. */
class JsonTreeView : public QTreeView
{
    Q_OBJECT
public:
    explicit JsonTreeView(QWidget *parent = nullptr);

    void setEvent(const QByteArray &data, const QByteArray &meta);
    /** Shows them where they are; those of which nothing is there stand at what they are missing in. */
    void setFaults(const QList<SchemaFault> &faults);

    [[nodiscard]] JsonTreeModel &jsonModel() { return *m_model; }

Q_SIGNALS:
    void columnWanted(const QString &pointer);
    void filterWanted(const QString &term);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;

private:
    QAction *add(const QString &text, const QKeySequence &keys, void (JsonTreeView::*run)());
    void copyValue();
    void copyPointer();
    void askForColumn();
    void askForFilter();
    void updateActions();

    JsonTreeModel *m_model;
    QList<QAction *> m_all;
    QAction *m_column = nullptr;
};

} // namespace dialogue::console
