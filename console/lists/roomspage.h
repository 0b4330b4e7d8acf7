#pragma once

#include "console/lists/roomrates.h"
#include "console/look/page.h"
#include "console/model/roomlistmodel.h"

#include <QElapsedTimer>
#include <QHash>

class QAction;

namespace dialogue::console {

class AdminConnection;
class ListPane;
class RoomView;

/** All rooms, and one of them in full. */
class RoomsPage : public Page
{
    Q_OBJECT
public:
    explicit RoomsPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~RoomsPage() override;

    void go(const Place &place) override; ///< To a room.

Q_SIGNALS:
    /** An event is to be triggered in \a room. */
    void triggerWanted(const QString &room);

private:
    void addActions();
    void showSelected();
    void updateActions();
    [[nodiscard]] QStringList selected() const;

    AdminConnection &m_connection;
    RoomListModel m_model;
    RoomRates m_rates;
    QHash<QString, double> m_told; ///< Rates that the server has counted, of rooms that are to be seen.
    QElapsedTimer m_clock;
    ListPane *m_list;
    RoomView *m_room;
    struct Own
    {
        QAction *action;
        QString operation; ///< That the account must have; empty: none.
        int least; ///< Of rooms that are selected.
        int most;
    };
    QList<Own> m_own;
};

} // namespace dialogue::console
