#pragma once

#include "console/connection/adminwatch.h"

#include <QBasicTimer>
#include <QTableView>

namespace dialogue::console {

/** Watches the rows that a table shows, of rooms or of clients, and no others: what becomes of them is told
 * as it happens. */
class LiveTable : public QObject
{
    Q_OBJECT
public:
    static constexpr int FollowMs = 150; ///< From a change of what is shown until the server is told.
    static constexpr int MostRows = 500; ///< That a server takes.

    /** \a connection and \a table outlive it; the model of \a table has SortedTableModel::IdRole. */
    LiveTable(AdminConnection &connection, QTableView &table, const AdminWatch::Kind &kind,
              QObject *parent = nullptr);

    void setActive(bool active);
    [[nodiscard]] bool isOn() const { return m_watch.isOn(); }
    /** What is shown may be others. */
    void follow();

Q_SIGNALS:
    void row(const QJsonObject &row); ///< As `admin:list` has it.
    void gone(const QString &id);
    void passed(); ///< All of a message were told.

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    [[nodiscard]] QStringList shownIds() const;
    void take(const QJsonObject &message);

    QTableView &m_table;
    AdminWatch m_watch;
    QBasicTimer m_pause;
    bool m_isActive = false;
};

} // namespace dialogue::console
