#include "testclasses.h"
#include "testclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QProcessEnvironment>
#include <QRegularExpression>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

/** A dialogue-server whose log is read. */
class LoggingServer
{
public:
    explicit LoggingServer(const QByteArray &config, const QStringList &options = {})
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"QT_LOGGING_RULES"_s); // It would have the last word.
        m_process.setProcessEnvironment(environment);
        m_process.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM),
                        QStringList{u"--port"_s, u"0"_s, u"--config"_s, u"-"_s} + options);
        m_process.write(config);
        m_process.closeWriteChannel();
        while (!m_said.contains('\n') && m_process.waitForReadyRead())
            m_said += m_process.readAllStandardOutput();
    }
    ~LoggingServer()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(LoggingServer)

    [[nodiscard]] quint16 port() const { return m_said.trimmed().split(':').last().toUShort(); }
    void raise(int signal) const { ::kill(pid_t(m_process.processId()), signal); }
    [[nodiscard]] bool logs(const QByteArray &text)
    {
        m_process.setReadChannel(QProcess::StandardError);
        for (read(); !m_log.contains(text); read()) {
            if (!m_process.waitForReadyRead(10000))
                return false;
        }
        return true;
    }
    /** To its end. */
    QByteArray stop()
    {
        raise(SIGTERM);
        m_ended = m_process.waitForFinished();
        read();
        return m_log;
    }
    [[nodiscard]] bool endedWell() const
    {
        return m_ended && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    }
    [[nodiscard]] const QByteArray &said() const { return m_said; }
    [[nodiscard]] const QByteArray &log() const { return m_log; }

private:
    void read()
    {
        m_log += m_process.readAllStandardError();
        m_said += m_process.readAllStandardOutput();
    }

    QProcess m_process;
    QByteArray m_said;
    QByteArray m_log;
    bool m_ended = false;
};

} // namespace

/** What dialogue-server writes down while it serves. */
class TestServerLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysInEachLineWhenHowSevereAndWho()
    {
        LoggingServer server("rooms: {a: {events: [e]}}\n", {u"--log-level"_s, u"debug"_s});
        TestClient client(server.port(), {{u"userId"_s, u"ann"_s}});
        QVERIFY(client.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"a"_s}})[u"ok"_s].toBool());
        QVERIFY(server.logs("User \"ann\" joined \"a\""));
        client.abort(); // It would not answer a good-bye while we wait.
        const QByteArray log = server.stop();
        QVERIFY(server.endedWell());
        static const QRegularExpression shape(
            u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z (debug|info|warning|error) dialogue\\.[a-z]+: ."_s);
        for (const QByteArray &line : log.trimmed().split('\n'))
            QVERIFY2(shape.match(QString::fromUtf8(line)).hasMatch(), line.constData());
        QVERIFY(log.contains(" info dialogue.server: Stopped"));
        QVERIFY(log.contains(" debug dialogue.rooms: Room \"a\" is created"));
    }

    void saysInJsonWhatALineIsAbout()
    {
        LoggingServer server("rooms: {a: {events: [e]}}\n",
                             {u"--log-format"_s, u"json"_s, u"--log-level"_s, u"debug"_s});
        TestClient client(server.port(), {{u"userId"_s, u"ann"_s}});
        client.waitFor(u"dialogue:connected"_s);
        const QString trace = u"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"_s;
        client.ask(u"dialogue:trigger"_s,
                   QJsonObject{{u"roomId"_s, u"a"_s},
                               {u"event"_s, u"e"_s},
                               {u"data"_s, 1},
                               {u"id"_s, u"mine"_s},
                               {u"meta"_s, QJsonObject{{u"traceparent"_s, trace}}}});
        QVERIFY(server.logs("Refused with NOT_IN_ROOM"));
        client.abort();
        QList<QJsonObject> about;
        for (const QByteArray &line : server.stop().trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            QVERIFY2(object[u"category"_s].toString().startsWith(u"dialogue."), line.constData());
            if (object[u"message"_s].toString().startsWith(u"Refused with NOT_IN_ROOM"))
                about.append(object);
        }
        QCOMPARE(about.size(), 1);
        QVERIFY(!about[0][u"session"_s].toString().isEmpty());
        QCOMPARE(about[0][u"event"_s].toString(), u"mine"_s);
        QCOMPARE(about[0][u"trace"_s].toString(), trace);
        QVERIFY(server.endedWell());
    }

    void saysOnceWhereItListens()
    {
        LoggingServer server("{}");
        const QByteArray log = server.stop();
        QCOMPARE(server.said().toLower().count("listen") + log.toLower().count("listening"), 1);
    }

    void isHeardAtTheLevelsItIsAskedFor()
    {
        LoggingServer server("{}", {u"--log-level"_s, u"rooms=debug,error"_s});
        TestClient client(server.port(), {{u"userId"_s, u"ann"_s}});
        client.waitFor(u"dialogue:connected"_s);
        QVERIFY(server.logs("debug dialogue.rooms: User \"ann\" connected"));
        client.abort();
        const QByteArray log = server.stop();
        QVERIFY2(!log.contains("dialogue.auth:") && !log.contains("dialogue.server:"), log.constData());
    }

    void letsNobodyWriteLinesOfHisOwn()
    {
        LoggingServer server("{}", {u"--log-level"_s, u"debug"_s});
        TestClient refused(server.port(), {{u"userId"_s, u"a\nb\u202e"_s}});
        QCOMPARE(refused.waitFor(u"connect_error"_s).name, u"connect_error"_s);
        TestClient client(server.port(), {{u"userId"_s, u"ann"_s}});
        client.ask(u"dialogue:a\n\u0085\u009b\u2028\u202e"_s);
        QVERIFY(server.logs("\"dialogue:a\\u000a\\u0085\\u009b\\u2028\\u202e\" of user \"ann\""));
        client.abort();
        const QString log = QString::fromUtf8(server.stop());
        for (const char16_t c : {u'\u0085', u'\u009b', u'\u2028', u'\u202e'})
            QVERIFY(!log.contains(QChar(c)));
    }

    void countsWhatStrangersDoAgainAndAgain()
    {
        LoggingServer server("{}");
        for (int i = 0; i < 20; ++i) {
            TestClient refused(server.port(), {{u"userId"_s, u"SYSTEM"_s}});
            QCOMPARE(refused.waitFor(u"connect_error"_s).name, u"connect_error"_s);
            TestClient client(server.port());
            client.ask(u"dialogue:nothing"_s);
        }
        const QByteArray log = server.stop();
        QCOMPARE(log.count("Refused with UNAUTHORIZED 1 times"), 1);
        QCOMPARE(log.count("UNAUTHORIZED"), 1);
        QCOMPARE(log.count("Clients connected: 1 "), 1);
        QCOMPARE(log.count("Clients connected:"), 1);
        QCOMPARE(log.count("Requests refused with INVALID_REQUEST"), 1);
    }

    void goesOnWhenItIsHungUpOn()
    {
        LoggingServer server("{}");
        server.raise(SIGHUP);
        QVERIFY(server.logs("info dialogue.server: SIGHUP"));
        TestClient client(server.port());
        QCOMPARE(client.waitFor(u"dialogue:connected"_s).name, u"dialogue:connected"_s);
        client.abort();
        server.stop();
        QVERIFY(server.endedWell());
    }
};

DIALOGUE_TEST(TestServerLog, QCoreApplication)
#include "tst_serverlog.moc"
