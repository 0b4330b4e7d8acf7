#include "server/loop/epolldispatcher.h"
#include "server/loop/turnend.h"

#include "epollapplication.h"
#include "testclasses.h"

#include <QCoreApplication>
#include <QTest>

#include <functional>
#include <memory>
#include <optional>

using namespace dialogue;
using namespace std::chrono_literals;

class TestTurnEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushesOnceHoweverOftenItIsAsked();
    void flushesWhatIsScheduledInAFlush();
    void forgetsWhatIsDestroyed();
    void bringsWhatIsPostponedBackInTheNextTurn();
    void postponesNothingWhenAllIsToGoNow();
    void forgetsWhatIsDestroyedWhilePostponed();
    void mayGoBeforeWhatIsPostponed();
    void postponesNothingOnADispatcherOfQts();
};

namespace {

class FlushProbe final : public Flushable
{
public:
    explicit FlushProbe(std::function<void()> then)
        : m_then(std::move(then))
    { }

private:
    void flush() override { m_then(); }

    std::function<void()> m_then;
};

/** One turn, which waits for something to happen. */
void waitForATurn() { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); }

} // namespace

void TestTurnEnd::flushesOnceHoweverOftenItIsAsked()
{
    TurnEnd turnEnd;
    int flushes = 0;
    FlushProbe probe([&] { ++flushes; });
    turnEnd.schedule(&probe);
    turnEnd.schedule(&probe);
    turnEnd.flushAll();
    turnEnd.flushAll();
    QCOMPARE(flushes, 1);
}

void TestTurnEnd::flushesWhatIsScheduledInAFlush()
{
    TurnEnd turnEnd;
    QByteArray order;
    FlushProbe second([&] { order += '2'; });
    FlushProbe first([&] {
        order += '1';
        turnEnd.schedule(&second);
    });
    turnEnd.schedule(&first);
    turnEnd.flushAll();
    QCOMPARE(order, "12");
}

void TestTurnEnd::forgetsWhatIsDestroyed()
{
    TurnEnd turnEnd;
    auto victim = std::make_unique<FlushProbe>([] { QFAIL("Flushed after its end"); });
    FlushProbe killer([&] { victim.reset(); });
    turnEnd.schedule(&killer);
    turnEnd.schedule(victim.get());
    turnEnd.flushAll();
    QVERIFY(!victim);
}

void TestTurnEnd::bringsWhatIsPostponedBackInTheNextTurn()
{
    TurnEnd turnEnd;
    int asked = 0;
    std::unique_ptr<FlushProbe> probe;
    probe = std::make_unique<FlushProbe>([&] {
        ++asked;
        QVERIFY(turnEnd.canPostpone());
        turnEnd.postpone(probe.get(), 10us);
    });
    turnEnd.schedule(probe.get());
    for (int i = 1; i < 4; ++i) {
        waitForATurn(); // Nothing else happens: it must not wait for it.
        QCOMPARE(asked, i);
    }
}

void TestTurnEnd::postponesNothingWhenAllIsToGoNow()
{
    TurnEnd turnEnd;
    QList<bool> could;
    std::unique_ptr<FlushProbe> probe;
    probe = std::make_unique<FlushProbe>([&] {
        could.append(turnEnd.canPostpone());
        if (could.last())
            turnEnd.postpone(probe.get(), 10us);
    });
    turnEnd.schedule(probe.get());
    waitForATurn();
    turnEnd.flushAll();
    turnEnd.flushAll();
    QCOMPARE(could, QList<bool>({true, false}));
}

void TestTurnEnd::forgetsWhatIsDestroyedWhilePostponed()
{
    TurnEnd turnEnd;
    int asked = 0;
    std::unique_ptr<FlushProbe> probe;
    probe = std::make_unique<FlushProbe>([&] {
        ++asked;
        turnEnd.postpone(probe.get(), 10us);
    });
    turnEnd.schedule(probe.get());
    waitForATurn();
    probe.reset();
    turnEnd.flushAll();
    QCOMPARE(asked, 1);
}

void TestTurnEnd::mayGoBeforeWhatIsPostponed()
{
    auto turnEnd = std::make_unique<TurnEnd>();
    std::unique_ptr<FlushProbe> probe;
    int asked = 0;
    probe = std::make_unique<FlushProbe>([&] {
        ++asked;
        turnEnd->postpone(probe.get(), 10us);
    });
    turnEnd->schedule(probe.get());
    waitForATurn();
    turnEnd.reset();
    QCoreApplication::processEvents(); // The next turn, in which it would have been asked again.
    QCOMPARE(asked, 1);
    probe.reset(); // Does not touch what is gone; the sanitizers watch.
}

void TestTurnEnd::postponesNothingOnADispatcherOfQts()
{
    std::optional<bool> could;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        QEventLoop loop; // Gives the thread a dispatcher.
        TurnEnd turnEnd;
        FlushProbe probe([&] {
            could = turnEnd.canPostpone();
            loop.quit();
        });
        turnEnd.schedule(&probe);
        loop.exec();
    }));
    thread->start();
    QVERIFY(thread->wait());
    QCOMPARE(could, std::optional(false));
}

DIALOGUE_TEST(TestTurnEnd, EpollApplication)

#include "tst_turnend.moc"
