#include "processes.h"
#include "testclasses.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** `dialogue admin`, against a server of ours as a process of its own. */
class TestAdminCommand : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ServerProcess m_server;

    Outcome admin(const QStringList &words) const
    {
        return runDialogue(QStringList{u"admin"_s} + words + owner());
    }
    QStringList owner() const
    {
        return {u"--url"_s, m_server.url(), u"--token-file"_s, m_folder.filePath(u"token"_s)};
    }
    QString written(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(text) == text.size() ? file.fileName()
                                                                                  : QString();
    }
    /** The id of the only client in `chat`, once those who were there before have gone. */
    QString idOfTheOnlyOne(const QString &user) const
    {
        QJsonObject client;
        do {
            const QByteArray clients = admin({u"clients"_s, u"--room"_s, u"chat"_s, u"--json"_s}).out;
            client = parsed(clients.trimmed()); // several lines are no object
        } while (client[u"userId"].toString() != user);
        return client[u"id"].toString();
    }
    static QJsonObject parsed(const QByteArray &line) { return QJsonDocument::fromJson(line).object(); }

private Q_SLOTS:
    void initTestCase()
    {
        const QByteArray config
            = "admin: {token: generate, tokenFile: " + m_folder.filePath(u"token"_s).toUtf8()
            + "}\n"
              "rooms:\n"
              "  chat: {events: [message, {name: login, schema: {properties: {pin: {x-sensitive: true}}}}]}\n"
              "  game-1: {maxSize: 4, events: [move]}\n";
        QVERIFY(m_server.start(config));
    }

    void listsWhatThereIs()
    {
        Outcome outcome = admin({u"rooms"_s});
        QCOMPARE(outcome.exitCode, 0);
        QCOMPARE(outcome.out.split('\n').value(0).simplified(), QByteArray("ROOM IN IT OF OFFSET KEPT NAME"));
        QCOMPARE(outcome.out.split('\n').value(2).simplified(), QByteArray("game-1 0 4 0 0 game-1"));
        outcome = admin({u"rooms"_s, u"--limit"_s, u"1"_s, u"--json"_s});
        QCOMPARE(outcome.out.count('\n'), 1);
        QVERIFY(outcome.err.contains("--all"));
        outcome = admin({u"rooms"_s, u"--limit"_s, u"1"_s, u"--all"_s, u"--descending"_s, u"--sort"_s,
                         u"id"_s, u"--json"_s});
        QCOMPARE(outcome.out.count('\n'), 2);
        QCOMPARE(parsed(outcome.out.split('\n').first())[u"id"].toString(), u"game-1"_s);
        QCOMPARE(admin({u"clients"_s}).out, QByteArray("none\n"));
        outcome = admin({u"room"_s, u"chat"_s, u"--json"_s});
        QCOMPARE(parsed(outcome.out)[u"events"].toArray().size(), 2);
        outcome = admin({u"stats"_s});
        QVERIFY(outcome.out.contains("residentMemory"));
    }

    void followsWhatIsPublished()
    {
        RunningDialogue tail(
            QStringList{u"admin"_s, u"tail"_s, u"ch*"_s, u"--payload"_s, u"--filter"_s, u"data.n != 2"_s}
            + owner());
        const auto say = [this](const QByteArray &data) {
            return runDialogue({u"trigger"_s, u"chat"_s, u"login"_s, QString::fromUtf8(data), u"--url"_s,
                                m_server.url(), u"--token"_s, u"ann"_s})
                       .exitCode
                == 0;
        };
        while (!admin({u"audit"_s}).out.contains("watchPayloads")) { }
        QVERIFY(say("{\"n\":2,\"pin\":\"4711\"}"));
        QVERIFY(say("{\"n\":3,\"pin\":\"4711\",\"t\":\"\\u001b[1m\"}"));
        QVERIFY(tail.waitForOut("{\"n\":3,\"pin\":\"***\",\"t\":"));
        const Outcome outcome = tail.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(!outcome.out.contains("\"n\":2"));
        QVERIFY(isHarmless(outcome));
        const Outcome audit = admin({u"audit"_s, u"--search"_s, u"watchPayloads"_s});
        QVERIFY(audit.out.contains("data.n != 2"));
    }

    void followsWhatIsRefusedAndWhoDoesWhat()
    {
        RunningDialogue errors(
            QStringList{u"admin"_s, u"errors"_s, u"--follow"_s, u"--code"_s, u"ROOM_NOT_FOUND"_s, u"--json"_s}
            + owner());
        RunningDialogue audit(QStringList{u"admin"_s, u"audit"_s, u"--follow"_s} + owner());
        const auto refuse = [this](const QString &room) {
            return runDialogue({u"trigger"_s, room, u"message"_s, u"1"_s, u"--url"_s, m_server.url(),
                                u"--token"_s, u"bob"_s})
                       .exitCode
                != 0;
        };
        QVERIFY(errors.waitForErr("from now on"));
        QVERIFY(audit.waitForErr("from now on"));
        QVERIFY(refuse(u"nowhere"_s));
        QVERIFY(errors.waitForOut("ROOM_NOT_FOUND"));
        (void)admin({u"do"_s, u"liftBan"_s, u"userId=nobody"_s, u"--reason"_s, u"a mistake"_s});
        QVERIFY(audit.waitForOut("liftBan"));
        const Outcome outcome = errors.interrupt();
        QCOMPARE(outcome.exitCode, 0);
        const QJsonObject row = parsed(outcome.out.split('\n').first());
        QCOMPARE(row[u"code"].toString(), u"ROOM_NOT_FOUND"_s);
        QCOMPARE(row[u"user"].toString(), u"bob"_s);
        QCOMPARE(audit.interrupt().exitCode, 0);
        const Outcome listed = admin({u"errors"_s, u"--room"_s, u"nowhere"_s});
        QVERIFY(listed.out.startsWith("TIME"));
        QVERIFY(listed.out.contains("ROOM_NOT_FOUND"));
        QCOMPARE(admin({u"errors"_s, u"--code"_s, u"ROOM_FULL"_s}).out, QByteArray("none\n"));
    }

    void actsOnWhatAFilterWantsOnceItIsSaidToMeanIt()
    {
        RunningDialogue ann({u"tail"_s, u"chat"_s, u"--url"_s, m_server.url(), u"--token"_s, u"ann"_s});
        const QString where = u"userId ~ \"a*\""_s;
        (void)idOfTheOnlyOne(u"ann"_s);
        Outcome outcome = admin({u"kick"_s, u"chat"_s, u"--where"_s, where});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.out.contains("ann"));
        QVERIFY(outcome.out.endsWith("would be done to 1, and reach 1\n"));
        QVERIFY(outcome.err.contains("--yes"));
        QCOMPARE(admin({u"clients"_s, u"--room"_s, u"chat"_s, u"--json"_s}).out.count('\n'), 1);
        outcome = admin({u"kick"_s, u"chat"_s, u"--where"_s, where, u"--yes"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY(outcome.out.endsWith("done to 1\n"));
        QCOMPARE(admin({u"clients"_s, u"--room"_s, u"chat"_s, u"--json"_s}).out, QByteArray());
        outcome = admin({u"disconnect"_s, u"--where"_s, u"userid == \"ann\""_s, u"--yes"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY(outcome.err.contains("did you mean userId?"));
        // Whom it is for is said once.
        QCOMPARE(admin({u"disconnect"_s}).exitCode, 2);
        QCOMPARE(admin({u"kick"_s, u"chat"_s, u"c1"_s, u"--where"_s, where}).exitCode, 2);
    }

    void listsTheSanctionsThatHold()
    {
        const QStringList zoe{u"userId=zoe"_s, u"roomId=chat"_s};
        QCOMPARE(
            admin(QStringList{u"do"_s, u"muteUser"_s, u"reason=too loud"_s, u"duration:=3600000"_s} + zoe)
                .exitCode,
            0);
        const Outcome listed = admin({u"sanctions"_s, u"--search"_s, u"zoe"_s});
        QCOMPARE(listed.out.split('\n').value(0).simplified(),
                 QByteArray("USER KIND ROOM UNTIL BY SINCE REASON"));
        const QByteArray row = listed.out.split('\n').value(1).simplified();
        QVERIFY(row.startsWith("zoe mute chat 2"));
        QVERIFY(row.contains(" admin:"));
        QVERIFY(row.endsWith("too loud"));
        QCOMPARE(admin(QStringList{u"do"_s, u"liftMute"_s} + zoe).exitCode, 0);
        QCOMPARE(admin({u"sanctions"_s, u"--search"_s, u"zoe"_s}).out, QByteArray("none\n"));
    }

    void actsAndSaysWhatItWouldReach()
    {
        RunningDialogue ann(
            {u"tail"_s, u"chat"_s, u"game-1"_s, u"--url"_s, m_server.url(), u"--token"_s, u"ann"_s});
        const QString id = idOfTheOnlyOne(u"ann"_s);
        QCOMPARE(admin({u"do"_s, u"broadcastToRoom"_s, u"roomId=chat"_s, u"event=hi"_s, u"--dry-run"_s}).out,
                 QByteArray("would reach 1\n"));
        QCOMPARE(admin({u"do"_s, u"triggerEvent"_s, u"roomId=chat"_s, u"event=message"_s,
                        u"data:={\"text\":\"by hand\"}"_s})
                     .exitCode,
                 0);
        QVERIFY(ann.waitForOut("by hand"));
        const Outcome kicked = admin({u"kick"_s, u"chat"_s, id, u"--reason"_s, u"spam"_s});
        QCOMPARE(kicked.exitCode, 0);
        QVERIFY(ann.waitForErr("chat"));
        QCOMPARE(admin({u"disconnect"_s, id}).exitCode, 0);
        const Outcome again = admin({u"disconnect"_s, id});
        QCOMPARE(again.exitCode, 3);
        QVERIFY(again.err.contains("NOT_FOUND"));
        QVERIFY(admin({u"audit"_s}).out.contains("spam"));
    }

    void saysWhySomebodyDidNotGetAnEvent()
    {
        const QByteArray offset
            = parsed(runDialogue({u"trigger"_s, u"chat"_s, u"message"_s, u"1"_s, u"--json"_s, u"--url"_s,
                                  m_server.url(), u"--token"_s, u"eve"_s})
                         .out)[u"offset"]
                  .toVariant()
                  .toByteArray();
        RunningDialogue bob({u"tail"_s, u"chat"_s, u"--url"_s, m_server.url(), u"--token"_s, u"bob"_s});
        const QString id = idOfTheOnlyOne(u"bob"_s);
        Outcome outcome = admin({u"why"_s, u"chat"_s, QString::fromLatin1(offset), u"--user"_s, u"bob"_s});
        QCOMPARE(outcome.exitCode, 0);
        // It came before bob did, who was not there or not in the room yet.
        QVERIFY2(outcome.out.contains("JOINED_AFTER") || outcome.out.contains("NOT_CONNECTED"),
                 outcome.out.constData());
        QVERIFY(isHarmless(outcome));
        outcome = admin({u"timeline"_s, id});
        QVERIFY(outcome.out.contains("connected"));
        QVERIFY(outcome.out.contains("joined"));
        (void)bob.interrupt();
        QByteArray leavers;
        do
            leavers = admin({u"leavers"_s, u"--search"_s, id, u"--json"_s}).out;
        while (leavers.isEmpty()); // of one id there is one
        QCOMPARE(parsed(leavers.trimmed())[u"userId"].toString(), u"bob"_s);
        QVERIFY(parsed(admin({u"timeline"_s, id, u"--json"_s}).out)[u"entries"].toArray().size() >= 3);
        QCOMPARE(admin({u"why"_s, u"chat"_s, u"9999"_s, u"--user"_s, u"bob"_s}).exitCode, 3);
    }

    void saysWhatIsWrongWithItsWords_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QStringList() << QByteArray("WHAT");
        QTest::newRow("unknown") << QStringList{u"stat"_s} << QByteArray("did you mean 'stats'");
        QTest::newRow("too many") << QStringList{u"rooms"_s, u"chat"_s} << QByteArray("no further words");
        QTest::newRow("too few") << QStringList{u"kick"_s, u"chat"_s} << QByteArray("ROOM CLIENT");
        QTest::newRow("no event") << QStringList{u"why"_s, u"chat"_s} << QByteArray("ROOM OFFSET");
        QTest::newRow("no value") << QStringList{u"do"_s, u"drain"_s, u"now"_s} << QByteArray("NAME=TEXT");
        QTest::newRow("no JSON") << QStringList{u"do"_s, u"drain"_s, u"now:={"_s} << QByteArray("now");
        QTest::newRow("limit") << QStringList{u"rooms"_s, u"--limit"_s, u"501"_s} << QByteArray("--limit");
        QTest::newRow("both") << QStringList{u"rooms"_s, u"--account"_s, u"ada"_s}
                              << QByteArray("one of the two");
    }
    void saysWhatIsWrongWithItsWords()
    {
        QFETCH(QStringList, words);
        QFETCH(QByteArray, said);
        const Outcome outcome = admin(words);
        QCOMPARE(outcome.exitCode, 2);
        QVERIFY2(outcome.err.contains(said), outcome.err.constData());
        QVERIFY(outcome.out.isEmpty());
    }

    void saysWhoIsRefusedAndWhy()
    {
        const auto by = [this](const QStringList &words) {
            return runDialogue(QStringList{u"admin"_s, u"rooms"_s, u"--url"_s, m_server.url()} + words);
        };
        Outcome outcome = by({u"--token-file"_s, written(u"wrong"_s, "another\n")});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY(outcome.err.contains("UNAUTHORIZED"));
        outcome
            = by({u"--account"_s, u"ada"_s, u"--password-file"_s, written(u"password"_s, "guessed it\n")});
        QCOMPARE(outcome.exitCode, 3);
        QCOMPARE(by({u"--account"_s, u"ada"_s}).exitCode, 2);
        QCOMPARE(by({}).exitCode, 2);
        QCOMPARE(by({u"--token-file"_s, u"/nowhere"_s}).exitCode, 2);
        QCOMPARE(runDialogue({u"admin"_s, u"rooms"_s, u"--url"_s, u"http://127.0.0.1:1"_s, u"--token-file"_s,
                              m_folder.filePath(u"token"_s)})
                     .exitCode,
                 4);
    }
};

DIALOGUE_TEST(TestAdminCommand, QCoreApplication)
#include "tst_admincommand.moc"
