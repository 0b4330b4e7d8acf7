#pragma once

#include "console/connection/detailsfeed.h"
#include "console/look/place.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace dialogue::console {

class FieldList;
class Notice;
class TimelineView;

/** One client: who it is, what it is subscribed to, what it said of itself, what became of it; of one that
 * has left that alone. */
class ClientView : public QWidget
{
    Q_OBJECT
public:
    explicit ClientView(AdminConnection &connection, QWidget *parent = nullptr);

    /** Empty: none, as \a count are selected. */
    void setClient(const QString &id, int count);
    [[nodiscard]] QStringList rooms() const { return m_rooms; } ///< That it is in.

Q_SIGNALS:
    void wanted(const dialogue::console::Place &place);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void take(const QJsonObject &client);
    void takeGone();
    void showRooms(const QJsonArray &rooms);

    DetailsFeed m_feed;
    QStringList m_rooms;
    QJsonArray m_subscriptions;
    QLabel *m_title;
    FieldList *m_fields;
    QTreeWidget *m_roomList;
    FieldList *m_headers;
    QPlainTextEdit *m_meta;
    TimelineView *m_timeline;
    QTabWidget *m_tabs;
    Notice *m_notice;
};

} // namespace dialogue::console
