#include "server/history/triggerwindow.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

void add(TriggerWindow &window, const QString &user, int from, int to)
{
    for (int id = from; id <= to; ++id)
        window.add(user, 1, QString::number(id),
                   {.event = u"message"_s, .offset = static_cast<quint64>(id), .timestamp = 0});
}

/** Which of the ids 1 to 20 are remembered. */
QList<int> remembered(const TriggerWindow &window, const QString &user)
{
    QList<int> ids;
    for (int id = 1; id <= 20; ++id) {
        if (window.find(user, 1, QString::number(id)))
            ids.append(id);
    }
    return ids;
}

} // namespace

class TestTriggerWindow : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void knowsWhatBecameOfATrigger()
    {
        TriggerWindow window({});
        window.add(u"ann"_s, 1, u"a"_s, {.event = u"message"_s, .offset = 7, .timestamp = 99});
        const auto receipt = window.find(u"ann"_s, 1, u"a"_s);
        QVERIFY(receipt);
        QCOMPARE(receipt->event, u"message"_s);
        QCOMPARE(receipt->offset, 7);
        QCOMPARE(receipt->timestamp, 99);
        QVERIFY2(!window.find(u"ben"_s, 1, u"a"_s), "an id is its sender's own");
        QVERIFY2(!window.find(u"ann"_s, 2, u"a"_s), "and its room's");
        QVERIFY(!window.find(u"ann"_s, 1, u"b"_s));
    }

    void keepsTheNewestOfEachUser()
    {
        TriggerWindow window({.perUser = 3, .total = 100});
        add(window, u"ann"_s, 1, 1);
        add(window, u"ben"_s, 1, 5);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1}));
        QCOMPARE(remembered(window, u"ben"_s), QList<int>({3, 4, 5}));
        QCOMPARE(window.size(), 4);
    }

    void anIdThatIsUsedAnewTakesOnePlace()
    {
        TriggerWindow window({.perUser = 2, .total = 100});
        add(window, u"ann"_s, 1, 1);
        add(window, u"ann"_s, 1, 1);
        add(window, u"ann"_s, 2, 2);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1, 2}));
        QCOMPARE(window.size(), 2);
    }

    void aFloodPushesOutItsOwnFirst()
    {
        TriggerWindow window({.perUser = 100, .total = 8});
        add(window, u"ann"_s, 1, 3);
        add(window, u"flood"_s, 1, 20);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1, 2, 3}));
        QCOMPARE(remembered(window, u"flood"_s), QList<int>({16, 17, 18, 19, 20}));
    }

    void whoWasSilentForLongestGivesWayToManyOthers()
    {
        TriggerWindow window({.perUser = 100, .total = 4});
        add(window, u"ann"_s, 1, 2);
        add(window, u"ben"_s, 1, 1);
        add(window, u"cat"_s, 1, 1);
        add(window, u"dan"_s, 1, 1);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({2}));
        add(window, u"eve"_s, 1, 1);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>());
        QCOMPARE(remembered(window, u"eve"_s), QList<int>({1}));
        QCOMPARE(window.size(), 4);
    }

    void remembersNothingWhereNothingIsToBeRemembered_data()
    {
        QTest::addColumn<int>("perUser");
        QTest::addColumn<int>("total");
        QTest::newRow("of a user") << 0 << 10;
        QTest::newRow("of all") << 10 << 0;
    }
    void remembersNothingWhereNothingIsToBeRemembered()
    {
        QFETCH(int, perUser);
        QFETCH(int, total);
        TriggerWindow window({.perUser = perUser, .total = total});
        add(window, u"ann"_s, 1, 3);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>());
        QCOMPARE(window.size(), 0);
    }
};

DIALOGUE_TEST(TestTriggerWindow, QCoreApplication)
#include "tst_triggerwindow.moc"
