#include "server/loop/nextturn.h"

#include "testclasses.h"

#include <QTest>

#include <functional>
#include <memory>

using namespace dialogue;

namespace {

struct Task : Resumable
{
    int turns = 0;
    std::function<void()> then;
    void goOn() override
    {
        ++turns;
        if (then)
            then();
    }
};

} // namespace

class TestNextTurn : public QObject
{
    Q_OBJECT

    DeadlineQueue m_deadlines;

private Q_SLOTS:
    void goesOnOnceHoweverOftenItIsAsked()
    {
        NextTurn nextTurn(&m_deadlines);
        Task task;
        nextTurn.schedule(&task);
        nextTurn.schedule(&task);
        QCOMPARE(task.turns, 0);
        QTRY_COMPARE(task.turns, 1);
        Task last;
        nextTurn.schedule(&last);
        QTRY_COMPARE(last.turns, 1);
        QCOMPARE(task.turns, 1);
    }

    void leavesATurnToOthersInBetween()
    {
        NextTurn nextTurn(&m_deadlines);
        Task busy;
        int others = 0;
        busy.then = [&] {
            QCOMPARE(others, busy.turns - 1);
            if (busy.turns < 10)
                nextTurn.schedule(&busy);
        };
        QTimer timer;
        QObject::connect(&timer, &QTimer::timeout, &timer, [&] { others = busy.turns; });
        timer.start(0);
        nextTurn.schedule(&busy);
        QTRY_COMPARE(busy.turns, 10);
    }

    void survivesThatOneDestroysAnother()
    {
        NextTurn nextTurn(&m_deadlines);
        Task first;
        auto second = std::make_unique<Task>();
        Task third;
        first.then = [&] { second.reset(); };
        nextTurn.schedule(&first);
        nextTurn.schedule(second.get());
        nextTurn.schedule(&third);
        QTRY_COMPARE(third.turns, 1);
        QVERIFY(!second);
        second = std::make_unique<Task>();
        nextTurn.schedule(second.get());
        second.reset();
        nextTurn.schedule(&third);
        QTRY_COMPARE(third.turns, 2);
    }

    void survivesAnEventLoopInOne()
    {
        NextTurn nextTurn(&m_deadlines);
        Task later;
        Task outer;
        Task second;
        outer.then = [&] {
            nextTurn.schedule(&later);
            QTest::qWait(1);
        };
        nextTurn.schedule(&outer);
        nextTurn.schedule(&second);
        QTRY_COMPARE(later.turns, 1);
        QCOMPARE(second.turns, 1);
        QCOMPARE(outer.turns, 1);
    }

    void mayGoBeforeWhatWaitsForIt()
    {
        Task task;
        {
            NextTurn nextTurn(&m_deadlines);
            nextTurn.schedule(&task);
        }
        NextTurn another(&m_deadlines);
        another.schedule(&task);
        QTRY_COMPARE(task.turns, 1);
    }
};

DIALOGUE_TEST(TestNextTurn, QCoreApplication)
#include "tst_nextturn.moc"
