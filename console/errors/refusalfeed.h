#pragma once

#include "console/connection/adminwatch.h"
#include "console/errors/refusalmodel.h"

namespace dialogue::console {

/** What clients are refused: the newest that the server has, and then as it happens. After a restart of the
 * server it begins anew. */
class RefusalFeed : public QObject
{
    Q_OBJECT
public:
    static constexpr int PageRows = 500;
    static constexpr int MostPages = 4; ///< Of what was before.

    explicit RefusalFeed(AdminConnection &connection, QObject *parent = nullptr);

    void setActive(bool active);

Q_SIGNALS:
    void rows(const QList<dialogue::console::RefusalRow> &rows); ///< Some may have been told before.
    /** So many of \a code are not shown: there were too many. */
    void counted(const QString &code, int count);
    void listed(); ///< What was before is here.
    void began(); ///< All that was told before is of another run.
    void failed(const dialogue::Error &error);

private:
    void list(const QString &after, int pages);

    AdminConnection &m_connection;
    AdminWatch m_watch;
    QString m_run;
    quint64 m_generation = 0; ///< Of lists.
};

} // namespace dialogue::console

Q_DECLARE_METATYPE(dialogue::console::RefusalRow)
