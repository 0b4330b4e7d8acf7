#include "processes.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpServer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

const QByteArray kConfig = R"(
rooms:
  chat:
    name: Chat
    maxSize: 50
    presence: users
    events:
      - name: message
        schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1}, senderId: {type: string}}}
  silent: {name: Silent, events: [message]}
)";

} // namespace

class TestCommands : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { QVERIFY(m_server.start(kConfig)); }

    void triggerSaysWhereTheEventStands()
    {
        const Outcome outcome
            = run({u"trigger"_s, u"chat"_s, u"message"_s, u"{\"text\":\"hi\"}"_s, u"--json"_s});
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject receipt = QJsonDocument::fromJson(outcome.out).object();
        QVERIFY(receipt.value("offset"_L1).toInt() > 0);
        QVERIFY(!receipt.value("id"_L1).toString().isEmpty());
        QVERIFY(receipt.value("timestamp"_L1).toDouble() > 1.6e12);
    }

    void triggerReadsEventsFromAPipe()
    {
        QByteArray input;
        for (int i = 0; i < 250; ++i)
            input += "{\"text\":\"" + QByteArray::number(i) + "\"}\n";
        const Outcome outcome = run({u"trigger"_s, u"chat"_s, u"message"_s, u"-"_s}, input);
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
        QCOMPARE(outcome.out.count('\n'), 250);
    }

    void triggerTellsWhatTheServerRefuses()
    {
        const Outcome outcome = run({u"trigger"_s, u"chat"_s, u"message"_s, u"{\"text\":\"\"}"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("VALIDATION_FAILED: data.text: "), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
        const Outcome two = run({u"trigger"_s, u"chat"_s, u"message"_s, u"{\"text\":\"\",\"senderId\":7}"_s});
        QVERIFY2(two.err.contains("data.text: must have at least 1 character"), two.err.constData());
        QVERIFY2(two.err.contains("; data.senderId: must be a string")
                     || two.err.contains("data.senderId: must be a string, not a number; "),
                 two.err.constData());
    }

    void roomsListsThem()
    {
        QVERIFY(run({u"rooms"_s}).out.contains("chat    0/50   Chat"));
        const Outcome outcome = run({u"rooms"_s, u"--json"_s});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(QJsonDocument::fromJson(outcome.out.split('\n').first()).object().value("id"_L1).toString(),
                 u"chat"_s);
    }

    void participantsCountsThem()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        const QByteArray nameless = run({u"participants"_s, u"chat"_s}).out;
        QVERIFY2(nameless.startsWith("chat: 1 participant of at most 50, 1 user\n  "), nameless.constData());
        QCOMPARE(nameless.count('\n'), 2); // The one that follows it, and not this one.
        RunningDialogue ann({u"tail"_s, u"chat"_s, u"--url"_s, m_server.url(), u"--token"_s, u"ann"_s});
        QVERIFY(ann.waitForErr("following chat"));
        const QByteArray both = run({u"participants"_s, u"chat"_s}).out;
        QVERIFY2(both.startsWith("chat: 2 participants of at most 50, 2 users\n"), both.constData());
        QVERIFY2(both.contains("\n  ann\n"), both.constData());
        const QByteArray asAnn = run({u"participants"_s, u"chat"_s, u"--token"_s, u"ann"_s}).out;
        QVERIFY2(asAnn.contains("\n  ann (2 connections)\n"), asAnn.constData());
        const QJsonObject json
            = QJsonDocument::fromJson(run({u"participants"_s, u"chat"_s, u"--json"_s}).out).object();
        QCOMPARE(json.value("users"_L1).toInt(), 2);
        QCOMPARE(json.value("participants"_L1).toArray().size(), 2);
        QCOMPARE(run({u"participants"_s, u"silent"_s}).out, QByteArray("silent: 0 participants\n"));
        QCOMPARE(run({u"participants"_s, u"nowhere"_s}).exitCode, 3);
    }

    void wrongCommandLinesAreToldWithAHint_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QStringList{} << QByteArray("which command?");
        QTest::newRow("unknown") << QStringList{u"tial"_s} << QByteArray("did you mean 'tail'?");
        QTest::newRow("an option first")
            << QStringList{u"--json"_s, u"rooms"_s} << QByteArray("come after it");
        QTest::newRow("unknown option")
            << QStringList{u"rooms"_s, u"--jsn"_s} << QByteArray("did you mean --json?");
        QTest::newRow("no room") << QStringList{u"tail"_s} << QByteArray("tail needs ROOM...");
        QTest::newRow("no data") << QStringList{u"trigger"_s, u"a"_s, u"b"_s}
                                 << QByteArray("trigger needs ROOM");
        QTest::newRow("not JSON") << QStringList{u"trigger"_s, u"a"_s, u"b"_s, u"hello"_s}
                                  << QByteArray("not JSON");
        QTest::newRow("meta") << QStringList{u"trigger"_s, u"a"_s, u"b"_s, u"1"_s, u"--meta=1"_s}
                              << QByteArray("--meta: must be a JSON object");
        QTest::newRow("url") << QStringList{u"rooms"_s, u"--url=localhost:3000"_s}
                             << QByteArray("--url: must be like");
        QTest::newRow("since") << QStringList{u"tail"_s, u"a"_s, u"--since=yesterday"_s}
                               << QByteArray("--since: ");
        QTest::newRow("two beginnings")
            << QStringList{u"tail"_s, u"a"_s, u"--since=1h"_s, u"--history=3"_s} << QByteArray("one will do");
        QTest::newRow("one place, two rooms")
            << QStringList{u"tail"_s, u"a"_s, u"b"_s, u"--since=e:3"_s} << QByteArray("a place in one room");
    }

    void wrongCommandLinesAreToldWithAHint()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, text);
        const Outcome outcome = runDialogue(words);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains(text), outcome.err.constData());
        QVERIFY2(outcome.err.contains("--help'"), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void helpIsThereForEveryCommand_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("all") << QStringList{u"--help"_s} << QByteArray("Exit codes:");
        QTest::newRow("version") << QStringList{u"--version"_s} << QByteArray("dialogue ");
        for (const QString &command : {u"tail"_s, u"trigger"_s, u"rooms"_s, u"participants"_s}) {
            const QByteArray text = "Usage: dialogue " + command.toUtf8();
            QTest::newRow(qPrintable(command)) << QStringList{command, u"--help"_s} << text;
            QTest::newRow(qPrintable(u"help "_s + command)) << QStringList{u"help"_s, command} << text;
        }
    }

    void helpIsThereForEveryCommand()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, text);
        const Outcome outcome = runDialogue(words);
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains(text), outcome.out.constData());
        QVERIFY(outcome.err.isEmpty());
    }

    void tellsThatThereIsNoServer_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::newRow("rooms") << QStringList{u"rooms"_s};
        QTest::newRow("tail") << QStringList{u"tail"_s, u"chat"_s};
        QTest::newRow("trigger") << QStringList{u"trigger"_s, u"chat"_s, u"message"_s, u"1"_s};
    }

    void tellsThatThereIsNoServer()
    {
        QFETCH(QStringList, words);
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        const QString url = u"http://127.0.0.1:%1"_s.arg(closed.serverPort());
        closed.close();
        const Outcome outcome = runDialogue(words + QStringList{u"--url"_s, url});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("no connection to " + url.toUtf8()), outcome.err.constData());
    }

    void tellsThatItIsNoSuchServer()
    {
        const Outcome outcome = runDialogue({u"rooms"_s, u"--url"_s, m_server.url() + u"/elsewhere/"_s});
        QVERIFY2(outcome.exitCode == 4 || outcome.exitCode == 3, outcome.err.constData());
        QVERIFY(outcome.err.contains("no connection"));
    }

private:
    [[nodiscard]] Outcome run(const QStringList &words, const QByteArray &input = {}) const
    {
        return runDialogue(words + QStringList{u"--url"_s, m_server.url()}, input);
    }

    ServerProcess m_server;
};

DIALOGUE_TEST(TestCommands, QCoreApplication)
#include "tst_commands.moc"
