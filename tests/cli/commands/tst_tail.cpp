#include "processes.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

namespace {

const QByteArray TailedRooms = R"(
rooms:
  chat:
    events:
      - name: message
        schema: {type: object, required: [text], properties: {text: {type: string, minLength: 1}}}
        history: {limit: 50}
      - name: typing
    defaultSubscriptions: [message]
  other:
    events: [{name: message, history: {limit: 5}}]
)";

} // namespace

class TestTail : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(m_server.start(TailedRooms)); }
    void cleanup() { m_server.kill(); }

    void followsRoomsUntilCtrlC()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"other"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        QVERIFY(tail.waitForErr("following other"));
        trigger(u"chat"_s, u"message"_s, u"{\"text\":\"hi\"}"_s);
        trigger(u"chat"_s, u"typing"_s, u"true"_s);
        trigger(u"other"_s, u"message"_s, u"[1]"_s);
        QVERIFY(tail.waitForOut(" other #1 message "));
        const Outcome outcome = tail.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains(" chat #1 message "), outcome.out.constData());
        QVERIFY2(outcome.out.contains(" chat #2 typing "), outcome.out.constData());
        QVERIFY2(outcome.out.contains(" {\"text\":\"hi\"}\n"), outcome.out.constData());
        QVERIFY2(outcome.err.contains("dialogue: 3 events in "), outcome.err.constData());
        QVERIFY2(!outcome.out.contains('\x1b'), "colours in a pipe");
    }

    void writesJsonAndEndsAfterACount()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--json"_s, u"--count=2"_s, u"--event=message"_s,
                              u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        say(u"one"_s);
        trigger(u"chat"_s, u"typing"_s, u"true"_s);
        say(u"two"_s);
        const Outcome outcome = tail.waitForEnd();
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(texts(outcome.out), (QStringList{u"one"_s, u"two"_s}));
    }

    void numbersStayWhatTheyAre()
    {
        RunningDialogue tail(
            {u"tail"_s, u"other"_s, u"--json"_s, u"--count=2"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following other"));
        trigger(u"other"_s, u"message"_s, u"{ \"a\" :\n 12345678901234567890123 }"_s);
        trigger(u"other"_s, u"message"_s, u"[9007199254740993,0.10000000000000000001]"_s);
        const Outcome outcome = tail.waitForEnd();
        QVERIFY2(outcome.out.contains("\"data\":{\"a\":12345678901234567890123},"), outcome.out.constData());
        QVERIFY2(outcome.out.contains("\"data\":[9007199254740993,0.10000000000000000001],"),
                 outcome.out.constData());

        const Outcome again = runDialogue({u"tail"_s, u"other"_s, u"--json"_s, u"--history=2"_s,
                                           u"--count=2"_s, u"--url"_s, m_server.url()});
        QVERIFY2(again.out.contains("\"data\":{\"a\":12345678901234567890123},"), again.out.constData());
        QVERIFY2(again.out.contains("\"data\":[9007199254740993,0.10000000000000000001],"),
                 again.out.constData());
    }

    void beginsWithTheHistory()
    {
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
            say(text);
        QCOMPARE(texts(tailOut({u"--history=2"_s, u"--count=2"_s})), (QStringList{u"two"_s, u"three"_s}));
        QCOMPARE(texts(tailOut({u"--since=1"_s, u"--count=2"_s})), (QStringList{u"two"_s, u"three"_s}));
        QCOMPARE(texts(tailOut({u"--since=1h"_s, u"--count=3"_s})),
                 (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    }

    void goesOnWhereItEnded()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        say(u"one"_s);
        QVERIFY(tail.waitForOut("one"));
        const QByteArray err = tail.interrupt().err;
        const QByteArray option = "--since ";
        QVERIFY2(err.contains(option), err.constData());
        const QString since = QString::fromUtf8(err.mid(err.indexOf(option) + option.size())).trimmed();
        say(u"two"_s);
        say(u"three"_s);
        QCOMPARE(texts(tailOut({u"--since"_s, since, u"--count=2"_s})), (QStringList{u"two"_s, u"three"_s}));
    }

    void saysThatTheConnectionIsLostAndRecovers()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--json"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        say(u"before"_s);
        QVERIFY(tail.waitForOut("before"));
        const quint16 port = m_server.port();
        m_server.kill();
        QVERIFY(tail.waitForErr("connection lost"));
        QVERIFY(m_server.start(TailedRooms, port));
        QVERIFY(tail.waitForErr("connected again"));
        QVERIFY(tail.waitForErr("cannot be recovered")); // another log: the server keeps it in memory
        say(u"after"_s);
        QVERIFY(tail.waitForOut("after"));
        const Outcome outcome = tail.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(texts(outcome.out), (QStringList{u"before"_s, u"after"_s}));
        QVERIFY2(outcome.err.contains("connection lost 1 times"), outcome.err.constData());
    }

    void isRefusedARoomThatIsNotThere()
    {
        const Outcome outcome = runDialogue({u"tail"_s, u"nowhere"_s, u"--url"_s, m_server.url()});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("nowhere: ROOM_NOT_FOUND"), outcome.err.constData());
    }

private:
    void trigger(const QString &room, const QString &event, const QString &data) const
    {
        const Outcome outcome = runDialogue({u"trigger"_s, room, event, data, u"--url"_s, m_server.url()});
        QVERIFY2(outcome.exitCode == 0, outcome.err.constData());
    }
    void say(const QString &text) const
    {
        trigger(u"chat"_s, u"message"_s, u"{\"text\":\"%1\"}"_s.arg(text));
    }
    [[nodiscard]] QByteArray tailOut(const QStringList &more) const
    {
        return runDialogue(QStringList{u"tail"_s, u"chat"_s, u"--json"_s, u"--url"_s, m_server.url()} + more)
            .out;
    }
    [[nodiscard]] static QStringList texts(const QByteArray &lines)
    {
        QStringList texts;
        for (const QByteArray &line : lines.split('\n')) {
            if (!line.isEmpty()) {
                const QJsonObject message = QJsonDocument::fromJson(line).object();
                texts.append(message.value("data"_L1).toObject().value("text"_L1).toString());
            }
        }
        return texts;
    }

    ServerProcess m_server;
};

DIALOGUE_TEST(TestTail, QCoreApplication)
#include "tst_tail.moc"
