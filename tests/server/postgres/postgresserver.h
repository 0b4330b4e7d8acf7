#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <unistd.h>

namespace dialogue::test {

/** A PostgreSQL of the test's own, as a user that is not root: that one it refuses. */
class PostgresServer
{
public:
    PostgresServer()
    {
        const QDir versions(QStringLiteral("/usr/lib/postgresql"));
        const QStringList names = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
        if (names.isEmpty())
            qFatal("There is no PostgreSQL in %s; install the package postgresql",
                   qPrintable(versions.path()));
        m_programs = versions.filePath(names.constLast() + QStringLiteral("/bin/"));
        QDir(m_folder.path()).mkdir(QStringLiteral("db"));
        if (isRoot()) {
            // The folder is searched by him, the database is his.
            QFile::setPermissions(m_folder.path(),
                                  QFile::permissions(m_folder.path()) | QFile::ExeOther | QFile::ExeGroup);
            if (chown(QFile::encodeName(data()).constData(), Nobody, Nobody) != 0)
                qFatal("cannot give the folder away");
        }
        run(QStringLiteral("initdb"),
            {QStringLiteral("-D"), data(), QStringLiteral("-A"), QStringLiteral("trust"),
             QStringLiteral("-U"), QStringLiteral("tester"), QStringLiteral("-E"), QStringLiteral("UTF8"),
             QStringLiteral("--locale=C"), QStringLiteral("--no-sync")});
        start();
    }
    ~PostgresServer()
    {
        if (m_server.state() == QProcess::Running)
            stop(SIGQUIT);
    }
    Q_DISABLE_COPY_MOVE(PostgresServer)

    [[nodiscard]] QString url() const
    {
        return QStringLiteral("host='%1' user=tester dbname=postgres").arg(data());
    }
    void start()
    {
        prepare(m_server);
        m_server.setProcessChannelMode(QProcess::MergedChannels);
        m_server.start(command(QStringLiteral("postgres")),
                       arguments(QStringLiteral("postgres"),
                                 {QStringLiteral("-D"), data(), QStringLiteral("-k"), data(),
                                  QStringLiteral("-c"), QStringLiteral("listen_addresses="),
                                  QStringLiteral("-c"), QStringLiteral("max_connections=10")}));
        QByteArray said;
        const bool isUp = QTest::qWaitFor(
            [&] { return (said += m_server.readAll()).contains("ready to accept connections"); }, 30000);
        if (!isUp)
            qFatal("PostgreSQL does not start: %s", said.constData());
    }
    /** SIGQUIT: at once, as by a crash. */
    void stop(int signal)
    {
        QFile file(data() + QStringLiteral("/postmaster.pid"));
        if (!file.open(QIODevice::ReadOnly))
            qFatal("PostgreSQL does not run");
        ::kill(file.readLine().trimmed().toInt(), signal);
        if (!m_server.waitForFinished())
            qFatal("PostgreSQL does not end");
    }

private:
    static constexpr unsigned Nobody = 65534;
    static bool isRoot() { return geteuid() == 0; }
    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("db")); }
    [[nodiscard]] QString command(const QString &program) const
    {
        return isRoot() ? QStringLiteral("setpriv") : m_programs + program;
    }
    [[nodiscard]] QStringList arguments(const QString &program, const QStringList &rest) const
    {
        if (!isRoot())
            return rest;
        return QStringList{QStringLiteral("--reuid=%1").arg(Nobody), QStringLiteral("--regid=%1").arg(Nobody),
                           QStringLiteral("--clear-groups"), m_programs + program}
        + rest;
    }
    void prepare(QProcess &process) const
    {
        process.setWorkingDirectory(data());
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LC_ALL"), QStringLiteral("C"));
        process.setProcessEnvironment(environment);
    }
    void run(const QString &program, const QStringList &words)
    {
        QProcess process;
        prepare(process);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(command(program), arguments(program, words));
        if (!process.waitForFinished(60000) || process.exitCode() != 0)
            qFatal("%s: %s", qPrintable(program), process.readAll().constData());
    }

    QTemporaryDir m_folder;
    QString m_programs;
    QProcess m_server;
};

} // namespace dialogue::test
