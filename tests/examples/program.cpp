#include "program.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace dialogue::test {

Program::Program(const QString &file, const QStringList &arguments, const QStringList &environment)
{
    // Wherever Qt would log to otherwise.
    m_process.setEnvironment(QProcess::systemEnvironment() + environment
                             + QStringList{u"QT_FORCE_STDERR_LOGGING=1"_s});
    m_process.setProcessChannelMode(QProcess::MergedChannels);
    m_process.start(file, arguments, QIODevice::ReadOnly);
    if (!m_process.waitForStarted())
        m_said = "cannot start " + file.toUtf8() + ": " + m_process.errorString().toUtf8();
}

Program::~Program()
{
    m_process.kill();
    m_process.waitForFinished();
}

bool Program::waitFor(const QByteArray &text)
{
    const QDeadlineTimer deadline(30000);
    while (!m_said.contains(text) && !deadline.hasExpired()) {
        const bool ended = !m_process.waitForReadyRead(100) && m_process.state() == QProcess::NotRunning;
        m_said += m_process.readAll();
        if (ended)
            break;
    }
    return m_said.contains(text);
}

QUrl Program::waitForUrl()
{
    const QByteArray before = "Listening on ";
    if (!waitFor(before))
        return {};
    const qsizetype begin = m_said.indexOf(before) + before.size();
    if (!m_said.contains('\n') || m_said.indexOf('\n', begin) < 0)
        return {};
    return QUrl(QString::fromUtf8(m_said.mid(begin, m_said.indexOf('\n', begin) - begin)));
}

} // namespace dialogue::test
