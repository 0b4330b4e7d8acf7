#include "server/tcp/places.h"

#include "testclasses.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace dialogue;
using namespace std::chrono_literals;

namespace {

Peer from(const char *address) { return {.address = QHostAddress(QString::fromLatin1(address))}; }

} // namespace

class TestPlaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_asked.clear();
        m_now = Place::Clock::time_point(1h);
    }

    void areBounded_data()
    {
        QTest::addColumn<int>("inAll");
        QTest::addColumn<int>("perAddress");
        QTest::addColumn<int>("waiting");
        QTest::addColumn<int>("waitingPerAddress");
        QTest::addColumn<QByteArrayList>("admitted");
        QTest::addColumn<QByteArray>("refused");
        QTest::newRow("in all") << 2 << 9 << 9 << 9 << QByteArrayList{"10.0.0.1", "10.0.0.2"}
                                << QByteArray("10.0.0.3");
        QTest::newRow("per address") << 9 << 2 << 9 << 9 << QByteArrayList{"10.0.0.1", "10.0.0.1", "10.0.0.2"}
                                     << QByteArray("10.0.0.1");
        QTest::newRow("waiting") << 9 << 9 << 2 << 9 << QByteArrayList{"10.0.0.1", "10.0.0.2"}
                                 << QByteArray("10.0.0.3");
        QTest::newRow("waiting per address")
            << 9 << 9 << 9 << 2 << QByteArrayList{"10.0.0.1", "10.0.0.1", "10.0.0.2"}
            << QByteArray("10.0.0.1");
        QTest::newRow("mapped and plain are one address")
            << 9 << 1 << 9 << 9 << QByteArrayList{"::ffff:10.0.0.1"} << QByteArray("10.0.0.1");
        QTest::newRow("IPv6 by its first 64 bits")
            << 9 << 1 << 9 << 9 << QByteArrayList{"2001:db8:0:1::1", "2001:db8:0:2::1"}
            << QByteArray("2001:db8:0:1:ffff::2");
    }
    void areBounded()
    {
        QFETCH(int, inAll);
        QFETCH(int, perAddress);
        QFETCH(int, waiting);
        QFETCH(int, waitingPerAddress);
        QFETCH(QByteArrayList, admitted);
        QFETCH(QByteArray, refused);
        make({inAll, perAddress, waiting, waitingPerAddress});
        std::vector<Place> held;
        for (const QByteArray &address : std::as_const(admitted)) {
            auto place = admit(address.constData());
            QVERIFY2(place, address.constData());
            held.push_back(*std::move(place));
        }
        QVERIFY(!admit(refused.constData()));
        QCOMPARE(m_places->refused(), 1U);
        held.erase(held.begin());
        QVERIFY(admit(refused.constData()));
        QVERIFY(m_asked.isEmpty());
    }

    void aNewcomerTakesTheOneThatWaitedLongestOfItsAddress()
    {
        make({9, 9, 9, 2});
        auto other = admit("10.0.0.2", "other");
        auto first = admit("10.0.0.1", "first");
        m_now += 500ms;
        auto second = admit("10.0.0.1", "second");
        m_now += 499ms;
        QVERIFY(!admit("10.0.0.1"));
        m_now += 1ms;
        auto third = admit("10.0.0.1", "third");
        QVERIFY(third);
        QCOMPARE(m_asked, QByteArrayList{"first"});
        QCOMPARE(m_places->gaveWay(), 1U);
        QVERIFY(!admit("10.0.0.1"));
        m_now += 1s;
        QVERIFY(admit("10.0.0.1"));
        QCOMPARE(m_asked, (QByteArrayList{"first", "second"}));
    }

    void whoGaveWayIsToldAndGivesNothingBackTwice()
    {
        make({9, 9, 9, 1});
        auto first = admit("10.0.0.1", "first");
        m_now += 1s;
        auto second = admit("10.0.0.1", "second");
        QCOMPARE(m_places->taken(), 1);
        QVERIFY(!first->settle());
        first->wait({}); // Changes nothing.
        first.reset();
        QCOMPARE(m_places->taken(), 1);
        QVERIFY(second->settle());
        QVERIFY(second->settle());
        second.reset();
        QCOMPARE(m_places->taken(), 0);
    }

    void whoHasSettledNeverGivesWay()
    {
        make({2, 2, 9, 9});
        auto first = admit("10.0.0.1", "first");
        auto second = admit("10.0.0.1", "second");
        QVERIFY(first->settle() && second->settle());
        QCOMPARE(m_places->waiting(), 0);
        m_now += 1h;
        QVERIFY(!admit("10.0.0.1"));
        QVERIFY(!admit("10.0.0.2"));
        QVERIFY(m_asked.isEmpty());
    }

    void whatWaitsTakesNoPlaceFromWhatSettles()
    {
        make({10, 10, 4, 4});
        std::vector<Place> held;
        for (int i = 0; i < 4; ++i)
            held.push_back(*admit("10.0.0.1"));
        QVERIFY(!admit("10.0.0.1"));
        // One of them settles, and so makes a place for another that waits.
        QVERIFY(held[0].settle());
        QVERIFY(admit("10.0.0.1"));
    }

    void oneAddressLocksNoOtherOut()
    {
        make({100, 100, 10, 4});
        std::vector<Place> flood;
        while (auto place = admit("10.0.0.1"))
            flood.push_back(*std::move(place));
        QCOMPARE(flood.size(), 4U);
        QVERIFY(admit("10.0.0.2"));
        // Many together use up all there is for waiting, and for a moment only.
        std::vector<Place> floods;
        for (const char *address : {"10.0.0.3", "10.0.0.4", "10.0.0.5"}) {
            while (auto place = admit(address))
                floods.push_back(*std::move(place));
        }
        QVERIFY(!admit("10.0.0.2"));
        m_now += 1s;
        QVERIFY(admit("10.0.0.2"));
    }

    void aTakenPlaceInAllIsMadeFreeByOneThatWaits()
    {
        make({2, 2, 9, 9});
        auto settled = admit("10.0.0.1", "settled");
        QVERIFY(settled->settle());
        auto waiting = admit("10.0.0.1", "waiting");
        m_now += 1s;
        QVERIFY(admit("10.0.0.2"));
        QCOMPARE(m_asked, QByteArrayList{"waiting"});
    }

    void proxiesHaveNoShareOfTheirOwn()
    {
        make({3, 1, 9, 1});
        std::vector<Place> held;
        for (int i = 0; i < 3; ++i)
            held.push_back(*admit("10.0.0.1", "proxy", Places::Share::OfAll));
        QVERIFY(!admit("10.0.0.1", "", Places::Share::OfAll));
        held.clear();
        QVERIFY(admit("10.0.0.1"));
        QCOMPARE(m_places->taken(), 0);
    }

    void nobodyWaitsForLongUnderPressure()
    {
        make({99, 99, 99, 4});
        std::vector<Place> held;
        for (const char *name : {"a", "b"})
            held.push_back(*admit("10.0.0.1", name));
        m_now += 1h;
        held.push_back(*admit("10.0.0.1", "c")); // No more than half.
        QVERIFY(m_asked.isEmpty());
        held.push_back(*admit("10.0.0.1", "d"));
        QCOMPARE(m_asked, QByteArrayList{"a"});
        m_now += 4999ms;
        held.push_back(*admit("10.0.0.1", "e"));
        QCOMPARE(m_asked, (QByteArrayList{"a", "b"}));
        held.push_back(*admit("10.0.0.1", "f"));
        QCOMPARE(m_asked, (QByteArrayList{"a", "b"})); // c and d have another millisecond.
        m_now += 1ms;
        held.push_back(*admit("10.0.0.1", "g"));
        QCOMPARE(m_asked, (QByteArrayList{"a", "b", "c"}));
    }

    void whoComesBackToWaitingNeverGoesForItAlone()
    {
        make({9, 9, 9, 2});
        auto back = admit("10.0.0.1", "back");
        QVERIFY(back->settle());
        auto first = admit("10.0.0.1", "first");
        auto second = admit("10.0.0.1", "second");
        back->wait([this] { m_asked.append("back"); }, false, m_now);
        QCOMPARE(m_asked, QByteArrayList{"first"}); // Although it came just now.
        QCOMPARE(m_places->waiting(), 2);
        m_now += 1s;
        auto third = admit("10.0.0.1", "third");
        QCOMPARE(m_asked, (QByteArrayList{"first", "second"}));
        m_now += 1s;
        auto fourth = admit("10.0.0.1", "fourth");
        QCOMPARE(m_asked, (QByteArrayList{"first", "second", "back"}));
    }

    void whoHasNothingToWaitForGoesNext()
    {
        make({9, 9, 9, 2});
        auto refused = admit("10.0.0.1", "refused");
        QVERIFY(refused->settle());
        auto first = admit("10.0.0.1", "first");
        refused->wait([this] { m_asked.append("refused"); }, true, m_now);
        auto second = admit("10.0.0.1", "second"); // At once.
        QVERIFY(second);
        QCOMPARE(m_asked, QByteArrayList{"refused"});
    }

    void canBecomeAnothers()
    {
        make({9, 1, 9, 9});
        auto first = admit("10.0.0.1", "first", Places::Share::OfAll);
        auto second = admit("10.0.0.1", "second", Places::Share::OfAll);
        auto third = admit("10.0.0.1", "third", Places::Share::OfAll);
        QVERIFY(first->becomeOf(from("192.0.2.7"), Places::Share::OfItsAddress, m_now));
        QCOMPARE(first->peer().address, from("192.0.2.7").address);
        QVERIFY(!second->becomeOf(from("192.0.2.7"), Places::Share::OfItsAddress, m_now));
        QCOMPARE(m_places->refused(), 1U);
        QVERIFY(second->becomeOf(from("192.0.2.8"), Places::Share::OfItsAddress, m_now));
        QVERIFY(third->becomeOf(from("10.0.0.2"), Places::Share::OfAll, m_now));
        QVERIFY(!admit("192.0.2.8"));
        QCOMPARE(m_places->taken(), 3);
        first.reset();
        m_now += 1s; // A newcomer of the same address takes the place of the one that waits.
        QVERIFY(admit("192.0.2.8"));
        QCOMPARE(m_asked, QByteArrayList{"second"});
        QVERIFY(!second->becomeOf(from("192.0.2.9"), Places::Share::OfItsAddress, m_now));
        second.reset();
        third.reset();
        QCOMPARE(m_places->taken(), 0);
        QCOMPARE(m_places->waiting(), 0);
    }

    void oneThatIsNotCountedHasNoPlace()
    {
        Place place;
        QVERIFY(place.settle());
        place.wait({});
        place.release();
        QVERIFY(place.peer().address.isNull());
    }

    void areGivenBackInAnyThread()
    {
        const auto places = std::make_shared<Places>(PlaceLimits{50, 40, 20, 10});
        std::atomic<int> asked = 0;
        std::atomic<int> told = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&, t] {
                const Peer peer = from(t % 2 == 0 ? "10.0.0.1" : "10.0.0.2");
                std::vector<Place> held;
                for (int i = 0; i < 5000; ++i) {
                    // Time flies, so that newcomers take places of those in other threads.
                    const auto now = Place::Clock::time_point(std::chrono::seconds(i));
                    auto place = places->admit(
                        peer, [&asked] { ++asked; }, Places::Share::OfItsAddress, now);
                    if (place)
                        held.push_back(*std::move(place));
                    if (held.size() > 12) {
                        if (!held[std::size_t(i) % held.size()].settle())
                            ++told;
                        held[std::size_t(i) % held.size()].wait([&asked] { ++asked; }, i % 2 == 0, now);
                        held.erase(held.begin() + i % 7);
                    }
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(places->taken(), 0);
        QCOMPARE(places->waiting(), 0);
        QCOMPARE(quint64(asked), places->gaveWay());
        QVERIFY(asked > 0);
        QVERIFY(told > 0);
    }

private:
    void make(const PlaceLimits &limits) { m_places = std::make_shared<Places>(limits); }
    std::optional<Place> admit(const char *address, const QByteArray &name = {},
                               Places::Share share = Places::Share::OfItsAddress)
    {
        return m_places->admit(
            from(address), [this, name] { m_asked.append(name); }, share, m_now);
    }

    std::shared_ptr<Places> m_places;
    QByteArrayList m_asked; ///< To give way, by their names.
    Place::Clock::time_point m_now;
};

DIALOGUE_TEST(TestPlaces, NoApplication)
#include "tst_places.moc"
