#pragma once

#include "console/connection/detailsfeed.h"
#include "console/look/place.h"
#include "console/model/clientlistmodel.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QTabWidget;
class QTreeWidget;

namespace dialogue::console {

class FieldList;
class ListPane;
class Notice;

/** One room: what it is, its events with their schemas, who is in it. */
class RoomView : public QWidget
{
    Q_OBJECT
public:
    explicit RoomView(AdminConnection &connection, QWidget *parent = nullptr);
    ~RoomView() override;

    /** Empty: none, as \a count are selected. */
    void setRoom(const QString &id, int count);
    /** Empty where another room is shown. */
    [[nodiscard]] QString descriptionOf(const QString &id) const;

Q_SIGNALS:
    void wanted(const dialogue::console::Place &place);

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void take(const QJsonObject &room);
    void showEvents(const QJsonArray &events);
    void showSchema();

    DetailsFeed m_feed;
    ClientListModel m_clients;
    QString m_description;
    QJsonArray m_events;
    QLabel *m_title;
    FieldList *m_fields;
    QTreeWidget *m_eventList;
    QPlainTextEdit *m_schema;
    ListPane *m_participants;
    QTabWidget *m_tabs;
    Notice *m_notice;
};

} // namespace dialogue::console
