#pragma once

#include <QList>
#include <QObject>

#include <functional>

class QAction;
class QKeySequence;
class QMenu;
class QToolBar;

namespace dialogue::console {

/** What the page of events can do: with a text and keys each, in a tool bar and in the menu of a row. */
class EventCommands : public QObject
{
    Q_OBJECT
public:
    enum Command {
        Pause,
        Newest,
        Clear,
        Find,
        FindNext,
        FindPrevious,
        Copy,
        TriggerAgain,
        AskWhy,
        ExportShown,
        ExportSelected,
        Mark,
        NextMark,
        PreviousMark,
        Columns,
        Details,
        Colours,
        CommandCount
    };

    explicit EventCommands(QWidget &page);

    [[nodiscard]] QAction &operator[](Command command) const { return *m_actions[command]; }
    void on(Command command, QObject *context, const std::function<void()> &run);
    void fill(QToolBar &bar) const;
    void fillRowMenu(QMenu &menu) const;
    /** What has other keys elsewhere on the page has them in \a widget. */
    void limitTo(QWidget &widget) const;

private:
    QList<QAction *> m_actions;
};

} // namespace dialogue::console
