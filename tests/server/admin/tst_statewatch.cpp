#include "server/admin/eventwatch.h"
#include "server/admin/statewatch.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace Qt::StringLiterals;

/** What one console is told of the rows it shows. */
class TestStateWatch : public QObject
{
    Q_OBJECT

    static StateWatch watching(const QStringList &ids)
    {
        StateWatch watch(1, u"w"_s, {.name = u"otto"_s});
        watch.setIds(ids);
        return watch;
    }
    static QJsonObject taken(StateWatch &watch)
    {
        return QJsonDocument::fromJson(watch.take().value_or(QByteArray())).object();
    }

private Q_SLOTS:
    void whatWasToldIsNotToldAgain()
    {
        StateWatch watch = watching({u"a"_s, u"b"_s, u"a"_s});
        QCOMPARE(watch.count(), std::size_t(2));
        QVERIFY(watch.isBehind(0, 7));
        watch.tell(0, 7, R"({"id":"a"})");
        QVERIFY(!watch.isBehind(0, 7));
        QVERIFY(watch.isBehind(0, 8));
        const QJsonObject state = taken(watch);
        QCOMPARE(state[u"watch"_s].toString(), u"w"_s);
        QCOMPARE(state[u"rev"_s].toInt(), 1);
        QCOMPARE(state[u"set"_s][0][u"id"].toString(), u"a"_s);
        QVERIFY(!watch.take());
    }

    void thatARowIsGoneIsToldOnce()
    {
        StateWatch watch = watching({u"a"_s});
        watch.tell(0, 1, {});
        watch.tell(0, 2, {});
        QCOMPARE(taken(watch)[u"gone"_s].toArray(), QJsonArray{u"a"_s});
        watch.tell(0, 3, {});
        QVERIFY(!watch.take());
        watch.tell(0, 4, "{}");
        QCOMPARE(taken(watch)[u"set"_s].toArray().size(), 1);
    }

    void ofRowsThatStayItKnowsWhatItHasTold()
    {
        StateWatch watch = watching({u"a"_s, u"b"_s});
        watch.tell(0, 1, "{}");
        watch.tell(1, 1, "{}");
        const quint64 generation = watch.generation();
        watch.setIds({u"b"_s, u"c"_s});
        QVERIFY(watch.generation() != generation);
        QCOMPARE(watch.ids(), (QStringList{u"b"_s, u"c"_s}));
        QVERIFY(!watch.isBehind(0, 1));
        QVERIFY(watch.isBehind(1, 1));
        watch.forget();
        QVERIFY(watch.isBehind(0, 1));
    }

    void isReadyAgainWhenSomethingWasTaken()
    {
        StateWatch watch = watching({u"a"_s});
        for (int i = 0; i < EventWatch::MostUnderWay; ++i) {
            QVERIFY(watch.isReady());
            watch.tell(0, quint64(i + 1), "{}");
            QVERIFY(watch.take());
        }
        QVERIFY(!watch.isReady());
        watch.credit(99);
        QVERIFY(!watch.isReady());
        watch.credit(1);
        QVERIFY(watch.isReady());
    }
};

DIALOGUE_TEST(TestStateWatch, QCoreApplication)
#include "tst_statewatch.moc"
