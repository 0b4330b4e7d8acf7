#pragma once

#include "console/connection/adminconnection.h"
#include "console/model/figureslog.h"

#include <QThreadPool>

namespace dialogue::console {

/**
 * A server's figures, as long as they are wanted: what it has kept from before, then the newest each second;
 * begins again where the connection was lost. The past, a megabyte or two, is read in a thread of its own.
 */
class FiguresFeed : public QObject
{
    Q_OBJECT
public:
    explicit FiguresFeed(AdminConnection &connection, QObject *parent = nullptr);
    ~FiguresFeed() override;

    void start();
    void stop();

    [[nodiscard]] const FiguresLog &log() const { return m_log; }

Q_SIGNALS:
    void changed(); ///< The log.
    void failed(const dialogue::Error &error);

private:
    void enter();
    void askPast(FiguresLog::Resolution resolution);
    void watch();

    AdminConnection &m_connection;
    FiguresLog m_log;
    bool m_isWanted = false;
    bool m_isWatching = false;
    quint64 m_generation = 0; ///< What was asked before is of no use any more.
    QThreadPool m_reader; // Ends before what it tells.
};

} // namespace dialogue::console
