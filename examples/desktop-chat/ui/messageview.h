#pragma once

#include <QListView>

class QToolButton;

namespace chat {

/** The list of messages. It stays at its end while it is there, and where it is read while it is not. */
class MessageView : public QListView
{
    Q_OBJECT
public:
    explicit MessageView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override;
    void toEnd();

Q_SIGNALS:
    void editWanted(const QModelIndex &index);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void rowsInserted(const QModelIndex &parent, int first, int last) override;

private:
    void copy() const;
    void keepPlace();
    void placeJump();

    QToolButton *m_jump;
    bool m_atEnd = true;
    bool m_grewAbove = false;
    int m_fromEnd = 0;
};

} // namespace chat
