#include "console/events/eventcommands.h"

#include <QAction>
#include <QKeySequence>
#include <QMenu>
#include <QToolBar>
#include <QWidget>

namespace dialogue::console {

EventCommands::EventCommands(QWidget &page)
    : QObject(&page)
{
    struct Entry
    {
        QString text;
        QKeySequence keys;
        bool isCheckable = false;
    };
    const QList<Entry> entries{{tr("Pause"), {Qt::CTRL | Qt::SHIFT | Qt::Key_P}, true},
                               {tr("Jump to newest"), {Qt::CTRL | Qt::Key_End}},
                               {tr("Clear"), {Qt::CTRL | Qt::SHIFT | Qt::Key_L}},
                               {tr("Find\u2026"), QKeySequence::Find},
                               {tr("Find next"), QKeySequence::FindNext},
                               {tr("Find previous"), QKeySequence::FindPrevious},
                               {tr("Copy as NDJSON"), QKeySequence::Copy},
                               {tr("Trigger one like it\u2026"), {Qt::CTRL | Qt::Key_T}},
                               {tr("Why did somebody not get it?\u2026"), {Qt::CTRL | Qt::Key_Y}},
                               {tr("Export what is shown\u2026"), {Qt::CTRL | Qt::Key_E}},
                               {tr("Export the selection\u2026"), {Qt::CTRL | Qt::SHIFT | Qt::Key_E}},
                               {tr("Mark\u2026"), {Qt::CTRL | Qt::Key_M}},
                               {tr("Next mark"), {Qt::Key_F2}},
                               {tr("Previous mark"), {Qt::SHIFT | Qt::Key_F2}},
                               {tr("Columns\u2026"), {Qt::CTRL | Qt::SHIFT | Qt::Key_K}},
                               {tr("Details"), {Qt::CTRL | Qt::Key_I}, true},
                               {tr("Colours\u2026"), {}}};
    for (const Entry &entry : entries) {
        auto *const action = new QAction(entry.text, &page);
        action->setShortcut(entry.keys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        action->setCheckable(entry.isCheckable);
        page.addAction(action);
        m_actions.append(action);
    }
    Q_ASSERT(m_actions.size() == CommandCount);
}

void EventCommands::on(Command command, QObject *context, const std::function<void()> &run)
{
    connect(m_actions[command], &QAction::triggered, context, run);
}

void EventCommands::fill(QToolBar &bar) const
{
    for (const Command command : {Pause, Clear, Find, ExportShown, Mark, Columns, Colours, Details})
        bar.addAction(m_actions[command]);
}

void EventCommands::limitTo(QWidget &widget) const
{
    m_actions[Copy]->setShortcutContext(Qt::WidgetShortcut);
    widget.addAction(m_actions[Copy]);
}

void EventCommands::fillRowMenu(QMenu &menu) const
{
    for (const Command command : {Copy, TriggerAgain, AskWhy, ExportSelected, Mark, NextMark, PreviousMark})
        menu.addAction(m_actions[command]);
}

} // namespace dialogue::console
