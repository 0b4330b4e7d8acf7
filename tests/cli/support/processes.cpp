#include "processes.h"

#include <QElapsedTimer>
#include <QFile>
#include <QUrl>

#include <csignal>

using namespace Qt::StringLiterals;

namespace dialogue::test {

namespace {

constexpr int Patience = 20000;

QProcessEnvironment environment()
{
    // Neither colours nor a server or token of whoever runs the tests.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"DIALOGUE_URL"_s);
    environment.remove(u"DIALOGUE_TOKEN"_s);
    return environment;
}

Outcome outcome(QProcess &process, const QByteArray &out = {}, const QByteArray &err = {})
{
    if (!process.waitForFinished(Patience)) {
        process.kill();
        process.waitForFinished();
        return {-1, out + process.readAllStandardOutput(), err + process.readAllStandardError()};
    }
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            out + process.readAllStandardOutput(), err + process.readAllStandardError()};
}

} // namespace

ServerProcess::~ServerProcess() { kill(); }

bool ServerProcess::start(const QByteArray &config, quint16 port)
{
    const QString fileName = m_dir.filePath(u"server.yaml"_s);
    QFile file(fileName);
    // All of a test's clients are one address, and ask more than people do.
    const QByteArray rates = config.contains("rateLimit:")
        ? ""
        : "\nrateLimit:\n  global: {maxEvents: 1000000, window: 1s}\n"
          "  requests: {createRoom: {maxEvents: 1000000, window: 1s}}\n";
    if (!file.open(QIODevice::WriteOnly) || file.write(config + rates) != config.size() + rates.size())
        return false;
    file.close();

    m_process = std::make_unique<QProcess>();
    m_process->setStandardErrorFile(m_dir.filePath(u"stderr"_s));
    m_process->start(QStringLiteral(DIALOGUE_SERVER_PROGRAM),
                     {u"--config"_s, fileName, u"--port"_s, QString::number(port)});
    const QByteArray before = "listens on ";
    QByteArray said;
    while (!said.contains('\n') && m_process->waitForReadyRead(Patience))
        said += m_process->readAllStandardOutput();
    const qsizetype at = said.indexOf(before);
    if (at < 0)
        return false;
    m_url = QString::fromUtf8(said.mid(at + before.size())).trimmed();
    return true;
}

void ServerProcess::kill()
{
    if (!m_process)
        return;
    // What a test would only see by what it does not get any more.
    if (m_process->state() == QProcess::NotRunning || m_process->waitForFinished(0)) {
        QFile said(m_dir.filePath(u"stderr"_s));
        if (said.open(QIODevice::ReadOnly))
            qWarning("the server has ended by itself, and said:\n%s",
                     said.readAll().right(16'384).constData());
    }
    m_process->kill();
    m_process->waitForFinished();
    m_process.reset();
}

quint16 ServerProcess::port() const { return static_cast<quint16>(QUrl(m_url).port()); }

NodeServer::~NodeServer()
{
    m_process.closeWriteChannel();
    if (!m_process.waitForFinished(Patience))
        m_process.kill();
}

bool NodeServer::start(const QString &script)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(u"node"_s, {script});
    if (!m_process.waitForReadyRead(Patience))
        return false;
    m_url = u"http://127.0.0.1:"_s + QString::fromLatin1(m_process.readLine().trimmed());
    return true;
}

bool isHarmless(const Outcome &outcome)
{
    const QByteArray all = outcome.out + outcome.err;
    return !all.contains('\x1b') && !all.contains("\u009b") && !all.contains("\u202e");
}

Outcome runProgram(const QString &program, const QStringList &arguments, const QByteArray &input,
                   const QString &outFile)
{
    QProcess process;
    if (!outFile.isEmpty())
        process.setStandardOutputFile(outFile);
    process.setProcessEnvironment(environment());
    process.start(program, arguments);
    process.write(input);
    process.closeWriteChannel();
    return outcome(process);
}

Outcome runDialogue(const QStringList &arguments, const QByteArray &input, const QString &outFile)
{
    return runProgram(QStringLiteral(DIALOGUE_PROGRAM), arguments, input, outFile);
}

RunningProgram::RunningProgram(const QString &program, const QStringList &arguments, const QString &outFile)
{
    if (!outFile.isEmpty())
        m_process.setStandardOutputFile(outFile);
    m_process.setProcessEnvironment(environment());
    m_process.start(program, arguments);
    m_process.closeWriteChannel();
}

RunningProgram::~RunningProgram()
{
    m_process.kill();
    m_process.waitForFinished();
}

void RunningProgram::read()
{
    m_process.waitForReadyRead(100);
    m_out += m_process.readAllStandardOutput();
    m_err += m_process.readAllStandardError();
}

bool RunningProgram::waitForOut(const QByteArray &text)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_out.contains(text) && timer.elapsed() < Patience && m_process.state() != QProcess::NotRunning)
        read();
    return m_out.contains(text);
}

bool RunningProgram::waitForErr(const QByteArray &text)
{
    QElapsedTimer timer;
    timer.start();
    while (!m_err.contains(text) && timer.elapsed() < Patience && m_process.state() != QProcess::NotRunning)
        read();
    return m_err.contains(text);
}

Outcome RunningProgram::interrupt()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGINT);
    return waitForEnd();
}

Outcome RunningProgram::terminate()
{
    ::kill(static_cast<pid_t>(m_process.processId()), SIGTERM);
    return waitForEnd();
}

Outcome RunningProgram::waitForEnd() { return outcome(m_process, m_out, m_err); }

RunningDialogue::RunningDialogue(const QStringList &arguments, const QString &outFile)
    : RunningProgram(QStringLiteral(DIALOGUE_PROGRAM), arguments, outFile)
{ }

} // namespace dialogue::test
