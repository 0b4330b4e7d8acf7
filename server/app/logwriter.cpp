#include "server/app/logwriter.h"

#include <QDateTime>

#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace dialogue {

namespace {

// Qt's message handler is a plain function.
LogWriter *writer = nullptr; // NOLINT(cppcoreguidelines-avoid-non-const-global-variables)

/** Whether the standard error is journald's, which says so by device and inode (systemd.exec(5)). */
bool isStandardErrorJournals()
{
    struct stat status = {};
    const QByteArray journal = qgetenv("JOURNAL_STREAM");
    if (journal.isEmpty() || ::fstat(STDERR_FILENO, &status) != 0)
        return false;
    return journal
        == QByteArray::number(quint64(status.st_dev)) + ':' + QByteArray::number(quint64(status.st_ino));
}

/** A pipe that is ready takes a line whole: it has less than PIPE_BUF bytes. */
bool isTaken(const QByteArray &line)
{
    pollfd polled{STDERR_FILENO, POLLOUT, 0};
    return ::poll(&polled, 1, 0) == 1 && (polled.revents & POLLOUT) != 0
        && ::write(STDERR_FILENO, line.constData(), size_t(line.size())) > 0;
}

} // namespace

LogWriter::LogWriter(bool isJson)
    : m_style{.isJson = isJson, .hasPriority = isStandardErrorJournals()}
{
    writer = this;
    qInstallMessageHandler(handle);
}

LogWriter::~LogWriter()
{
    qInstallMessageHandler(nullptr);
    writer = nullptr;
}

void LogWriter::handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    writer->take(type, context.category, message);
}

void LogWriter::take(QtMsgType type, const QByteArray &category, const QString &message)
{
    const std::scoped_lock lock(m_mutex);
    const LogLimit::Verdict verdict = m_limit.take(category, type, LogLimit::Clock::now());
    if (!verdict.mayWrite && type != QtFatalMsg)
        return;
    if (verdict.leftOut > 0) {
        write(type, category,
              QStringLiteral("%1 more lines like these were left out: there are %2 a second at most")
                  .arg(verdict.leftOut)
                  .arg(LogLimit::LinesPerSecond));
    }
    write(type, category, message);
}

void LogWriter::write(QtMsgType type, const QByteArray &category, const QString &message)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (m_lost > 0
        && isTaken(logLine(now, QtWarningMsg, "dialogue.server",
                           QStringLiteral("%1 lines were lost, as nobody took them").arg(m_lost), m_style)))
        m_lost = 0;
    if (m_lost > 0 || !isTaken(logLine(now, type, category, message, m_style, LogScope::current())))
        ++m_lost;
}

} // namespace dialogue
