#include "console/details/jsontreeview.h"

#include "console/details/jsondelegate.h"
#include "console/details/jsonparts.h"

#include "core/json/parsed.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>

namespace dialogue::console {

JsonTreeView::JsonTreeView(QWidget *parent)
    : QTreeView(parent)
    , m_model(new JsonTreeModel(this))
{
    setModel(m_model);
    setItemDelegate(new JsonDelegate(this));
    setUniformRowHeights(true);
    setAlternatingRowColors(true);
    setAllColumnsShowFocus(true);
    setAccessibleName(tr("What the event says"));
    setContextMenuPolicy(Qt::ActionsContextMenu);
    const int character = fontMetrics().averageCharWidth();
    setColumnWidth(JsonTreeModel::Name, character * 28);
    setColumnWidth(JsonTreeModel::Value, character * 48);
    setColumnWidth(JsonTreeModel::Type, character * 13);
    setColumnHidden(JsonTreeModel::Fault, true);
    add(tr("Copy value"), QKeySequence::Copy, &JsonTreeView::copyValue);
    add(tr("Copy JSON pointer"), {Qt::CTRL | Qt::SHIFT | Qt::Key_C}, &JsonTreeView::copyPointer);
    m_column = add(tr("Show as column"), {Qt::Key_Insert}, &JsonTreeView::askForColumn);
    add(tr("Filter by this"), {Qt::CTRL | Qt::Key_Return}, &JsonTreeView::askForFilter);
    updateActions();
}

QAction *JsonTreeView::add(const QString &text, const QKeySequence &keys, void (JsonTreeView::*run)())
{
    auto *const action = new QAction(text, this);
    action->setShortcut(keys);
    action->setShortcutContext(Qt::WidgetShortcut);
    connect(action, &QAction::triggered, this, run);
    addAction(action);
    m_all.append(action);
    return action;
}

void JsonTreeView::setEvent(const QByteArray &data, const QByteArray &meta)
{
    m_model->setEvent(data, meta);
    setColumnHidden(JsonTreeModel::Fault, true);
    expandToDepth(0);
    setCurrentIndex(m_model->index(0, 0));
    updateActions();
}

void JsonTreeView::setFaults(const QList<SchemaFault> &faults)
{
    QHash<QString, QString> words;
    for (const SchemaFault &fault : faults) {
        QString pointer = fault.pointer;
        while (!m_model->indexAt(pointer).isValid() && !pointer.isEmpty())
            pointer.truncate(pointer.lastIndexOf(u'/'));
        const QString before = words.value(pointer);
        words.insert(pointer,
                     before.isEmpty() ? fault.message : before + QLatin1String("; ") + fault.message);
        for (QModelIndex at = m_model->indexAt(pointer).parent(); at.isValid(); at = at.parent())
            expand(at);
    }
    m_model->setFaults(words);
    setColumnHidden(JsonTreeModel::Fault, words.isEmpty());
}

void JsonTreeView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTreeView::currentChanged(current, previous);
    updateActions();
}

void JsonTreeView::updateActions()
{
    const bool isSomewhere = currentIndex().isValid();
    for (QAction *const action : std::as_const(m_all))
        action->setEnabled(isSomewhere);
    if (m_column)
        m_column->setEnabled(isSomewhere && m_model->field(currentIndex()) == FilterField::Data);
}

void JsonTreeView::copyValue()
{
    const QByteArray json = currentIndex().data(JsonTreeModel::TextRole).toByteArray();
    QGuiApplication::clipboard()->setText(jsonStringIn(json).value_or(json::fromUtf8(json)));
}

void JsonTreeView::copyPointer()
{
    QGuiApplication::clipboard()->setText(currentIndex().data(JsonTreeModel::PointerRole).toString());
}

void JsonTreeView::askForColumn()
{
    Q_EMIT columnWanted(currentIndex().data(JsonTreeModel::PointerRole).toString());
}

void JsonTreeView::askForFilter()
{
    const QModelIndex at = currentIndex();
    Q_EMIT filterWanted(
        filterTerm(m_model->field(at), m_model->steps(at), at.data(JsonTreeModel::TextRole).toByteArray()));
}

} // namespace dialogue::console
