#include "processes.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue` and a server that means it ill, or that is not known to it. */
class TestStrangeServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(QStringLiteral(STRANGE_SERVER)),
                 "node and `npm ci` in tests/interop are needed");
    }

    void letsNoServerMoveTheCursor_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("a refusal") << QStringList{u"rooms"_s, u"--token=refused"_s} << 3
                                   << QByteArray("\\u001b]0;owned");
        QTest::newRow("a body of HTTP")
            << QStringList{u"rooms"_s, u"--url"_s, m_server.url() + u"/elsewhere/"_s} << 4
            << QByteArray("no connection to");
        QTest::newRow("an error") << QStringList{u"trigger"_s, u"errors"_s, u"message"_s, u"1"_s} << 3
                                  << QByteArray("\\u001b]0;owned");
        QTest::newRow("an ack") << QStringList{u"trigger"_s, u"acks"_s, u"message"_s, u"\"refuse\""_s} << 3
                                << QByteArray("VALIDATION_FAILED: \\u001b]0;owned");
        QTest::newRow("an answer of the application's")
            << QStringList{u"request"_s, u"quote"_s} << 0 << QByteArray();
        QTest::newRow("a room") << QStringList{u"rooms"_s} << 0 << QByteArray();
        QTest::newRow("a room as JSON") << QStringList{u"rooms"_s, u"--json"_s} << 0 << QByteArray();
    }

    void letsNoServerMoveTheCursor()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, text);
        const Outcome outcome = run(words);
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(outcome.err.contains(text), outcome.err.constData());
        QVERIFY2(isHarmless(outcome), (outcome.out + outcome.err).constData());
    }

    void offersNoStrangeEpochForTheShell()
    {
        RunningDialogue tail({u"tail"_s, u"epoch"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following epoch"));
        const Outcome outcome = tail.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.err.contains("0 events in "), outcome.err.constData());
        QVERIFY2(!outcome.err.contains("--since"), outcome.err.constData());
        QVERIFY2(isHarmless(outcome), (outcome.out + outcome.err).constData());
    }

    void showsWhatIsSaidOutsideOfRooms()
    {
        const Outcome lines = run({u"tail"_s, u"--direct"_s, u"--count=4"_s, u"--token=direct"_s});
        QCOMPARE(lines.exitCode, 0);
        QVERIFY2(lines.out.contains(" (direct) sync system [{\"n\":1}]\n"), lines.out.constData());
        QVERIFY2(lines.out.contains(" (direct) \\u001b]0;owned"), lines.out.constData());
        QVERIFY2(lines.out.contains(" (direct) none system null\n"), lines.out.constData());
        QVERIFY2(lines.out.contains(" (direct) several system [1,\"two\"]\n"), lines.out.constData());
        QVERIFY2(isHarmless(lines), (lines.out + lines.err).constData());

        const Outcome json = run(
            {u"tail"_s, u"--direct"_s, u"--json"_s, u"--event=sync"_s, u"--count=1"_s, u"--token=direct"_s});
        QCOMPARE(json.exitCode, 0);
        const QJsonObject direct = QJsonDocument::fromJson(json.out).object()[u"direct"_s].toObject();
        QCOMPARE(direct[u"event"_s].toString(), u"sync"_s);
        QCOMPARE(direct[u"data"_s][0][u"n"_s].toInt(), 1);
        QVERIFY(direct[u"timestamp"_s].toInteger() > 0);
    }

    void sendsEverythingToAServerWithoutAcks_data()
    {
        QTest::addColumn<int>("count");
        QTest::addColumn<int>("size");
        QTest::newRow("many") << 50'000 << 1;
        QTest::newRow("large") << 2'000 << 10'000;
        QTest::newRow("one") << 1 << 1'000'000;
    }

    void sendsEverythingToAServerWithoutAcks()
    {
        QFETCH(int, count);
        QFETCH(int, size);
        const QByteArray line = '"' + QByteArray(size, 'x') + "\"\n";
        const int before = triggersSeen();
        const Outcome outcome = run({u"trigger"_s, u"counted"_s, u"message"_s, u"-"_s}, line.repeated(count));
        QVERIFY2(outcome.exitCode == 0, outcome.err.right(1000).constData());
        QCOMPARE(triggersSeen() - before, count);
        QCOMPARE(outcome.out.count('\n'), count);
    }

    void stopsSoonAfterAServerWithoutAcksComplains()
    {
        const int before = triggersSeen();
        const Outcome outcome
            = run({u"trigger"_s, u"errors"_s, u"message"_s, u"-"_s}, QByteArray("1\n").repeated(5000));
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY(triggersSeen() - before < 1000);
        QVERIFY2(outcome.err.contains("; not sent: "), outcome.err.right(1000).constData());
    }

    void stopsAtTheFirstThatIsRefused()
    {
        const int before = triggersSeen();
        const Outcome outcome
            = run({u"trigger"_s, u"acks"_s, u"message"_s, u"-"_s}, "1\n2\n\"refuse\"\n4\n5\n");
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("event 3: VALIDATION_FAILED"), outcome.err.constData());
        QVERIFY2(outcome.err.contains("2 of 5 events applied; refused: 3; not sent: 4 to 5\n"),
                 outcome.err.constData());
        QCOMPARE(triggersSeen() - before, 3);
    }

    void saysWhatBecameOfThoseOnTheirWay()
    {
        const Outcome outcome = run({u"trigger"_s, u"acks"_s, u"message"_s, u"-"_s, u"--window=3"_s},
                                    "1\n\"refuse\"\n3\n\"refuse\"\n5\n6\n7\n8\n9\n");
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("2 of 9 events applied; refused: 2, 4; not sent: 5 to 9\n"),
                 outcome.err.constData());
    }

    void saysWhatIsNotKnownWhenTheConnectionIsLost()
    {
        const Outcome outcome = run({u"trigger"_s, u"acks"_s, u"message"_s, u"-"_s}, "1\n2\n\"drop\"\n4\n");
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("2 of 4 events applied; not known whether applied: 3; not sent: 4\n"),
                 outcome.err.constData());
    }

    void saysThatThePastIsNotAll()
    {
        // Of one event the server refuses, of the others it never comes to an end; each has its share of
        // requests.
        RunningDialogue tail({u"tail"_s, u"epoch"_s, u"--since=10000d"_s, u"--event=a,b,c,d,e,f,g,h,i"_s,
                              u"--json"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("older events may be missing (of "));
        QVERIFY(tail.waitForOut("\"event\":\"i\""));
        QCOMPARE(tail.interrupt().exitCode, 0);

        RunningDialogue other(
            {u"tail"_s, u"epoch"_s, u"--since=10000d"_s, u"--event=broken"_s, u"--url"_s, m_server.url()});
        QVERIFY(other.waitForErr("older events may be missing (of broken): RATE_LIMITED"));
        QCOMPARE(other.interrupt().exitCode, 0); // it went on
    }

    void showsWhatWasDroppedWhereItWouldStand()
    {
        RunningDialogue tail({u"tail"_s, u"gaps"_s, u"--json"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForOut("\"replaced\""));
        const Outcome outcome = tail.interrupt();
        QStringList seen;
        for (const QByteArray &line : outcome.out.trimmed().split('\n')) {
            const QJsonObject object = QJsonDocument::fromJson(line).object();
            const QJsonObject gap = object["gap"_L1].toObject();
            seen.append(gap.isEmpty()
                            ? u"%1 %2"_s.arg(object["event"_L1].toString()).arg(object["offset"_L1].toInt(-1))
                            : u"%1-%2 %3"_s.arg(gap["from"_L1].toInt())
                                  .arg(gap["to"_L1].toInt())
                                  .arg(gap["reason"_L1].toString()));
        }
        QCOMPARE(seen,
                 (QStringList{u"message 8"_s, u"9-11 dropped"_s, u"message 10"_s, u"typing -1"_s,
                              u"12-12 replaced"_s}));
        QVERIFY2(outcome.err.contains("--since e:12"), outcome.err.constData());

        RunningDialogue text({u"tail"_s, u"gaps"_s, u"--url"_s, m_server.url()});
        QVERIFY(text.waitForOut(" gaps #9 to #11 missing: dropped"));
        QVERIFY(text.waitForOut(" gaps #12 missing: replaced"));
        QVERIFY(text.interrupt().err.contains("3 events in ")); // a gap is none
    }

private:
    [[nodiscard]] Outcome run(const QStringList &words, const QByteArray &input = {}) const
    {
        const bool hasUrl = words.contains(u"--url"_s);
        return runDialogue(hasUrl ? words : words + QStringList{u"--url"_s, m_server.url()}, input);
    }
    [[nodiscard]] int triggersSeen() const
    {
        const QByteArray out = run({u"rooms"_s, u"--json"_s}).out;
        return QJsonDocument::fromJson(out).object().value("size"_L1).toInt(-1);
    }

    NodeServer m_server;
};

DIALOGUE_TEST(TestStrangeServer, QCoreApplication)
#include "tst_clistrange.moc"
