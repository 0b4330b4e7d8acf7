#include "server/rooms/slicedwork.h"

#include "core/base/exceptions.h"
#include "core/base/logging.h"
#include "testclasses.h"

#include <QCoreApplication>
#include <QStringList>
#include <QTest>

#include <functional>
#include <memory>
#include <stdexcept>

using namespace dialogue;
using namespace Qt::StringLiterals;

namespace {

/** So many pieces of so many steps each. */
class Pieces final : public SlicedWork::Task
{
public:
    Pieces(QStringList *log, QString name, int pieces, int steps = 1)
        : m_log(log)
        , m_name(std::move(name))
        , m_left(pieces)
        , m_steps(steps)
    { }
    ~Pieces() override { m_log->append(m_name + u" goes"_s); }
    Q_DISABLE_COPY_MOVE(Pieces)

    int step() override
    {
        if (m_left == 0) {
            m_log->append(m_name + u" ends"_s);
            return 0;
        }
        --m_left;
        if (whenStep)
            whenStep();
        return m_steps;
    }

    std::function<void()> whenStep;

private:
    QStringList *m_log;
    QString m_name;
    int m_left;
    int m_steps;
};

std::shared_ptr<ExceptionLog> exceptions() { return std::make_shared<ExceptionLog>(lcRooms, u"slots"_s); }

constexpr int Slice = SlicedWork::StepsPerSlice;

} // namespace

class TestSlicedWork : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void doesABoundedNumberOfStepsInATurn_data()
    {
        QTest::addColumn<int>("pieces");
        QTest::addColumn<int>("steps");
        QTest::addColumn<int>("slices");
        QTest::addColumn<int>("longest");
        QTest::newRow("nothing") << 0 << 1 << 1 << 0;
        QTest::newRow("a few at once") << Slice - 1 << 1 << 1 << Slice - 1;
        QTest::newRow("a slice, and its end in the next") << Slice << 1 << 2 << Slice;
        QTest::newRow("ten slices") << 10 * Slice + 1 << 1 << 11 << Slice;
        QTest::newRow("large pieces") << 10 << 200 << 6 << 400;
    }
    void doesABoundedNumberOfStepsInATurn()
    {
        QFETCH(int, pieces);
        QFETCH(int, steps);
        QFETCH(int, slices);
        QFETCH(int, longest);
        QStringList log;
        SlicedWork work(exceptions());
        work.add(std::make_unique<Pieces>(&log, u"a"_s, pieces, steps));
        int turns = 1;
        for (; work.counters().pending > 0 && turns < 1000; ++turns)
            QCoreApplication::processEvents();
        QCOMPARE(log, (QStringList{u"a ends"_s, u"a goes"_s}));
        QCOMPARE(turns, slices);
        const SlicedWorkCounters counters = work.counters();
        QCOMPARE(counters.slices, slices);
        QCOMPARE(counters.steps, pieces * steps);
        QCOMPARE(counters.longestSlice, longest);
    }

    void aShortTaskDoesNotWaitForALongOne()
    {
        QStringList log;
        SlicedWork work(exceptions());
        work.add(std::make_unique<Pieces>(&log, u"long"_s, 100 * Slice));
        work.add(std::make_unique<Pieces>(&log, u"short"_s, 3));
        QCOMPARE(log, (QStringList{u"short ends"_s, u"short goes"_s}));
        work.add(std::make_unique<Pieces>(&log, u"middle"_s, 2 * Slice));
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(log.constLast(), u"middle goes"_s);
        QCOMPARE(work.counters().longestSlice, Slice);
        QCOMPARE(work.counters().pending, 1);
    }

    void aTaskMayAddOthersAndRunAnEventLoop()
    {
        QStringList log;
        SlicedWork work(exceptions());
        auto outer = std::make_unique<Pieces>(&log, u"outer"_s, 2 * Slice);
        int depth = 0;
        int deepest = 0;
        outer->whenStep = [&] {
            ++depth;
            deepest = std::max(deepest, depth);
            if (log.isEmpty())
                work.add(std::make_unique<Pieces>(&log, u"inner"_s, 1));
            for (int i = 0; i < 2; ++i)
                QCoreApplication::processEvents();
            --depth;
        };
        work.add(std::move(outer));
        for (int i = 0; i < 10 && work.counters().pending > 0; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(log, (QStringList{u"inner ends"_s, u"inner goes"_s, u"outer ends"_s, u"outer goes"_s}));
        QCOMPARE(deepest, 1);
    }

    void goesOnBehindWhatAStepThrows()
    {
        QStringList log;
        SlicedWork work(exceptions());
        auto throwing = std::make_unique<Pieces>(&log, u"a"_s, 2 * Slice);
        throwing->whenStep = [] { throw std::runtime_error("no luck"); };
        QTest::ignoreMessage(QtCriticalMsg,
                             "Exceptions that left slots: 1 - the last of who leaves, or of a room that is "
                             "deleted - \"no luck\"");
        work.add(std::move(throwing));
        for (int i = 0; i < 5; ++i)
            QCoreApplication::processEvents();
        QCOMPARE(log, (QStringList{u"a ends"_s, u"a goes"_s}));
        QCOMPARE(work.counters().longestSlice, Slice); // What is thrown away is bounded, too.
    }

    void dropsWhatIsNotDone()
    {
        QStringList log;
        SlicedWork work(exceptions());
        work.add(std::make_unique<Pieces>(&log, u"a"_s, 2 * Slice));
        work.clear();
        QCOMPARE(log, QStringList{u"a goes"_s});
        QCoreApplication::processEvents();
        QCOMPARE(log.size(), 1);
    }
};

DIALOGUE_TEST(TestSlicedWork, QCoreApplication)
#include "tst_slicedwork.moc"
