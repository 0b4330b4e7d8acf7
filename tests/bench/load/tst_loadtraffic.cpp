#include "bench/load/clock.h"
#include "bench/load/traffic.h"
#include "bench/load/wire.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::bench;

namespace {

struct Nobody final : MemberListener
{
    void onReady(Member &) override { }
    void onDelivery(Member &, std::string_view) override { }
    void onRefused(Member &, const std::string &) override { }
    void onLost(Member &, const std::string &, bool) override { }
};

/** One publisher and one subscriber, without a connection: what is sent waits, and what comes is made up. */
class Scene
{
public:
    explicit Scene(const LoadOptions &options)
        : m_options(options)
        , m_publisher(m_poller, m_endpoint, {.role = Member::Role::Publisher}, m_nobody)
        , m_subscriber(m_poller, m_endpoint, {.role = Member::Role::Subscriber, .streams = 1}, m_nobody)
        , traffic(m_options, kRun, {&m_publisher})
    {
        m_publisher.onConnected();
        m_subscriber.onConnected();
        m_publisher.setListener(traffic);
        m_subscriber.setListener(traffic);
        traffic.addListeners(0, 1);
        traffic.start(0);
    }

    void deliver(std::uint64_t from, std::uint64_t to)
    {
        for (std::uint64_t number = from; number < to; ++number) {
            std::string json = R"(["dialogue:event",{"data":)";
            appendData(json, {.run = kRun, .stream = 0, .number = number, .due = 0}, 0);
            m_subscriber.onEvent(json + "}]");
        }
    }
    [[nodiscard]] std::uint64_t sent() const { return traffic.counts().sent; }
    [[nodiscard]] Member &subscriber() { return m_subscriber; }

private:
    static constexpr std::uint32_t kRun = 7;

    const LoadOptions m_options;
    Poller m_poller;
    const Endpoint m_endpoint{};
    Nobody m_nobody;
    Member m_publisher;
    Member m_subscriber;

public:
    Traffic traffic;
};

} // namespace

class TestTraffic : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitsForASubscriberUntilTheServerHasItsSubscription()
    {
        Poller poller;
        const Endpoint endpoint{};
        Nobody nobody;
        Member subscriber(poller, endpoint, {.role = Member::Role::Subscriber, .rooms = {"r"}}, nobody);
        subscriber.onConnected();
        subscriber.onEvent(R"(["dialogue:joined",{"roomId":"r","epoch":"e","offset":0}])");
        QVERIFY(!subscriber.isReady());
        subscriber.onAck();
        QVERIFY(subscriber.isReady());
    }

    void keepsAWindowOnItsWay()
    {
        Scene scene({.window = 4});
        scene.traffic.pump(0);
        QCOMPARE(scene.sent(), 4U);
        scene.deliver(0, 3);
        scene.traffic.pump(1);
        QCOMPARE(scene.sent(), 7U);
        QVERIFY(!scene.traffic.hasAllArrived());
        scene.deliver(3, 7);
        QVERIFY(scene.traffic.hasAllArrived());
        QCOMPARE(scene.traffic.lostBy(scene.subscriber()), 0U);
    }

    void goesOnWhenEventsWereLost()
    {
        Scene scene({.window = 4});
        scene.traffic.pump(0);
        scene.traffic.pump(Second);
        QCOMPARE(scene.sent(), 8U);
        scene.deliver(4, 8);
        scene.traffic.pump(Second + 1);
        QCOMPARE(scene.sent(), 12U);
        QCOMPARE(scene.traffic.lostBy(scene.subscriber()), 4U + 4U);
    }

    void countsWhatComesLateAfterAllAndSendsNoMoreForIt()
    {
        Scene scene({.window = 4});
        scene.traffic.pump(0);
        scene.traffic.pump(Second); // the server is held up: the first four are given up
        scene.deliver(0, 4);
        scene.traffic.pump(Second + 1);
        QCOMPARE(scene.sent(), 8U);
        QVERIFY(!scene.traffic.hasAllArrived());
        scene.deliver(4, 6);
        scene.traffic.pump(Second + 2);
        QCOMPARE(scene.sent(), 10U);
        scene.deliver(6, 10);
        QVERIFY(scene.traffic.hasAllArrived());
        QCOMPARE(scene.traffic.lostBy(scene.subscriber()), 0U);
    }

    void sendsAWindowLargerThanWhatMayWaitInTurns()
    {
        Scene scene({.window = 1000, .size = 100'000});
        scene.traffic.pump(0); // ends, for one thing
        const std::uint64_t first = scene.sent();
        QVERIFY(first > 50 && first < 200);
        QCOMPARE(scene.traffic.counts().unsent, 0U);
        scene.traffic.pump(1);
        QCOMPARE(scene.sent(), 2 * first);
    }

    void countsWhatIsDueAndCannotBeSent()
    {
        Scene scene({.rate = 1000, .size = 100'000});
        scene.traffic.pump(Second);
        QVERIFY(scene.traffic.counts().unsent > 0);
        QVERIFY(scene.sent() + scene.traffic.counts().unsent <= 1001);
    }
};

DIALOGUE_TEST(TestTraffic, NoApplication)
#include "tst_loadtraffic.moc"
