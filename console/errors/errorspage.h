#pragma once

#include "console/errors/limitsfeed.h"
#include "console/errors/refusalfeed.h"
#include "console/look/page.h"

#include <QBasicTimer>

class QComboBox;
class QLabel;
class QLineEdit;
class QSplitter;

namespace dialogue::console {

class ListTable;
class Notice;
class TallyTable;

/** What clients are refused – by code, by user, by request, and the newest –, and who is near a limit. */
class ErrorsPage : public Page
{
    Q_OBJECT
public:
    explicit ErrorsPage(AdminConnection &connection, QWidget *parent = nullptr);
    ~ErrorsPage() override;

    [[nodiscard]] RefusalModel &refusals() { return m_refusals; }
    [[nodiscard]] RefusalFeed &refusalFeed() { return m_feed; }
    [[nodiscard]] LimitsModel &limits() { return m_limits; }
    [[nodiscard]] LimitsFeed &limitsFeed() { return m_limitsFeed; }
    void refresh(); ///< Shows what has come, which it does each second.
    void go(const Place &place) override; ///< To refusals in which the id stands.

protected:
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void timerEvent(QTimerEvent *event) override;

private:
    [[nodiscard]] QWidget *makeNewest();
    [[nodiscard]] QWidget *makeLimits();
    void addActions();
    void take(const QList<RefusalRow> &rows);
    void count(const QString &code, int count);
    void offerCode(const QString &code);
    void showCode(const QString &code);
    void openClient();
    void openRoom();
    [[nodiscard]] const RefusalRow *selected() const; ///< Null: none, or several.
    void tell();

    AdminConnection &m_connection;
    RefusalModel m_refusals;
    LimitsModel m_limits;
    RefusalFeed m_feed;
    LimitsFeed m_limitsFeed;
    TallyTable *m_codes;
    TallyTable *m_users;
    TallyTable *m_requests;
    QComboBox *m_code;
    QLineEdit *m_search;
    ListTable *m_newest;
    Notice *m_newestNotice;
    QLabel *m_footer;
    ListTable *m_limitsTable;
    Notice *m_limitsNotice;
    Notice *m_notice;
    QAction *m_toClient = nullptr;
    QAction *m_toRoom = nullptr;
    QBasicTimer m_clock; ///< While it is visible.
    qint64 m_counted = 0; ///< That are known by number alone.
    bool m_isListed = false;
    QString m_failure;
};

} // namespace dialogue::console
