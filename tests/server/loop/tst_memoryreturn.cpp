#include "server/loop/memoryreturn.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;

class TestMemoryReturn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        given = 0;
        memory.emplace(&deadlines, [this] { ++given; });
    }

    void givesBackOnceItIsWorthIt_data()
    {
        QTest::addColumn<qint64>("each");
        QTest::addColumn<int>("leavers");
        QTest::newRow("many that were idle") << MemoryReturn::PerConnection << 500;
        QTest::newRow("a few with much in their queues") << qint64(4'000'000) << 3;
    }
    void givesBackOnceItIsWorthIt()
    {
        QFETCH(qint64, each);
        QFETCH(int, leavers);
        for (int i = 0; i < leavers; ++i)
            memory->freed(each);
        QCOMPARE(given, 0); // Not while they are going.
        QTRY_COMPARE(given, 1);
        QCOMPARE(deadlines.size(), std::size_t(0));
        QCOMPARE(memory->owed(), 0); // Counted anew.
    }

    void givesALittleBackLater()
    {
        MemoryReturn patient(
            &deadlines, [this] { ++given; }, std::chrono::milliseconds(50));
        patient.freed(MemoryReturn::WorthItLater);
        QCOMPARE(given, 0);
        QTRY_COMPARE(given, 1);
        QCOMPARE(patient.owed(), 0);
        patient.freed(MemoryReturn::WorthItLater); // Again, as often as there is something.
        QTRY_COMPARE(given, 2);
    }

    void keepsWhatIsNotWorthTheLook()
    {
        memory->freed(MemoryReturn::WorthItLater - 1);
        QCOMPARE(deadlines.size(), std::size_t(0));
    }

    void waitsWhileTheyAreStillGoing()
    {
        int rounds = 0;
        MemoryReturn still(&deadlines, [&rounds] { rounds = -rounds; });
        // Each time it looks, as much has gone again.
        struct Goer
        {
            void go()
            {
                memory->freed(MemoryReturn::WorthIt);
                if (++*rounds < 20)
                    deadline.schedule(deadlines, std::chrono::milliseconds(50));
            }
            MemoryReturn *memory;
            DeadlineQueue *deadlines;
            int *rounds;
            MemberDeadline<&Goer::go, Goer> deadline{this};
        } goer{&still, &deadlines, &rounds};
        goer.go();
        QTRY_COMPARE(rounds, -20);
    }

private:
    DeadlineQueue deadlines;
    std::optional<MemoryReturn> memory;
    int given = 0;
};

DIALOGUE_TEST(TestMemoryReturn, QCoreApplication)
#include "tst_memoryreturn.moc"
