#pragma once

#include "console/connection/adminconnection.h"
#include "console/look/page.h"
#include "console/overview/figuresfeed.h"

class QLabel;
class QScrollArea;

namespace dialogue::console {

class Notice;
class OverviewCharts;
class OverviewTiles;

/** How a server is: its newest figures, each with a word where it is one to look after, and what they were.
 * Where the connection is away it stays, and says so. Its actions are the ranges of time. */
class OverviewPage : public Page
{
    Q_OBJECT
public:
    /** \a connection outlives it. */
    explicit OverviewPage(AdminConnection &connection, QWidget *parent = nullptr);

    [[nodiscard]] OverviewTiles *tiles() const { return m_tiles; }
    [[nodiscard]] OverviewCharts *charts() const { return m_charts; }

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QWidget *makeHead();
    void addRange(int seconds, const QString &text, const QString &name);
    void tellState();
    void showFigures();
    void showChart(const QString &series);

    AdminConnection &m_connection;
    FiguresFeed m_feed;
    QLabel *m_server;
    QLabel *m_remark; ///< What is the matter with what is shown.
    OverviewTiles *m_tiles;
    OverviewCharts *m_charts;
    QScrollArea *m_scroll;
    Notice *m_notice;
    QString m_failure; ///< Why the server tells none.
    int m_seconds;
};

} // namespace dialogue::console
