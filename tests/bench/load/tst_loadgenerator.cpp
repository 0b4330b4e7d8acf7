#include "loadprogram.h"
#include "testclasses.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

// The queue holds what a run with a wide window has on its way: who reads it is the generator itself, when it
// can.
const QByteArray kServerConfig = R"(
limits: {sendQueue: 64MiB}
channels: {sse: {enabled: true}}
roomCreation: {create: anyone}
rooms:
  bench-0:
    events: [{name: tick, schema: {type: object, required: [mark]}}]
  bench-1:
    events: [{name: tick, schema: {type: object, required: [mark]}}]
  strict:
    events: [{name: tick, schema: {type: object, required: [other]}}]
)";

} // namespace

class TestLoadGenerator : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.start(kServerConfig)); }

    void deliversEverythingAtARate()
    {
        const QJsonObject result
            = run({u"--subscribers=20"_s, u"--rooms=2"_s, u"--publishers=3"_s, u"--rate=200"_s});
        QVERIFY(result.value("events"_L1).toInt() > 0);
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(result.value("repeated"_L1).toInt(-1), 0);
        QCOMPARE(result.value("connections"_L1).toInt(), 23);
        QVERIFY(result.value("latencyUs"_L1).toObject().value("p50"_L1).toDouble() > 0);
    }

    void deliversEverythingAsFastAsItGoes()
    {
        const QJsonObject result = run({u"--subscribers=20"_s, u"--size=2000"_s, u"--idle=5"_s});
        QVERIFY(result.value("deliveries"_L1).toInt() >= 10 * result.value("events"_L1).toInt());
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(result.value("connections"_L1).toInt(), 26);
    }

    void deliversEverythingToReadersOfServerSentEvents()
    {
        const QJsonObject result = run(
            {u"--subscribers=20"_s, u"--rooms=2"_s, u"--publishers=3"_s, u"--rate=200"_s, u"--streams"_s});
        QVERIFY(result.value("deliveries"_L1).toInt() > result.value("events"_L1).toInt());
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QCOMPARE(result.value("repeated"_L1).toInt(-1), 0);
        QCOMPARE(result.value("connections"_L1).toInt(), 23);
    }

    void tellsThatThereIsNoStream()
    {
        ServerProcess server;
        QVERIFY(server.start("rooms: {bench-0: {events: [{name: tick}]}}"));
        const Outcome outcome = runLoad({u"--url"_s, server.url(), u"--streams"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("refused the stream: HTTP/1.1 404"), outcome.err.constData());
    }

    void measuresTheServersProcess()
    {
        const QJsonObject result
            = run({u"--subscribers=5"_s, u"--server-pid"_s, QString::number(m_server.pid())});
        QVERIFY(result.value("serverRss"_L1).toDouble() > 1e6);
        QVERIFY(result.contains("serverCpuUsPerDelivery"_L1));
    }

    void createsARoomThatIsNotThereAndDeletesIt()
    {
        const QJsonObject result = run({u"--room=made-for-this"_s, u"--subscribers=3"_s});
        QVERIFY(result.value("deliveries"_L1).toInt() > 0);
        // Deleted: or this run would find it, and not be its owner.
        QVERIFY(run({u"--room=made-for-this"_s, u"--subscribers=3"_s}).value("deliveries"_L1).toInt() > 0);
    }

    void deletesWhatItCreatedWhenItFailsToo_data()
    {
        QTest::addColumn<QByteArray>("config");
        QTest::newRow("while rooms are made") << QByteArray("roomCreation: {create: anyone, maxTotal: 3}");
        QTest::newRow("while publishers join")
            << QByteArray("roomCreation: {create: anyone}\nlimits: {roomsPerClient: 2}");
    }

    void deletesWhatItCreatedWhenItFailsToo()
    {
        QFETCH(QByteArray, config);
        ServerProcess server;
        QVERIFY(server.start(config + "\nrooms:\n  chat:\n    events: [{name: message}]\n"));
        const Outcome outcome = runLoad(
            {u"--rooms=3"_s, u"--room-prefix=made-"_s, u"--subscribers=3"_s, u"--url"_s, server.url()});
        QVERIFY2(outcome.exitCode == 3, outcome.err.constData());
        const Outcome rooms = runDialogue({u"rooms"_s, u"--url"_s, server.url()});
        QVERIFY2(rooms.out.contains("chat") && !rooms.out.contains("made-"), rooms.out.constData());
    }

    void keepsToWhatTheServerReadsWhenTheWindowIsLarger()
    {
        const QJsonObject result = run({u"--subscribers=2"_s, u"--window=100"_s, u"--size=100000"_s});
        QVERIFY(result.value("deliveries"_L1).toInt() > 0);
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
    }

    void losesNothingWhenTheServerIsHeldUp()
    {
        RunningProgram load(loadProgram(),
                            {u"--url"_s, m_server.url(), u"--json"_s, u"--warmup=0"_s, u"--duration=4"_s,
                             u"--subscribers=3"_s});
        const QStringList participants{u"participants"_s, u"bench-0"_s, u"--url"_s, m_server.url()};
        QTRY_VERIFY(runDialogue(participants).out.contains("bench-0: 4 participants"));
        ::kill(static_cast<pid_t>(m_server.pid()), SIGSTOP);
        QTest::qWait(1500); // more than the second after which the generator gives up what is on its way
        ::kill(static_cast<pid_t>(m_server.pid()), SIGCONT);
        const Outcome outcome = load.waitForEnd();
        const QJsonObject result = QJsonDocument::fromJson(outcome.out).object();
        QVERIFY2(outcome.exitCode == 0, (outcome.err + outcome.out).constData());
        QCOMPARE(result.value("lost"_L1).toInt(-1), 0);
        QVERIFY2(result.value("latencyUs"_L1).toObject().value("max"_L1).toDouble() > 1e6,
                 outcome.out.constData());
    }

    void saysWhatTheServerRefused()
    {
        const Outcome outcome
            = runLoad(arguments({u"--room=strict"_s, u"--subscribers=2"_s, u"--rate=50"_s}));
        const QJsonObject result = QJsonDocument::fromJson(outcome.out).object();
        QVERIFY2(result.value("refused"_L1).toInt() > 0, outcome.out.constData());
        QCOMPARE(outcome.exitCode, 1);
    }

    void connectsWithoutPublishing()
    {
        const QJsonObject result = run({u"--publishers=0"_s, u"--subscribers=50"_s});
        QCOMPARE(result.value("connections"_L1).toInt(), 50);
        QCOMPARE(result.value("deliveries"_L1).toInt(-1), 0);
    }

    void saysItForPeopleToo()
    {
        const Outcome outcome = runLoad({u"--url"_s, m_server.url(), u"--duration=0.2"_s, u"--warmup=0"_s,
                                         u"--subscribers=1001"_s, u"--publishers=0"_s});
        QVERIFY2(outcome.out.contains("connected   1,001 in "), outcome.out.constData());
        QCOMPARE(outcome.exitCode, 0);
    }

    void endsWithItsResultOnCtrlC()
    {
        RunningProgram load(loadProgram(),
                            arguments({u"--duration=600"_s, u"--subscribers=2"_s, u"--rate=1000"_s}));
        const QStringList participants{u"participants"_s, u"bench-0"_s, u"--url"_s, m_server.url()};
        QTRY_VERIFY(runDialogue(participants).out.contains("bench-0: 3 participants"));
        const Outcome outcome = load.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(QJsonDocument::fromJson(outcome.out).object().contains("events"_L1));
    }

    void tellsThatThereIsNoServer()
    {
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QString url = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
        closed.close();
        const Outcome outcome = runLoad({u"--url"_s, url});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("no connection"), outcome.err.constData());
    }

    void tellsThatItIsNoSuchServer()
    {
        const Outcome outcome = runLoad({u"--url"_s, m_server.url() + u"/elsewhere"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("refused the WebSocket: HTTP/1.1 404"), outcome.err.constData());
    }

    void printsAConfigurationTheServerTakes()
    {
        const Outcome outcome = runLoad({u"--rooms=3"_s, u"--streams"_s, u"--print-config"_s});
        QVERIFY(outcome.out.contains("sse: {enabled: true}"));
        QCOMPARE(outcome.exitCode, 0);
        ServerProcess server;
        QVERIFY(server.start(outcome.out));
    }

    void sampleConfigurationIsWhatItPrints()
    {
        QFile sample(QStringLiteral(SERVER_SAMPLE));
        QVERIFY(sample.open(QIODevice::ReadOnly));
        QCOMPARE(sample.readAll(), runLoad({u"--rooms=10"_s, u"--print-config"_s}).out);
    }

    void aFullDiskIsAFailure_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("help") << QStringList{u"--help"_s};
        QTest::newRow("a run") << arguments({u"--subscribers=1"_s});
        QTest::newRow("a configuration") << QStringList{u"--print-config"_s};
    }

    void aFullDiskIsAFailure()
    {
        QFETCH(QStringList, words);
        const Outcome outcome = runLoad(words, u"/dev/full"_s);
        QCOMPARE(outcome.exitCode, 1);
        QVERIFY2(outcome.err.contains("dialogue-load: standard output: No space left on device\n"),
                 outcome.err.constData());
    }

    void aWrongCommandLineIsToldWithAHint()
    {
        const Outcome outcome = runLoad({u"--duration=x"_s});
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains("--duration: must be a number"), outcome.err.constData());
        QVERIFY2(outcome.err.contains("try 'dialogue-load --help'"), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void helpIsThere()
    {
        const Outcome outcome = runLoad({u"--help"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains("Usage: dialogue-load [options]\n"), outcome.out.constData());
        QVERIFY(outcome.err.isEmpty());
    }

private:
    [[nodiscard]] QStringList arguments(const QStringList &more) const
    {
        return QStringList{u"--url"_s, m_server.url(), u"--json"_s, u"--warmup=0.1"_s, u"--duration=0.5"_s}
        + more;
    }
    [[nodiscard]] QJsonObject run(const QStringList &more) const
    {
        const Outcome outcome = runLoad(arguments(more));
        if (outcome.exitCode != 0)
            qWarning() << outcome.exitCode << outcome.out << outcome.err;
        return outcome.exitCode == 0 ? QJsonDocument::fromJson(outcome.out).object() : QJsonObject();
    }

    ServerProcess m_server;
};

DIALOGUE_TEST(TestLoadGenerator, QCoreApplication)
#include "tst_loadgenerator.moc"
