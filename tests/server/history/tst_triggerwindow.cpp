#include "server/history/triggerwindow.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** A window with a budget of its own. */
class Window
{
public:
    explicit Window(const TriggerWindowLimits &limits)
        : window(limits, memory)
    { }

    MemoryBudget memory{{.total = 1'000'000'000, .perRoom = 1, .perUser = 1}};
    TriggerWindow window;
};

void add(Window &window, const QString &user, int from, int to, const QString &origin = {})
{
    for (int id = from; id <= to; ++id) {
        window.window.add({user, origin.isEmpty() ? user : origin}, 1, QString::number(id),
                          {.event = u"message"_s, .offset = static_cast<quint64>(id), .timestamp = 0});
    }
}

/** Which of the ids 1 to 20 are remembered. */
QList<int> remembered(const Window &window, const QString &user)
{
    QList<int> ids;
    for (int id = 1; id <= 20; ++id) {
        if (window.window.find(user, 1, QString::number(id)))
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
        Window windows({});
        TriggerWindow &window = windows.window;
        window.add({u"ann"_s, u"ann"_s}, 1, u"a"_s, {.event = u"message"_s, .offset = 7, .timestamp = 99});
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
        Window window({.perUser = 3, .total = 100});
        add(window, u"ann"_s, 1, 1);
        add(window, u"ben"_s, 1, 5);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1}));
        QCOMPARE(remembered(window, u"ben"_s), QList<int>({3, 4, 5}));
        QCOMPARE(window.window.size(), 4);
    }

    void anIdThatIsUsedAnewTakesOnePlace()
    {
        Window window({.perUser = 2, .total = 100});
        add(window, u"ann"_s, 1, 1);
        add(window, u"ann"_s, 1, 1);
        add(window, u"ann"_s, 2, 2);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1, 2}));
        QCOMPARE(window.window.size(), 2);
    }

    void aFloodPushesOutItsOwnFirst()
    {
        Window window({.perUser = 100, .total = 8});
        add(window, u"ann"_s, 1, 3);
        add(window, u"flood"_s, 1, 20);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({1, 2, 3}));
        QCOMPARE(remembered(window, u"flood"_s), QList<int>({16, 17, 18, 19, 20}));
    }

    void whoWasSilentForLongestGivesWayToManyOthers()
    {
        Window window({.perUser = 100, .total = 4});
        add(window, u"ann"_s, 1, 2);
        add(window, u"ben"_s, 1, 1);
        add(window, u"cat"_s, 1, 1);
        add(window, u"dan"_s, 1, 1);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>({2}));
        add(window, u"eve"_s, 1, 1);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>());
        QCOMPARE(remembered(window, u"eve"_s), QList<int>({1}));
        QCOMPARE(window.window.size(), 4);
    }

    void whoComesUnderManyNamesPushesOutItsOwnToo()
    {
        Window window({.perUser = 1000, .total = 10'000});
        add(window, u"victim"_s, 1, 1, u"10.0.0.1"_s);
        add(window, u"neighbour"_s, 1, 1, u"10.0.0.2"_s);
        for (int i = 0; i < 101; ++i)
            add(window, QStringLiteral("made up %1").arg(i), 1, 1000, u"10.0.0.2"_s);
        QCOMPARE(window.window.size(), 10'000);
        QCOMPARE(remembered(window, u"victim"_s), QList<int>({1}));
        QCOMPARE(remembered(window, u"neighbour"_s), QList<int>({1}));
        QCOMPARE(remembered(window, u"made up 0"_s), QList<int>());
    }

    void countsBytes()
    {
        constexpr qint64 enough = 100'000;
        Window window({.perUser = 1000, .total = 1000, .bytes = enough});
        const qint64 before = window.memory.counters().used;
        const auto addLong = [&window](const QString &user, int id) {
            window.window.add({user, user}, 1, QString::number(id).leftJustified(1000, u'L'),
                              {.event = u"message"_s, .offset = 1, .timestamp = 0});
        };
        add(window, u"victim"_s, 1, 1);
        for (int id = 0; id < 200; ++id)
            addLong(u"flood"_s, id);
        QVERIFY(window.window.bytes() <= enough);
        QVERIFY(window.window.bytes() > enough - 3000);
        QVERIFY(window.window.size() < 50);
        QCOMPARE(remembered(window, u"victim"_s), QList<int>({1}));
        QCOMPARE(window.memory.counters().used - before, window.window.bytes());
    }

    void givesBackWhatItTook()
    {
        MemoryBudget memory({.total = 1'000'000'000, .perRoom = 1, .perUser = 1});
        {
            TriggerWindow window({}, memory);
            window.add({u"ann"_s, u"ann"_s}, 1, u"1"_s, {.event = u"message"_s});
            QVERIFY(memory.counters().used > 100);
        }
        QCOMPARE(memory.counters().used, 0);
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
        Window window({.perUser = perUser, .total = total});
        add(window, u"ann"_s, 1, 3);
        QCOMPARE(remembered(window, u"ann"_s), QList<int>());
        QCOMPARE(window.window.size(), 0);
    }
};

DIALOGUE_TEST(TestTriggerWindow, QCoreApplication)
#include "tst_triggerwindow.moc"
