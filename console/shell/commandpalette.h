#pragma once

#include <QDialog>
#include <QList>

class QAction;
class QLineEdit;
class QListWidget;

namespace dialogue::console {

/** Everything that can be done here and now, by a few letters of its name. */
class CommandPalette : public QDialog
{
    Q_OBJECT
public:
    struct Entry
    {
        QAction *action;
        QString group; ///< Of which it is: a page, or a menu.
    };

    explicit CommandPalette(QList<Entry> entries, QWidget *parent = nullptr);

    /** How well \a typed fits \a text: its letters in this order, best where they begin words and stand
     * together. Negative: not at all. */
    [[nodiscard]] static int fit(QStringView typed, QStringView text);
    /** What was chosen; null: nothing. */
    [[nodiscard]] QAction *chosen() const { return m_chosen; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void offer(const QString &typed);
    void choose();

    const QList<Entry> m_entries;
    QLineEdit *m_typed;
    QListWidget *m_list;
    QAction *m_chosen = nullptr;
};

} // namespace dialogue::console
