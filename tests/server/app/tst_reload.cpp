#include "testclasses.h"

#include <QFile>
#include <QProcess>
#include <QSaveFile>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;

/** SIGHUP. */
class TestReload : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<QProcess> m_server;
    QByteArray m_log;

    QString config() const { return m_folder->filePath(u"c.yaml"_s); }
    void write(const QByteArray &text) const
    {
        QSaveFile file(config()); // Never half of it.
        if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
            qFatal("Cannot write %s", qPrintable(file.fileName()));
    }
    /** A server that has read \a text, and its log without the names of folders. */
    void start(const QByteArray &text, const QStringList &options = {})
    {
        write(text);
        m_server = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"QT_LOGGING_RULES"_s); // It would have the last word.
        m_server->setProcessEnvironment(environment);
        m_server->start(QStringLiteral(DIALOGUE_SERVER_PROGRAM),
                        QStringList{u"--config"_s, config(), u"--port"_s, u"0"_s} + options);
        QVERIFY(m_server->waitForReadyRead());
        m_log.clear();
    }
    /** Its exit code, and what it says on both of its outputs. */
    static int run(const QStringList &words, QByteArray &said)
    {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), words);
        process.waitForFinished();
        said = process.readAll();
        return process.exitCode();
    }
    void hangUp() const { ::kill(pid_t(m_server->processId()), SIGHUP); }
    bool logs(const QByteArray &text)
    {
        return QTest::qWaitFor(
            [&] {
                m_log += m_server->readAllStandardError().replace(m_folder->path().toUtf8() + '/', "");
                return m_log.contains(text);
            },
            20000);
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        m_server->terminate();
        QVERIFY(m_server->waitForFinished());
        QCOMPARE(m_server->exitCode(), 0);
    }

    void saysWhatIsWrongAndGoesOn()
    {
        start("rooms: {chat: {events: [message]}}\n");
        write("rooms: {chat: {events: [message]}}\nlimits:\n  maxSessions: many\n");
        hangUp();
        QVERIFY(logs("error dialogue.server: c.yaml:3:16: limits.maxSessions: must be a whole number of at "
                     "least 1, not \"many\"\n"));
        QVERIFY(
            logs("warning dialogue.server: The configuration is not good any more; the server goes on with "
                 "the one from before\n"));
        QFile::remove(config());
        hangUp();
        QVERIFY(logs("error dialogue.server: c.yaml: cannot be read: "));
    }

    void saysWhatWaitsForARestart_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QByteArray>("changed");
        const QByteArray rooms = "rooms: {chat: {events: [message]}}\n";
        QTest::newRow("an option") << "host: 127.0.0.2\nport: 1\n" + rooms << QByteArray("host");
        QTest::newRow("several") << "demo: true\nlimits: {maxSessions: 7, roomsPerClient: 3}\n" + rooms
                                 << QByteArray("demo, limits.maxSessions");
        QTest::newRow("keys") << "auth: {jwt: {keys: [{algorithm: RS256, file: a.pem}]}}\n" + rooms
                              << QByteArray("auth.jwt.keys");
    }
    void saysWhatWaitsForARestart()
    {
        QFETCH(QByteArray, now);
        QFETCH(QByteArray, changed);
        start("rooms: {chat: {events: [message]}}\n");
        write(now);
        for (int i = 0; i < 2; ++i) { // It waits still.
            m_log.clear();
            hangUp();
            QVERIFY2(logs("The configuration has changed; for this the server has to be restarted: " + changed
                          + '\n'),
                     m_log.constData());
        }
    }

    void takesOverWhatItCan_data()
    {
        QTest::addColumn<QByteArray>("now");
        QTest::addColumn<QByteArray>("changed");
        const QByteArray rooms = "rooms: {chat: {events: [message]}, tea: {events: [cup]}}\n";
        QTest::newRow("rooms") << QByteArray(
            "rooms: {chat: {events: [{name: message, schema: {type: string}}]}, "
            "cake: {events: [cup]}}\n")
                               << QByteArray("rooms.chat, rooms.tea, rooms.cake");
        QTest::newRow("a room's event")
            << QByteArray("rooms: {chat: {events: [message, typing]}, tea: {maxSize: 3, events: [cup]}}\n")
            << QByteArray("rooms.chat, rooms.tea");
        QTest::newRow("rates and middleware")
            << "rateLimit: {global: {maxEvents: 1, window: 1s}}\nmiddleware: [logger]\n" + rooms
            << QByteArray("rateLimit.global, middleware");
        QTest::newRow("limits") << "limits: {roomsPerClient: 3}\n" + rooms
                                << QByteArray("limits.roomsPerClient");
    }
    void takesOverWhatItCan()
    {
        QFETCH(QByteArray, now);
        QFETCH(QByteArray, changed);
        start("rooms: {chat: {events: [message]}, tea: {events: [cup]}}\n");
        write(now);
        hangUp();
        QVERIFY2(
            logs("info dialogue.server: The configuration has changed, and is in force: " + changed + '\n'),
            m_log.constData());
        m_log.clear();
        hangUp(); // It is as it is now.
        write("nonsense");
        hangUp();
        QVERIFY(logs("goes on with the one from before\n"));
        QVERIFY2(!m_log.contains("has changed"), m_log.constData());
    }

    /** An editor empties a file before it writes. */
    void nothingIsTakenOverOfAnEmptyFile()
    {
        start("rooms: {chat: {events: [message]}}\n");
        write({});
        hangUp();
        QVERIFY2(logs("error dialogue.server: The configuration names no room, and nobody may create any: "
                      "the server "
                      "goes on with the one from before\n"),
                 m_log.constData());
        write("rooms: {chat: {events: [message]}, tea: {events: [cup]}}\n");
        hangUp();
        QVERIFY2(logs("is in force: rooms.tea\n"), m_log.constData());
    }

    void levelsOfTheLogAreOthers()
    {
        start("rooms: {chat: {events: [message]}}\n");
        write("logLevel: debug\nrooms: {chat: {events: [message]}, tea: {events: [cup]}}\n");
        hangUp();
        QVERIFY(logs("is in force: logLevel, rooms.tea\n"));
        write("logLevel: debug\nrooms: {chat: {events: [message]}, cake: {events: [cup]}}\n");
        hangUp();
        QVERIFY(logs("debug dialogue.rooms: Room \"cake\" is created\n"));
    }

    void whatCannotBeTakenOverLeavesAllAsItWas()
    {
        start("rooms: {chat: {events: [message]}}\n");
        QFile secret(m_folder->filePath(u"short"_s));
        QVERIFY(secret.open(QIODevice::WriteOnly));
        secret.write("short");
        secret.close();
        write("rooms: {tea: {events: [cup]}}\n"
              "middleware: [{webhook: {url: \"https://127.0.0.1:1\", secretFile: short}}]\n");
        hangUp();
        QVERIFY2(logs("error dialogue.server: The configuration cannot be taken over, and the server goes on "
                      "with the one "
                      "from before: middleware[0].secretFile: short has 5 bytes"),
                 m_log.constData());
        QByteArray said;
        QCOMPARE(run({u"check"_s, config()}, said), 2); // As it says before.
        QVERIFY2(said.contains("middleware[0].webhook.secretFile: "), said.constData());
        write("rooms: {tea: {events: [cup]}}\n");
        hangUp();
        QVERIFY2(logs("is in force: rooms.chat, rooms.tea\n"), m_log.constData());
    }

    void aCommandHasItReadAgain()
    {
        const QString file = m_folder->filePath(u"server.pid"_s);
        start("rooms: {chat: {events: [message]}}\n", {u"--pid-file"_s, file});
        QFile held(file);
        QVERIFY(held.open(QIODevice::ReadOnly));
        QCOMPARE(held.readAll(), QByteArray::number(m_server->processId()) + '\n');
        write("rooms: {chat: {events: [message]}, tea: {events: [cup]}}\n");
        QByteArray said;
        QCOMPARE(run({u"reload"_s, u"--pid-file"_s, file}, said), 0);
        QVERIFY2(said.startsWith("process " + QByteArray::number(m_server->processId())), said.constData());
        QVERIFY(logs("is in force: rooms.tea\n"));
        write("rooms: {chat: {evnts: [message]}}\n");
        QCOMPARE(run({u"reload"_s, u"--pid-file"_s, file, u"--config"_s, config()}, said), 2);
        QVERIFY2(said.contains("c.yaml:1:16: rooms.chat: unknown key 'evnts'"), said.constData());
        QCOMPARE(run({u"--pid-file"_s, file, u"--port"_s, u"0"_s}, said), 1); // It is held.
        QVERIFY2(said.contains("holds it; is that another server?"), said.constData());
        QVERIFY(QFile::exists(file));
    }

    void aFileThatIsLeftBehindIsNobodys()
    {
        start("rooms: {chat: {events: [message]}}\n");
        const QString file = m_folder->filePath(u"server.pid"_s);
        QFile left(file);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.write(QByteArray::number(m_server->processId()) + '\n');
        left.close();
        QByteArray said;
        QCOMPARE(run({u"reload"_s, u"--pid-file"_s, file}, said), 1);
        QVERIFY2(said.contains("no running server holds it"), said.constData());
        QCOMPARE(run({u"reload"_s, u"--pid-file"_s, file + u"x"_s}, said), 1);
        QCOMPARE(run({u"reload"_s}, said), 2);
        QVERIFY2(said.contains("needs --pid-file"), said.constData());
        QProcess other;
        other.start(QStringLiteral(DIALOGUE_SERVER_PROGRAM), {u"--port"_s, u"0"_s, u"--pid-file"_s, file});
        QVERIFY(other.waitForReadyRead()); // It takes its place,
        other.terminate();
        QVERIFY(other.waitForFinished());
        QVERIFY(!QFile::exists(file)); // and takes it away.
    }

    void saysNothingOfWhatIsAsBefore()
    {
        const QByteArray text
            = "rooms: {chat: {events: [{name: message, schema: {type: object}, history: {limit: 3}}]}}\n";
        start(text);
        write("# Another comment\n" + text);
        hangUp();
        QVERIFY(logs("SIGHUP: keys and certificates are read again\n"));
        write("nonsense");
        hangUp();
        QVERIFY(logs("goes on with the one from before\n"));
        QVERIFY2(!m_log.contains("has changed"), m_log.constData());
    }
};

DIALOGUE_TEST(TestReload, QCoreApplication)
#include "tst_reload.moc"
