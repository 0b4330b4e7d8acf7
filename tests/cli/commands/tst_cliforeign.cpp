#include "processes.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** The commands with npm socket.io that speaks the dialogue:* events as the original does. */
class TestForeignServer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(QStringLiteral(FOREIGN_SERVER)),
                 "node and `npm ci` in tests/interop are needed");
    }

    void tailFollowsWhatTriggerSends()
    {
        RunningDialogue tail({u"tail"_s, u"chat"_s, u"--json"_s, u"--count=3"_s, u"--url"_s, m_server.url()});
        QVERIFY(tail.waitForErr("following chat"));
        QCOMPARE(run({u"trigger"_s, u"chat"_s, u"message"_s, u"\"one\""_s}).exitCode, 0);
        const Outcome two
            = run({u"trigger"_s, u"chat"_s, u"typing"_s, u"-"_s, u"--json"_s}, "\"two\"\n\"three\"\n");
        QCOMPARE(two.exitCode, 0);
        QVERIFY2(two.err.contains("2 of 2 events read by the server"), two.err.constData());
        QCOMPARE(
            QJsonDocument::fromJson(two.out.split('\n').constFirst()).object().value("offset"_L1).toInt(-1),
            0);
        const Outcome outcome = tail.waitForEnd();
        QCOMPARE(outcome.exitCode, 0);
        QStringList texts;
        for (const QByteArray &line : outcome.out.trimmed().split('\n'))
            texts.append(QJsonDocument::fromJson(line).object().value("data"_L1).toString());
        QCOMPARE(texts, (QStringList{u"one"_s, u"two"_s, u"three"_s}));
    }

    void tailBeginsWithTheHistory()
    {
        QCOMPARE(run({u"trigger"_s, u"chat"_s, u"message"_s, u"\"kept\""_s}).exitCode, 0);
        const Outcome outcome = run({u"tail"_s, u"chat"_s, u"--history=1"_s, u"--count=1"_s});
        QCOMPARE(outcome.exitCode, 0);
        QVERIFY2(outcome.out.contains(" \"kept\"\n"), outcome.out.constData());
    }

    void triggerSaysWhatIsNotKnownWhenTheConnectionIsLost()
    {
        const Outcome outcome = run({u"trigger"_s, u"chat"_s, u"drop"_s, u"1"_s});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("not known whether applied: 1"), outcome.err.constData());
    }

    void triggerTellsWhatTheServerRefuses()
    {
        const Outcome outcome = run({u"trigger"_s, u"chat"_s, u"message"_s, u"null"_s});
        QCOMPARE(outcome.exitCode, 3);
        QVERIFY2(outcome.err.contains("VALIDATION_FAILED: data is required"), outcome.err.constData());
        QCOMPARE(run({u"trigger"_s, u"nowhere"_s, u"message"_s, u"1"_s}).exitCode, 3);
    }

    void listsRoomsAndParticipants()
    {
        QVERIFY(run({u"rooms"_s}).out.contains("chat  0      Chat"));
        QCOMPARE(run({u"participants"_s, u"chat"_s}).out, QByteArray("chat: 0 participants\n"));
    }

private:
    [[nodiscard]] Outcome run(const QStringList &words, const QByteArray &input = {}) const
    {
        return runDialogue(words + QStringList{u"--url"_s, m_server.url()}, input);
    }

    NodeServer m_server;
};

DIALOGUE_TEST(TestForeignServer, QCoreApplication)
#include "tst_cliforeign.moc"
