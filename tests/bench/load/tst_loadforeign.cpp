#include "loadprogram.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace dialogue::test;

/** The load generator and servers that are not ours: one that speaks as the original does, and one that means
 * it ill. */
class TestLoadForeign : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_foreign.start(QStringLiteral(FOREIGN_SERVER))
                     && m_strange.start(QStringLiteral(STRANGE_SERVER)),
                 "node and `npm ci` in tests/interop are needed");
    }

    void losesNothing()
    {
        const Outcome outcome
            = runLoad({u"--url"_s, m_foreign.url(), u"--room=chat"_s, u"--subscribers=5"_s, u"--rate=100"_s,
                       u"--warmup=0.1"_s, u"--duration=0.5"_s, u"--json"_s});
        QVERIFY2(outcome.exitCode == 0, (outcome.err + outcome.out).constData());
        QVERIFY(QJsonDocument::fromJson(outcome.out).object().value("deliveries"_L1).toInt() > 0);
    }

    void letsNoServerMoveTheCursor_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("text");
        const QString url = u"--url="_s + m_strange.url();
        QTest::newRow("a refusal") << QStringList{url, u"--token=refused"_s} << 3
                                   << QByteArray("\\u001b]0;owned");
        QTest::newRow("errors") << QStringList{url, u"--room=errors"_s} << 1 << QByteArray();
        QTest::newRow("no WebSocket") << QStringList{url + u"/elsewhere/"_s} << 4 << QByteArray();
    }

    void letsNoServerMoveTheCursor()
    {
        QFETCH(QStringList, words);
        QFETCH(int, exitCode);
        QFETCH(QByteArray, text);
        const Outcome outcome
            = runLoad(words + QStringList{u"--subscribers=1"_s, u"--warmup=0"_s, u"--duration=0.1"_s});
        QCOMPARE(outcome.exitCode, exitCode);
        QVERIFY2(outcome.err.contains(text), outcome.err.constData());
        QVERIFY2(isHarmless(outcome), (outcome.out + outcome.err).constData());
    }

    void leavesAServerThatAsksAndDoesNotRead()
    {
        const Outcome outcome = runLoad(
            {u"--url"_s, m_strange.url(), u"--token=pings"_s, u"--subscribers=1"_s, u"--publishers=0"_s});
        QCOMPARE(outcome.exitCode, 4);
        QVERIFY2(outcome.err.contains("does not read the answers"), outcome.err.constData());
    }

private:
    NodeServer m_foreign;
    NodeServer m_strange;
};

DIALOGUE_TEST(TestLoadForeign, QCoreApplication)
#include "tst_loadforeign.moc"
