#include "bench/load/options.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::bench;

namespace {

Result<LoadOptions> read(const QStringList &words)
{
    const auto arguments = parseArguments(loadSyntax(), words);
    return arguments ? loadOptions(*arguments) : Result<LoadOptions>(arguments.error());
}

} // namespace

class TestLoadOptions : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        qunsetenv("DIALOGUE_URL");
        qunsetenv("DIALOGUE_TOKEN");
    }

    void haveSensibleDefaults()
    {
        const auto options = read({});
        QVERIFY(options);
        QCOMPARE(options->target.host, std::string("127.0.0.1"));
        QCOMPARE(options->target.port, 3000);
        QCOMPARE(options->subscribers, 100);
        QCOMPARE(options->rate, 0.0);
        QCOMPARE(options->roomName(0), std::string("bench-0"));
    }

    void readWhatTheyAreGiven()
    {
        const auto options
            = read({QStringLiteral("--url"), QStringLiteral("ws://[::1]:81/io"), QStringLiteral("--rate=2.5"),
                    QStringLiteral("--duration"), QStringLiteral("0.5"), QStringLiteral("--room=chat"),
                    QStringLiteral("--server-pid=7")});
        QVERIFY(options);
        QCOMPARE(options->target.host, std::string("::1"));
        QCOMPARE(options->target.port, 81);
        QCOMPARE(options->target.path, std::string("/io/"));
        QCOMPARE(options->rate, 2.5);
        QCOMPARE(options->duration, std::chrono::milliseconds(500));
        QCOMPARE(options->roomName(0), std::string("chat"));
        QCOMPARE(options->serverPid, 7);
    }

    void takeStreamsWhereThereAreSome()
    {
        QVERIFY(!read({})->streams);
        QVERIFY(read({QStringLiteral("--streams"), QStringLiteral("--wire=plain")})->streams);
        const auto nats = read({QStringLiteral("--streams"), QStringLiteral("--wire=nats")});
        QVERIFY(!nats);
        QCOMPARE(nats.error().path, QStringLiteral("--streams"));
    }

    void readTheWire()
    {
        const auto plain = read({QStringLiteral("--wire=plain"), QStringLiteral("--url=ws://x/pubsub"),
                                 QStringLiteral("--rooms=3"), QStringLiteral("--publishers=3")});
        QVERIFY(plain);
        QCOMPARE(int(plain->wire), int(Wire::Plain));
        QCOMPARE(plain->target.path + plain->target.query, std::string("/pubsub/"));
        const auto nats = read({QStringLiteral("--wire=nats"), QStringLiteral("--rooms=3")});
        QVERIFY(nats);
        QCOMPARE(nats->target.path, std::string("/"));
        const auto lonely = read({QStringLiteral("--wire=plain"), QStringLiteral("--rooms=3")});
        QVERIFY(!lonely);
        QCOMPARE(lonely.error().path, QStringLiteral("--publishers"));
    }

    void speakTlsWhereTheUrlSaysSo()
    {
        const auto plain = read({QStringLiteral("--url=ws://x")});
        QVERIFY(plain);
        QVERIFY(!plain->target.isTls);
        QCOMPARE(int(plain->target.port), 80);
        const auto tls = read({QStringLiteral("--url=wss://x"), QStringLiteral("--ca=a.crt")});
        QVERIFY(tls);
        QVERIFY(tls->target.isTls);
        QCOMPARE(int(tls->target.port), 443);
        QCOMPARE(tls->authorities, std::string("a.crt"));
    }

    void refuseWhatMakesNoSense_data()
    {
        QTest::addColumn<QString>("word");
        QTest::addColumn<QString>("path");
        QTest::newRow("whom to trust without TLS") << QStringLiteral("--ca=a.crt") << QStringLiteral("--ca");
        QTest::newRow("no scheme") << QStringLiteral("--url=127.0.0.1:3000") << QStringLiteral("--url");
        QTest::newRow("another scheme") << QStringLiteral("--url=ftp://x") << QStringLiteral("--url");
        QTest::newRow("minus one") << QStringLiteral("--subscribers=-1") << QStringLiteral("--subscribers");
        QTest::newRow("no rooms") << QStringLiteral("--rooms=0") << QStringLiteral("--rooms");
        QTest::newRow("empty rooms") << QStringLiteral("--rooms=101") << QStringLiteral("--rooms");
        QTest::newRow("no rate") << QStringLiteral("--rate=0") << QStringLiteral("--rate");
        QTest::newRow("not a number") << QStringLiteral("--rate=nan") << QStringLiteral("--rate");
        QTest::newRow("half a publisher")
            << QStringLiteral("--publishers=0.5") << QStringLiteral("--publishers");
        QTest::newRow("another wire") << QStringLiteral("--wire=mqtt") << QStringLiteral("--wire");
        QTest::newRow("a quote") << QStringLiteral("--event=a\"b") << QStringLiteral("--event");
        QTest::newRow("a time without end")
            << QStringLiteral("--duration=inf") << QStringLiteral("--duration");
    }

    void refuseWhatMakesNoSense()
    {
        QFETCH(QString, word);
        QFETCH(QString, path);
        const auto options = read({word});
        QVERIFY(!options);
        QCOMPARE(options.error().path, path);
    }

    void refuseOneRoomByNameTogetherWithSeveral()
    {
        QVERIFY(!read({QStringLiteral("--room=chat"), QStringLiteral("--rooms=2")}));
    }
};

DIALOGUE_TEST(TestLoadOptions, NoApplication)
#include "tst_loadoptions.moc"
