#include "console/errors/limitsfeed.h"
#include "console/errors/refusalmodel.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

/** The newest of what was refused, and who is near a limit. */
class TestRefusalModel : public QObject
{
    Q_OBJECT

    static RefusalRow row(qint64 number, const QString &code = u"ROOM_FULL"_s)
    {
        return {.id = QString::number(number), .number = number, .time = number, .code = code};
    }

private Q_SLOTS:
    void eachComesOnceInWhateverOrder()
    {
        RefusalModel model;
        model.sort(RefusalModel::Time, Qt::DescendingOrder);
        QVERIFY(model.add(row(3)));
        QVERIFY(model.add(row(1)));
        QVERIFY(!model.add(row(3)));
        QVERIFY(model.add(row(2)));
        model.flush();
        QCOMPARE(model.rowCount(), 3);
        QCOMPARE(model.rowAt(0).number, 3);
    }

    void theOldestGoAndDoNotComeBack()
    {
        RefusalModel model;
        for (qint64 i = 1; i <= qint64(RefusalModel::MostRows) + 2; ++i)
            QVERIFY(model.add(row(i)));
        model.flush();
        QCOMPARE(model.rowCount(), int(RefusalModel::MostRows));
        QVERIFY(!model.add(row(2)));
        QVERIFY(!model.add(row(3)));
    }

    void theOnesOfACodeAreShownAndAllAgain()
    {
        RefusalModel model;
        model.add(row(1));
        model.add(row(2, u"RATE_LIMITED"_s));
        model.setCode(u"RATE_LIMITED"_s);
        QCOMPARE(model.rowCount(), 1);
        model.add(row(3));
        model.add(row(4, u"RATE_LIMITED"_s));
        model.flush();
        QCOMPARE(model.rowCount(), 2);
        model.setCode({});
        QCOMPARE(model.rowCount(), 4);
    }

    void whatAServerSaysIsMadeVisible()
    {
        const RefusalRow read = refusalRowOf({{u"number"_s, 7},
                                              {u"code"_s, u"ROOM_FULL"_s},
                                              {u"user"_s, u"\u202Eada"_s},
                                              {u"message"_s, QString(10'000, u'x')}});
        QCOMPARE(read.id, u"7"_s);
        QVERIFY(!read.user.contains(QChar(0x202E)));
        QVERIFY(read.message.size() < 1000);
        QCOMPARE(refusalRowOf({}).number, 0);
    }

    void whoIsNearALimitIsReckoned()
    {
        const LimitRow client = LimitsFeed::ofClient(
            {{u"id"_s, u"c1"_s}, {u"userId"_s, u"ada"_s}, {u"queuedBytes"_s, 900}}, 1000);
        QCOMPARE(client.share, 0.9);
        QCOMPARE(client.clientId, u"c1"_s);
        QCOMPARE(LimitsFeed::ofClient({{u"queuedBytes"_s, 900}}, 0).share, 0.0);
        const LimitRow room = LimitsFeed::ofRoom({{u"id"_s, u"chat"_s}, {u"size"_s, 3}, {u"maxSize"_s, 4}});
        QCOMPARE(room.share, 0.75);
        QCOMPARE(room.roomId, u"chat"_s);
        QCOMPARE(LimitsFeed::ofRoom({{u"size"_s, 3}}).share, 0.0);
    }
};

DIALOGUE_TEST(TestRefusalModel, QCoreApplication)
#include "tst_refusalmodel.moc"
