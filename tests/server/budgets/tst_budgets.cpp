#include "server/budgets/budgets.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

Budgets::Clock::time_point clockTime;
Budgets::Clock::time_point now() { return clockTime; }

ServerConfig twoAMinute()
{
    ServerConfig config;
    config.rateLimit.requests.join = {2, 1min};
    config.rateLimit.global = {3, 10s};
    return config;
}

BudgetKey user(int number) { return BudgetKey::ofUser(QString::number(number)); }

} // namespace

class TestBudgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { clockTime = Budgets::Clock::time_point{} + 1h; }

    void outliveWhoLeaves()
    {
        Budgets budgets(twoAMinute(), &now);
        const BudgetKey key = BudgetKey::ofUser(u"ann"_s);
        for (int i = 0; i < 2; ++i)
            QVERIFY(!budgets.take(budgets.hold(key), BudgetKind::Join)); // Gone again at once.
        QVERIFY(budgets.take(budgets.hold(key), BudgetKind::Join).value() == 1min);
        clockTime += 59s;
        QVERIFY(budgets.take(budgets.hold(key), BudgetKind::Join).value() == 1s);
        clockTime += 1s;
        QVERIFY(!budgets.take(budgets.hold(key), BudgetKind::Join));
        QCOMPARE(budgets.counters().refusedOf(BudgetKind::Join), 2);
        QCOMPARE(budgets.counters().refusedOf(BudgetKind::Event), 0);
    }

    void areSharedByAllThatAreConnectedAsOne()
    {
        Budgets budgets(twoAMinute(), &now);
        const auto one = budgets.hold(user(1));
        const auto other = budgets.hold(user(1));
        QVERIFY(!budgets.take(one, BudgetKind::Join));
        QVERIFY(!budgets.take(other, BudgetKind::Join));
        QVERIFY(budgets.take(one, BudgetKind::Join));
        QVERIFY(!budgets.take(budgets.hold(user(2)), BudgetKind::Join));
    }

    void knowAUserFromAnAddress_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("two of IPv4") << u"192.0.2.1"_s << u"192.0.2.2"_s << false;
        QTest::newRow("mapped") << u"192.0.2.1"_s << u"::ffff:192.0.2.1"_s << true;
        QTest::newRow("one network of IPv6") << u"2001:db8:1:2::1"_s << u"2001:db8:1:2:ffff::9"_s << true;
        QTest::newRow("two networks of IPv6") << u"2001:db8:1:2::1"_s << u"2001:db8:1:3::1"_s << false;
    }
    void knowAUserFromAnAddress()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, same);
        const BudgetKey key = BudgetKey::ofAddress(QHostAddress(one));
        QCOMPARE(key == BudgetKey::ofAddress(QHostAddress(other)), same);
        QVERIFY(!(BudgetKey::ofUser(one) == key));
    }

    void boundEventsInAllRoomsAndInOne()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.perRoom = {{u"quiet"_s, {1, 1min}}};
        Budgets budgets(config, &now);
        const auto holder = budgets.hold(user(1));
        QVERIFY(!budgets.takeEvent(holder, u"quiet"_s));
        auto refused = budgets.takeEvent(holder, u"quiet"_s);
        QVERIFY(refused && refused->kind == BudgetKind::RoomEvent && refused->wait == 1min);
        QVERIFY(refused->limit == (RateLimit{1, 1min}));
        // The refused one was not taken of what all rooms have.
        QVERIFY(!budgets.takeEvent(holder, u"other"_s));
        QVERIFY(!budgets.takeEvent(holder, u"another"_s));
        refused = budgets.takeEvent(holder, u"other"_s);
        QVERIFY(refused && refused->kind == BudgetKind::Event && refused->wait == 10s);
        clockTime += 10s;
        QVERIFY(!budgets.takeEvent(holder, u"other"_s));
        QCOMPARE(budgets.counters().refusedOf(BudgetKind::RoomEvent), 1);
        QCOMPARE(budgets.counters().refusedOf(BudgetKind::Event), 1);
    }

    void whatIsRefusedInAllRoomsIsNotTakenOfOne()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.perRoom = {{u"chat"_s, {4, 1min}}};
        Budgets budgets(config, &now);
        const auto holder = budgets.hold(user(1));
        for (int i = 0; i < 3; ++i)
            QVERIFY(!budgets.takeEvent(holder, u"chat"_s));
        QVERIFY(budgets.takeEvent(holder, u"chat"_s)->kind == BudgetKind::Event);
        clockTime += 10s;
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s));
        QVERIFY(budgets.takeEvent(holder, u"chat"_s)->kind == BudgetKind::RoomEvent);
    }

    void boundSingleEventsOfARoomBesides()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.global = {100, 1min};
        config.rateLimit.perRoom = {{u"chat"_s, {3, 1min, {{u"bid"_s, {1, 10s}}}}}};
        Budgets budgets(config, &now);
        const auto holder = budgets.hold(user(1));
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"bid"_s));
        const auto refused = budgets.takeEvent(holder, u"chat"_s, u"bid"_s);
        QVERIFY(refused && refused->kind == BudgetKind::NamedEvent && refused->wait == 10s);
        QVERIFY(refused->limit == (RateLimit{1, 10s}));
        QVERIFY(!budgets.takeEvent(holder, u"other"_s, u"bid"_s)); // It is the room's.
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"message"_s));
        clockTime += 10s;
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"bid"_s)); // The refused one was not counted,
        clockTime += 10s;
        const auto inAll = budgets.takeEvent(holder, u"chat"_s, u"bid"_s); // and bids count as others do.
        QVERIFY(inAll && inAll->kind == BudgetKind::RoomEvent);
        QCOMPARE(budgets.counters().refusedOf(BudgetKind::NamedEvent), 1);
        QVERIFY(!budgets.takeEvent(budgets.hold(user(2)), u"chat"_s, u"bid"_s));
    }

    void boundThoseWithARoleByTheirs()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.global = {100, 1min};
        config.rateLimit.perRoom
            = {{u"chat"_s,
                {1, 1min, {}, {{u"editor"_s, {3, 1min}}, {u"admin"_s, {1, 1s}}, {u"guest"_s, {1, 2min}}}}}};
        Budgets budgets(config, &now);
        const auto said = [&budgets](const Budgets::Holder &holder, const QStringList &roles) {
            int events = 0;
            while (events < 10 && !budgets.takeEvent(holder, u"chat"_s, u"message"_s, roles))
                ++events;
            return events;
        };
        QCOMPARE(said(budgets.hold(user(1)), {}), 1);
        QCOMPARE(said(budgets.hold(user(2)), {u"reader"_s}), 1);
        const auto editor = budgets.hold(user(3));
        QCOMPARE(said(editor, {u"editor"_s}), 3);
        QCOMPARE(said(budgets.hold(user(4)), {u"guest"_s, u"editor"_s}), 3); // The most generous of several,
        const auto admin = budgets.hold(user(5));
        QCOMPARE(said(admin, {u"editor"_s, u"admin"_s}), 1); // which is that of sixty a minute.
        const auto guest = budgets.hold(user(6));
        QCOMPARE(said(guest, {u"guest"_s}), 1);
        clockTime += 1s;
        QCOMPARE(said(admin, {u"editor"_s, u"admin"_s}), 1);
        clockTime += 1min;
        QCOMPARE(said(editor, {u"editor"_s}), 3);
        QCOMPARE(said(guest, {u"guest"_s}), 0); // A role may have less, too.
    }

    void countOnWhereTheLimitsAreOthers()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.global = {100, 1min};
        config.rateLimit.perRoom = {{u"chat"_s, {2, 1min, {{u"bid"_s, {1, 1min}}}}}};
        Budgets budgets(config, &now);
        const auto holder = budgets.hold(user(1));
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"bid"_s));
        config.rateLimit.perRoom = {{u"aaa"_s, {9, 1min}}, {u"chat"_s, {3, 1min, {{u"bid"_s, {2, 1min}}}}}};
        budgets.configure(config);
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"bid"_s));
        QVERIFY(budgets.takeEvent(holder, u"chat"_s, u"bid"_s)->kind == BudgetKind::NamedEvent);
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s));
        QVERIFY(budgets.takeEvent(holder, u"chat"_s)->kind == BudgetKind::RoomEvent);
        config.rateLimit.perRoom.clear();
        budgets.configure(config);
        QVERIFY(!budgets.takeEvent(holder, u"chat"_s, u"bid"_s));
        config.rateLimit.perRoom = {{u"chat"_s, {1, 1min}}};
        budgets.configure(config);
        QVERIFY(budgets.takeEvent(holder, u"chat"_s)->kind == BudgetKind::RoomEvent);
    }

    void areForgottenOnceTheyHaveRunOut()
    {
        Budgets budgets(twoAMinute(), &now);
        (void)budgets.take(budgets.hold(user(1)), BudgetKind::Join);
        (void)budgets.takeEvent(budgets.hold(user(2)), u"chat"_s);
        const auto connected = budgets.hold(user(3));
        (void)budgets.takeEvent(connected, u"chat"_s);
        QCOMPARE(budgets.counters().keys, 3);
        clockTime += 10s;
        budgets.tidy();
        QCOMPARE(budgets.counters().keys, 2); // One may still join no more, another is connected.
        clockTime += 50s;
        budgets.tidy();
        QCOMPARE(budgets.counters().keys, 1);
    }

    void whoTookNothingIsForgottenAtOnce()
    {
        Budgets budgets(twoAMinute(), &now);
        {
            const auto holder = budgets.hold(user(1));
            QCOMPARE(budgets.counters().keys, 1);
        }
        QCOMPARE(budgets.counters().keys, 0);
    }

    void theLongestQuietGoesFirst()
    {
        ServerConfig config = twoAMinute();
        config.rateLimit.maxKeys = 3;
        Budgets budgets(config, &now);
        const auto connected = budgets.hold(user(0));
        (void)budgets.take(connected, BudgetKind::Join);
        for (const int number : {1, 2, 3, 1, 4})
            (void)budgets.take(budgets.hold(user(number)), BudgetKind::Join);
        QCOMPARE(budgets.counters().keys, 4); // Who is connected does not count.
        QCOMPARE(budgets.counters().evicted, 1);
        // Of the first, who came back, both are remembered; of the second nothing; of the others one.
        QVERIFY(budgets.take(budgets.hold(user(1)), BudgetKind::Join));
        QVERIFY(!budgets.take(budgets.hold(user(3)), BudgetKind::Join));
        QVERIFY(budgets.take(budgets.hold(user(3)), BudgetKind::Join));
        QVERIFY(!budgets.take(budgets.hold(user(4)), BudgetKind::Join));
        QVERIFY(budgets.take(budgets.hold(user(4)), BudgetKind::Join));
    }

    void countRequestsForHistoryByTheMinute()
    {
        ServerConfig config;
        config.history.requestsPerMinute = 2;
        Budgets budgets(config, &now);
        const auto holder = budgets.hold(user(1));
        for (int i = 0; i < 2; ++i)
            QVERIFY(!budgets.take(holder, BudgetKind::History));
        QVERIFY(budgets.take(holder, BudgetKind::History).value() == 1min);
    }

    void tidiesABoundedNumberAtATime()
    {
        Budgets budgets(twoAMinute(), &now);
        for (int i = 0; i < 12'000; ++i)
            (void)budgets.take(budgets.hold(user(i)), BudgetKind::Join);
        clockTime += 1min;
        QList<qsizetype> left;
        for (int i = 0; i < 3; ++i) {
            budgets.tidy();
            left.append(budgets.counters().keys);
        }
        QCOMPARE(left, (QList<qsizetype>{7000, 2000, 0}));
    }

    void someAreTidiedWhileOthersComeAndGo()
    {
        Budgets budgets(twoAMinute(), &now);
        std::vector<Budgets::Holder> connected;
        for (int i = 0; i < 6000; ++i) {
            connected.push_back(budgets.hold(user(i)));
            (void)budgets.take(connected.back(), BudgetKind::Join);
        }
        budgets.tidy(); // It stopped in the midst of them.
        connected.clear();
        QCOMPARE(budgets.counters().keys, 6000);
        budgets.tidy();
        connected.push_back(budgets.hold(user(5000)));
        clockTime += 1min;
        for (int i = 0; i < 3; ++i)
            budgets.tidy();
        QCOMPARE(budgets.counters().keys, 1);
    }

    void areTidiedUntilNothingIsLeft()
    {
        Budgets budgets(twoAMinute(), &now);
        (void)budgets.take(budgets.hold(user(1)), BudgetKind::Join);
        budgets.tidy(); // There is nothing to forget yet.
        QCOMPARE(budgets.counters().keys, 1);
        clockTime += 1min;
        QTRY_COMPARE(budgets.counters().keys, 0);
    }

    void seesToItByItself()
    {
        ServerConfig config;
        config.rateLimit.requests.join = {1, 100ms};
        Budgets budgets(config);
        (void)budgets.take(budgets.hold(user(1)), BudgetKind::Join);
        QCOMPARE(budgets.counters().keys, 1);
        QTRY_COMPARE(budgets.counters().keys, 0);
    }
};

DIALOGUE_TEST(TestBudgets, QCoreApplication)
#include "tst_budgets.moc"
