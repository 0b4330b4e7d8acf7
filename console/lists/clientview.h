#pragma once

#include "console/lists/detailsfeed.h"
#include "console/look/place.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace dialogue::console {

class FieldList;
class Notice;

/** One client: who it is, what it is subscribed to, what it said of itself. */
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
    void showRooms(const QJsonArray &rooms);

    DetailsFeed m_feed;
    QStringList m_rooms;
    QJsonArray m_subscriptions;
    QLabel *m_title;
    FieldList *m_fields;
    QTreeWidget *m_roomList;
    FieldList *m_headers;
    QPlainTextEdit *m_meta;
    QTabWidget *m_tabs;
    Notice *m_notice;
};

} // namespace dialogue::console
