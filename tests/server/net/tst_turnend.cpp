#include "server/net/epolldispatcher.h"
#include "server/net/turnend.h"

#include <QCoreApplication>
#include <QtTest>

#include <functional>
#include <memory>

using namespace dialogue;
using namespace std::chrono_literals;

class tst_TurnEnd : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void flushesOnceHoweverOftenItIsAsked();
    void flushesWhatIsScheduledInAFlush();
    void forgetsWhatIsDestroyed();
    void bringsWhatIsPostponedBackInTheNextTurn();
    void forgetsWhatIsDestroyedWhilePostponed();
    void mayGoBeforeWhatIsPostponed();
    void postponesNothingOnADispatcherOfQts();
};

namespace {

class Probe final : public Flushable
{
public:
    explicit Probe(std::function<void()> then)
        : m_then(std::move(then))
    { }

private:
    void flush() override { m_then(); }

    std::function<void()> m_then;
};

/** One turn, which waits for something to happen. */
void turn() { QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); }

} // namespace

void tst_TurnEnd::flushesOnceHoweverOftenItIsAsked()
{
    TurnEnd turnEnd;
    int flushes = 0;
    Probe probe([&] { ++flushes; });
    turnEnd.schedule(&probe);
    turnEnd.schedule(&probe);
    turnEnd.flushAll();
    turnEnd.flushAll();
    QCOMPARE(flushes, 1);
}

void tst_TurnEnd::flushesWhatIsScheduledInAFlush()
{
    TurnEnd turnEnd;
    QByteArray order;
    Probe second([&] { order += '2'; });
    Probe first([&] {
        order += '1';
        turnEnd.schedule(&second);
    });
    turnEnd.schedule(&first);
    turnEnd.flushAll();
    QCOMPARE(order, "12");
}

void tst_TurnEnd::forgetsWhatIsDestroyed()
{
    TurnEnd turnEnd;
    auto victim = std::make_unique<Probe>([] { QFAIL("Flushed after its end"); });
    Probe killer([&] { victim.reset(); });
    turnEnd.schedule(&killer);
    turnEnd.schedule(victim.get());
    turnEnd.flushAll();
    QVERIFY(!victim);
}

void tst_TurnEnd::bringsWhatIsPostponedBackInTheNextTurn()
{
    TurnEnd turnEnd;
    QVERIFY(turnEnd.canPostpone());
    int asked = 0;
    std::unique_ptr<Probe> probe;
    probe = std::make_unique<Probe>([&] {
        if (++asked < 4)
            turnEnd.postpone(probe.get(), 10us);
    });
    turnEnd.schedule(probe.get());
    turnEnd.flushAll();
    QCOMPARE(asked, 1);
    for (int i = 2; i < 4; ++i) {
        turn(); // Nothing else happens: it must not wait for it.
        QCOMPARE(asked, i);
    }
    turnEnd.flushAll();
    turnEnd.flushAll();
    QCOMPARE(asked, 4);
}

void tst_TurnEnd::forgetsWhatIsDestroyedWhilePostponed()
{
    TurnEnd turnEnd;
    int asked = 0;
    std::unique_ptr<Probe> probe;
    probe = std::make_unique<Probe>([&] {
        ++asked;
        turnEnd.postpone(probe.get(), 10us);
    });
    turnEnd.schedule(probe.get());
    turnEnd.flushAll();
    probe.reset();
    turnEnd.flushAll();
    QCOMPARE(asked, 1);
}

void tst_TurnEnd::mayGoBeforeWhatIsPostponed()
{
    auto turnEnd = std::make_unique<TurnEnd>();
    std::unique_ptr<Probe> probe;
    probe = std::make_unique<Probe>([&] { turnEnd->postpone(probe.get(), 10us); });
    turnEnd->schedule(probe.get());
    turnEnd->flushAll();
    turnEnd.reset();
    probe.reset(); // Does not touch what is gone; the sanitizers watch.
}

void tst_TurnEnd::postponesNothingOnADispatcherOfQts()
{
    bool canPostpone = true;
    std::unique_ptr<QThread> thread(QThread::create([&] {
        QEventLoop loop; // Gives the thread a dispatcher.
        const TurnEnd turnEnd;
        canPostpone = turnEnd.canPostpone();
    }));
    thread->start();
    QVERIFY(thread->wait());
    QVERIFY(!canPostpone);
}

int main(int argc, char *argv[])
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication app(argc, argv);
    tst_TurnEnd test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_turnend.moc"
