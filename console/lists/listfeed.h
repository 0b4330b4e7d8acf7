#pragma once

#include "console/connection/adminconnection.h"

#include <QBasicTimer>
#include <QJsonArray>

#include <chrono>

namespace dialogue::console {

/** Which rows of `admin:list` (docs/admin.md), and how many. */
struct ListQuery
{
    QString what; ///< rooms, clients, slowest, leavers, sanctions or audit.
    QString search = {};
    QString room = {}; ///< Of clients: who is in it.
    QString sort = {}; ///< One that the server has; empty: its own.
    bool descending = false;
    int most = 2000; ///< Rows in all, by pages.

    friend bool operator==(const ListQuery &, const ListQuery &) = default;
};

/** Lists that come in one page, in the order that they are about. */
[[nodiscard]] inline bool hasOwnOrder(const QString &what)
{
    return what == QLatin1String("slowest") || what == QLatin1String("leavers");
}

/**
 * A list of the server's as it is now, and again and again while it is active: page after page, and then a
 * pause. One request is under way at a time.
 */
class ListFeed : public QObject
{
    Q_OBJECT
public:
    static constexpr int PageRows = 500; ///< The most that a server gives at once.

    explicit ListFeed(AdminConnection &connection, QObject *parent = nullptr);

    void setQuery(const ListQuery &query);
    [[nodiscard]] const ListQuery &query() const { return m_query; }
    void setActive(bool active);
    /** From the last page until the first is asked for again. */
    void setPause(std::chrono::milliseconds pause) { m_length = pause; }
    void refresh(); ///< Now, where it is active.

Q_SIGNALS:
    void page(const QJsonArray &rows);
    /** All pages have come; \a total is how many rows the server has, also those that were not asked for. */
    void completed(qint64 total);
    void failed(const dialogue::Error &error);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    void ask(const QString &after);
    void take(const QJsonObject &reply);
    [[nodiscard]] bool wantsMore() const;

    AdminConnection &m_connection;
    ListQuery m_query;
    std::chrono::milliseconds m_length{2000};
    QBasicTimer m_pause;
    quint64 m_generation = 0; ///< Answers to an earlier query are of no use.
    int m_rows = 0;
    int m_pages = 0;
    bool m_isActive = false;
};

} // namespace dialogue::console
