#pragma once

#include "console/connection/detailsfeed.h"
#include "console/why/timelinemodel.h"

#include <QWidget>

class QCheckBox;

namespace dialogue::console {

class Notice;

/** What became of a client, also of one that has left, as long as somebody looks; and, where he wants to,
 * when each event was sent to it. */
class TimelineView : public QWidget
{
    Q_OBJECT
public:
    explicit TimelineView(AdminConnection &connection, QWidget *parent = nullptr);
    ~TimelineView() override;

    void setClient(const QString &id); ///< Empty: none.

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void take(const QJsonObject &timeline);
    void trace(bool isWanted);

    AdminConnection &m_connection;
    DetailsFeed m_feed;
    TimelineModel m_model;
    QCheckBox *m_trace;
    Notice *m_notice;
    QString m_traced; ///< The client that we trace; empty: none.
};

} // namespace dialogue::console
