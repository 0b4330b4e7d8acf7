#pragma once

#include "server/app/loglimit.h"
#include "server/app/logline.h"

#include <QtGlobal>

#include <mutex>

namespace dialogue {

/**
 * While it lives, what is logged goes to the standard error as lines (logLine()), from all threads. Where
 * nobody takes them off a pipe they are lost, and counted, and nobody waits. One per process.
 */
class LogWriter
{
public:
    explicit LogWriter(bool isJson);
    ~LogWriter();
    Q_DISABLE_COPY_MOVE(LogWriter)

private:
    static void handle(QtMsgType type, const QMessageLogContext &context, const QString &message);
    void take(QtMsgType type, const QByteArray &category, const QString &message);
    void write(QtMsgType type, const QByteArray &category, const QString &message);

    const LogStyle m_style;
    std::mutex m_mutex;
    LogLimit m_limit;
    int m_lost = 0; ///< Lines, since the last that was taken.
};

} // namespace dialogue
