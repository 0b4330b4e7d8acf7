#pragma once

#include <QByteArray>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>

namespace dialogue::test {

/** A dialogue-server of its own process, on any free port, with rooms to try commands on. */
class ServerProcess
{
public:
    ServerProcess() = default;
    ~ServerProcess();

    /** Starts it with \a config (YAML); false when it did not come up. \a port 0: any. */
    [[nodiscard]] bool start(const QByteArray &config, quint16 port = 0);
    void kill();

    [[nodiscard]] QString url() const { return m_url; }
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] qint64 pid() const { return m_process ? m_process->processId() : 0; }

private:
    QTemporaryDir m_dir;
    std::unique_ptr<QProcess> m_process;
    QString m_url;
};

/** A server of ours for node, on npm socket.io; it ends with this. */
class NodeServer
{
public:
    ~NodeServer();

    /** False without node, or before `npm ci` in tests/interop. */
    [[nodiscard]] bool start(const QString &script);
    [[nodiscard]] QString url() const { return m_url; }

private:
    QProcess m_process;
    QString m_url;
};

/** A run of a program. */
struct Outcome
{
    int exitCode = -1; ///< -1: it did not end in time, or not by itself.
    QByteArray out;
    QByteArray err;
};

/** Whether it wrote nothing by which a terminal would do more than show it. */
bool isHarmless(const Outcome &outcome);

/** Runs \a program to its end; with stdout going to \a outFile where there is one. */
Outcome runProgram(const QString &program, const QStringList &arguments, const QByteArray &input = {},
                   const QString &outFile = {});
/** The same with `dialogue`. */
Outcome runDialogue(const QStringList &arguments, const QByteArray &input = {}, const QString &outFile = {});

/** A run of a program that goes on until it is told to end. */
class RunningProgram
{
public:
    explicit RunningProgram(const QString &program, const QStringList &arguments,
                            const QString &outFile = {});
    ~RunningProgram();

    /** Waits until stdout (or stderr) holds \a text. */
    [[nodiscard]] bool waitForOut(const QByteArray &text);
    [[nodiscard]] bool waitForErr(const QByteArray &text);
    [[nodiscard]] QByteArray out() const { return m_out; }
    Outcome interrupt(); ///< Ctrl-C.
    Outcome terminate(); ///< SIGTERM.
    Outcome waitForEnd();

private:
    void read();

    QProcess m_process;
    QByteArray m_out;
    QByteArray m_err;
};

class RunningDialogue : public RunningProgram
{
public:
    explicit RunningDialogue(const QStringList &arguments, const QString &outFile = {});
};

} // namespace dialogue::test
