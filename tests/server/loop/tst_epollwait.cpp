#include "server/loop/epollwait.h"

#include "testclasses.h"

#include <QTest>

#include <array>
#include <climits>

#include <sys/eventfd.h>
#include <unistd.h>

using namespace dialogue;
using namespace std::chrono_literals;
using Timeout = std::optional<std::chrono::nanoseconds>;

class TestEpollWait : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void roundsUpToMilliseconds_data();
    void roundsUpToMilliseconds();
    void isNeverEarly_data();
    void isNeverEarly();
    void tellsOfWhatIsReady_data();
    void tellsOfWhatIsReady();

private:
    int m_epoll = -1;
    int m_event = -1;
};

void TestEpollWait::initTestCase()
{
    m_epoll = epoll_create1(EPOLL_CLOEXEC);
    m_event = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = 7;
    QVERIFY(epoll_ctl(m_epoll, EPOLL_CTL_ADD, m_event, &event) == 0);
}

void TestEpollWait::cleanupTestCase()
{
    ::close(m_event);
    ::close(m_epoll);
}

void TestEpollWait::roundsUpToMilliseconds_data()
{
    QTest::addColumn<Timeout>("timeout");
    QTest::addColumn<int>("milliseconds");
    QTest::newRow("for as long as it takes") << Timeout() << -1;
    QTest::newRow("nothing") << Timeout(0ns) << 0;
    QTest::newRow("next to nothing") << Timeout(1ns) << 1;
    QTest::newRow("whole") << Timeout(5ms) << 5;
    QTest::newRow("a little more") << Timeout(5ms + 1us) << 6;
    QTest::newRow("forever and a day") << Timeout(24h * 365) << INT_MAX;
}

void TestEpollWait::roundsUpToMilliseconds()
{
    QFETCH(Timeout, timeout);
    QTEST(inMilliseconds(timeout), "milliseconds");
}

void TestEpollWait::isNeverEarly_data()
{
    QTest::addColumn<std::chrono::nanoseconds>("timeout");
    QTest::newRow("nothing") << std::chrono::nanoseconds(0);
    QTest::newRow("finer than a millisecond") << std::chrono::nanoseconds(70us);
    QTest::newRow("milliseconds") << std::chrono::nanoseconds(2ms);
    QTest::newRow("and a bit") << std::chrono::nanoseconds(2ms + 300us);
}

void TestEpollWait::isNeverEarly()
{
    QFETCH(std::chrono::nanoseconds, timeout);
    std::array<epoll_event, 4> events{};
    const auto began = std::chrono::steady_clock::now();
    QCOMPARE(epollWait(m_epoll, events, timeout), 0);
    QVERIFY(std::chrono::steady_clock::now() - began >= timeout);
}

void TestEpollWait::tellsOfWhatIsReady_data()
{
    QTest::addColumn<Timeout>("timeout");
    QTest::newRow("for as long as it takes") << Timeout();
    QTest::newRow("at once") << Timeout(0ns);
    QTest::newRow("within microseconds") << Timeout(70us);
    QTest::newRow("within milliseconds") << Timeout(2ms);
}

void TestEpollWait::tellsOfWhatIsReady()
{
    QFETCH(Timeout, timeout);
    quint64 count = 1;
    QCOMPARE(::write(m_event, &count, sizeof count), ssize_t(sizeof count));
    std::array<epoll_event, 4> events{};
    QCOMPARE(epollWait(m_epoll, events, timeout), 1);
    QCOMPARE(events[0].data.u64, 7U);
    QCOMPARE(::read(m_event, &count, sizeof count), ssize_t(sizeof count));
}

DIALOGUE_TEST(TestEpollWait, NoApplication)
#include "tst_epollwait.moc"
