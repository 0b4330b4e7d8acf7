#include "server/loop/deadlines.h"

#include "testclasses.h"

#include <QRandomGenerator>
#include <QTest>
#include <QTimer>

#include <memory>

using namespace dialogue;
using namespace std::chrono_literals;

class TestDeadlines : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void expireInOrderAndNeverEarly();
    void areCancelledByDestruction();
    void mayBeRescheduledEarlierAndLater();
    void mayDestroyEachOtherWhenTheyExpire();
    void mayRepeat();
    void goOnWhileOneRunsAnEventLoop();
    void keepTheOrderAmongThousands();
    void theQueueMayGoFirst();
};

namespace {

class Probe
{
public:
    explicit Probe(std::function<void()> then)
        : m_then(std::move(then))
    { }
    void due() { m_then(); }
    MemberDeadline<&Probe::due, Probe> deadline{this};

private:
    std::function<void()> m_then;
};

} // namespace

void TestDeadlines::expireInOrderAndNeverEarly()
{
    DeadlineQueue queue;
    QList<int> expired;
    bool early = false;
    std::vector<std::unique_ptr<Probe>> probes;
    const auto start = std::chrono::steady_clock::now();
    for (const int delay : {12, 0, 5, 8}) {
        probes.push_back(std::make_unique<Probe>([&, delay] {
            early = early || std::chrono::steady_clock::now() < start + std::chrono::milliseconds(delay);
            expired.append(delay);
        }));
        probes.back()->deadline.schedule(&queue, std::chrono::milliseconds(delay));
    }
    QTRY_COMPARE(expired, QList<int>({0, 5, 8, 12}));
    QVERIFY(!early);
    QCOMPARE(queue.size(), 0U);
}

void TestDeadlines::areCancelledByDestruction()
{
    DeadlineQueue queue;
    bool wrong = false;
    bool right = false;
    Probe last([&] { right = true; });
    {
        Probe gone([&] { wrong = true; });
        gone.deadline.schedule(&queue, 1ms);
        last.deadline.schedule(&queue, 5ms);
        QCOMPARE(queue.size(), 2U);
    }
    QTRY_VERIFY(right);
    QVERIFY(!wrong);
}

void TestDeadlines::mayBeRescheduledEarlierAndLater()
{
    DeadlineQueue queue;
    QList<int> expired;
    Probe one([&] { expired.append(1); });
    Probe two([&] { expired.append(2); });
    one.deadline.schedule(&queue, 1ms);
    two.deadline.schedule(&queue, 100s);
    one.deadline.schedule(&queue, 10ms);
    two.deadline.schedule(&queue, 3ms);
    QCOMPARE(queue.size(), 2U);
    QTRY_COMPARE(expired, QList<int>({2, 1}));
    QVERIFY(!one.deadline.isScheduled());
}

void TestDeadlines::mayDestroyEachOtherWhenTheyExpire()
{
    DeadlineQueue queue;
    int expired = 0;
    std::vector<std::unique_ptr<Probe>> probes;
    for (int i = 0; i < 5; ++i) {
        probes.push_back(std::make_unique<Probe>([&] {
            ++expired;
            auto all = std::move(probes); // Until the end of this scope: the one that expires is among them.
            probes.clear();
        }));
        probes.back()->deadline.schedule(&queue, 1ms);
    }
    QTRY_COMPARE(expired, 1);
    QCOMPARE(queue.size(), 0U);
}

void TestDeadlines::mayRepeat()
{
    DeadlineQueue queue;
    int expired = 0;
    std::unique_ptr<Probe> probe;
    probe = std::make_unique<Probe>([&] {
        if (++expired < 5)
            probe->deadline.schedule(&queue, 1ms);
    });
    probe->deadline.schedule(&queue, 1ms);
    QTRY_COMPARE(expired, 5);
    QVERIFY(!probe->deadline.isScheduled());
}

void TestDeadlines::goOnWhileOneRunsAnEventLoop()
{
    DeadlineQueue queue;
    QList<int> expired;
    QEventLoop loop;
    int result = -1;
    std::unique_ptr<Probe> late;
    Probe last([&] {
        expired.append(4);
        loop.exit(0);
    });
    Probe first([&] {
        expired.append(1);
        late = std::make_unique<Probe>([&] {
            expired.append(3);
            last.deadline.schedule(&queue, 1ms);
        });
        late->deadline.schedule(&queue, 5ms);
        QTimer::singleShot(10s, &loop, [&] { loop.exit(1); });
        result = loop.exec();
    });
    Probe second([&] { expired.append(2); });
    first.deadline.schedule(&queue, 0ms);
    second.deadline.schedule(&queue, 0ms);
    QTRY_VERIFY_WITH_TIMEOUT(result >= 0, 20000);
    QCOMPARE(result, 0);
    QCOMPARE(expired, QList<int>({1, 2, 3, 4}));
    QCOMPARE(queue.size(), 0U);
}

void TestDeadlines::keepTheOrderAmongThousands()
{
    DeadlineQueue queue;
    QRandomGenerator random(1);
    std::vector<std::unique_ptr<Probe>> probes;
    std::vector<int> expired;
    for (int i = 0; i < 5000; ++i)
        probes.push_back(std::make_unique<Probe>([&expired, i] { expired.push_back(i); }));
    for (int i = 0; i < 5000; ++i)
        probes[std::size_t(i)]->deadline.schedule(&queue, std::chrono::milliseconds(random.bounded(20)));
    for (int i = 0; i < 5000; i += 3)
        probes[std::size_t(i)]->deadline.cancel();
    QTRY_COMPARE(queue.size(), 0U);
    QCOMPARE(expired.size(), 5000U - 1667U);
    QVERIFY(std::none_of(expired.begin(), expired.end(), [](int i) { return i % 3 == 0; }));
}

void TestDeadlines::theQueueMayGoFirst()
{
    Probe probe([] {});
    {
        DeadlineQueue queue;
        probe.deadline.schedule(&queue, 1s);
    }
    QVERIFY(!probe.deadline.isScheduled());
}

DIALOGUE_TEST(TestDeadlines, QCoreApplication)
#include "tst_deadlines.moc"
