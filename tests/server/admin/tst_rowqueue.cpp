#include "server/admin/eventwatch.h"
#include "server/admin/rowqueue.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** Rows of a log on their way to a console. */
class TestRowQueue : public QObject
{
    Q_OBJECT

    static QJsonObject taken(RowQueue &queue)
    {
        return QJsonDocument::fromJson(queue.take().value_or(QByteArray())).object();
    }

private Q_SLOTS:
    void whatCameTogetherIsOneBatch()
    {
        RowQueue queue(u"w"_s);
        QVERIFY(!queue.take());
        queue.add(R"({"a":1})", u"x"_s);
        queue.add(R"({"a":2})", u"x"_s);
        const QJsonObject batch = taken(queue);
        QCOMPARE(batch[u"watch"_s].toString(), u"w"_s);
        QCOMPARE(batch[u"number"_s].toInt(), 1);
        QCOMPARE(batch[u"rows"_s][1][u"a"].toInt(), 2);
        QVERIFY(batch[u"dropped"_s].toObject().isEmpty());
        QVERIFY(!queue.take());
    }

    void withoutCreditItWaitsAndBeyondItsRoomItCounts()
    {
        RowQueue queue(u"w"_s);
        for (int i = 0; i < EventWatch::MostUnderWay; ++i) {
            queue.add("{}", u"x"_s);
            QVERIFY(queue.take());
        }
        for (int i = 0; i < RowQueue::MostRows + 5; ++i)
            queue.add("{}", u"RATE_LIMITED"_s);
        QVERIFY(!queue.take());
        queue.credit(99); // Of none that there was.
        QVERIFY(!queue.take());
        queue.credit(1);
        const QJsonObject batch = taken(queue);
        QCOMPARE(batch[u"rows"_s].toArray().size(), RowQueue::MostRows);
        QCOMPARE(batch[u"dropped"_s][u"RATE_LIMITED"].toInt(), 5);
        QVERIFY(!queue.take());
    }

    void largeRowsAreFewer()
    {
        RowQueue queue(u"w"_s);
        const QByteArray large = "{\"a\":\"" + QByteArray(RowQueue::MostBytes / 4, 'x') + "\"}";
        for (int i = 0; i < 5; ++i)
            queue.add(large, u"queue"_s);
        const QJsonObject batch = taken(queue);
        QCOMPARE(batch[u"rows"_s].toArray().size(), 3);
        QCOMPARE(batch[u"dropped"_s][u"queue"].toInt(), 2);
    }

    void whatIsCountedAloneIsToldToo()
    {
        RowQueue queue(u"w"_s);
        queue.drop(u"RATE_LIMITED"_s, 1000);
        QCOMPARE(taken(queue)[u"dropped"_s][u"RATE_LIMITED"].toInt(), 1000);
        QVERIFY(!queue.take());
    }
};

DIALOGUE_TEST(TestRowQueue, QCoreApplication)
#include "tst_rowqueue.moc"
