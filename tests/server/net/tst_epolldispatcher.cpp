#include "server/net/epolldispatcher.h"
#include "server/net/iothread.h"
#include "server/net/mailbox.h"

#include <QSocketNotifier>
#include <QTimer>
#include <QtTest>

#include <array>

#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;
using namespace std::chrono_literals;

/** Runs in a process whose main dispatcher is the one under test. */
class tst_EpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheMainDispatcher();
    void timersAreNeverEarly();
    void timersFireInOrder();
    void aZeroTimerFiresOncePerTurn();
    void aTimerMayDeleteItsObject();
    void aTimerMayKillAnotherThatIsDue();
    void aTimerIsNotSentAgainInItsOwnNestedLoop();
    void tellsOfRegisteredTimers();
    void readsAndWritesOnOneDescriptor();
    void aNotifierDeletedByAnotherInTheSameTurnStaysSilent();
    void aReusedDescriptorIsNotTakenForItsPredecessor();
    void anUnregisteredDescriptorIsForgottenAtOnce();
    void toggledNotifiersStillWork();
    void filesAreAlwaysReady();
    void tellsInTheOrderInWhichItArrived();
    void leavesSocketsAloneWhenToldSo();
    void wakesUpFromOtherThreads();
    void emitsAboutToBlockEveryTurn();
    void doesNotWaitWhenAboutToBlockPosts();
    void nestedLoopsWork();
    void quitsAThreadAtAnyTime();
};

namespace {

/** Two connected sockets, non-blocking, closed at the end. */
struct Pair
{
    Pair()
    {
        Q_ASSERT_X(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, fds.data()) == 0, "",
                   "");
    }
    ~Pair()
    {
        close(0);
        close(1);
    }
    void close(std::size_t end)
    {
        if (fds[end] >= 0)
            ::close(std::exchange(fds[end], -1));
    }
    void write(std::size_t end, const char *text = "x") { QCOMPARE(::write(fds[end], text, 1), 1); }
    void read(std::size_t end)
    {
        char byte = 0;
        QCOMPARE(::read(fds[end], &byte, 1), 1);
    }
    std::array<int, 2> fds{-1, -1};
};

EpollDispatcher *dispatcher()
{
    return qobject_cast<EpollDispatcher *>(QAbstractEventDispatcher::instance());
}

void turn() { QCoreApplication::processEvents(); }

} // namespace

void tst_EpollDispatcher::isTheMainDispatcher() { QVERIFY(dispatcher()); }

void tst_EpollDispatcher::timersAreNeverEarly()
{
    for (const int interval : {1, 3, 20}) {
        QElapsedTimer elapsed;
        elapsed.start();
        bool fired = false;
        QTimer::singleShot(interval, Qt::PreciseTimer, this, [&] { fired = true; });
        while (!fired)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        QVERIFY(elapsed.nsecsElapsed() >= interval * 1000000LL);
    }
}

void tst_EpollDispatcher::timersFireInOrder()
{
    QList<int> fired;
    for (const int interval : {9, 3, 6, 0})
        QTimer::singleShot(interval, Qt::PreciseTimer, this, [&fired, interval] { fired.append(interval); });
    QTRY_COMPARE(fired.size(), 4);
    QCOMPARE(fired, QList<int>({0, 3, 6, 9}));
}

void tst_EpollDispatcher::aZeroTimerFiresOncePerTurn()
{
    QTimer timer;
    int fired = 0;
    connect(&timer, &QTimer::timeout, this, [&] { ++fired; });
    timer.start(0);
    for (int i = 1; i <= 3; ++i) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents); // Would hang if it waited.
        QCOMPARE(fired, i);
    }
}

void tst_EpollDispatcher::aTimerMayDeleteItsObject()
{
    auto *timer = new QTimer;
    bool fired = false;
    connect(timer, &QTimer::timeout, this, [&] {
        fired = true;
        delete timer;
    });
    timer->start(0);
    turn();
    QVERIFY(fired);
}

void tst_EpollDispatcher::aTimerMayKillAnotherThatIsDue()
{
    QTimer first;
    QTimer second;
    int fired = 0;
    const auto killBoth = [&] {
        ++fired;
        first.stop();
        second.stop();
    };
    connect(&first, &QTimer::timeout, this, killBoth);
    connect(&second, &QTimer::timeout, this, killBoth);
    first.start(0);
    second.start(0);
    turn();
    turn();
    QCOMPARE(fired, 1);
}

void tst_EpollDispatcher::aTimerIsNotSentAgainInItsOwnNestedLoop()
{
    QTimer timer;
    int depth = 0;
    int deepest = 0;
    int others = 0;
    QTimer other;
    connect(&other, &QTimer::timeout, this, [&] { ++others; });
    connect(&timer, &QTimer::timeout, this, [&] {
        deepest = std::max(deepest, ++depth);
        for (int i = 0; i < 3; ++i)
            turn();
        --depth;
        timer.stop();
    });
    timer.start(0);
    other.start(0);
    turn();
    QCOMPARE(deepest, 1);
    QVERIFY(others >= 3);
}

void tst_EpollDispatcher::tellsOfRegisteredTimers()
{
    QObject object;
    const int id = object.startTimer(100s, Qt::CoarseTimer);
    const auto timers = dispatcher()->registeredTimers(&object);
    QCOMPARE(timers.size(), 1);
    QCOMPARE(timers.first().timerId, id);
    QCOMPARE(qint64(timers.first().interval), 100000);
    QCOMPARE(timers.first().timerType, Qt::CoarseTimer);
    const int left = dispatcher()->remainingTime(id);
    QVERIFY(left > 90000 && left <= 100000);
    object.killTimer(id);
    QCOMPARE(dispatcher()->remainingTime(id), -1);
    QVERIFY(dispatcher()->registeredTimers(&object).isEmpty());
}

void tst_EpollDispatcher::readsAndWritesOnOneDescriptor()
{
    Pair pair;
    QSocketNotifier reader(pair.fds[0], QSocketNotifier::Read);
    QSocketNotifier writer(pair.fds[0], QSocketNotifier::Write);
    int reads = 0;
    int writes = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] {
        ++reads;
        pair.read(0);
    });
    connect(&writer, &QSocketNotifier::activated, this, [&] {
        ++writes;
        writer.setEnabled(false);
    });
    turn();
    QCOMPARE(writes, 1);
    QCOMPARE(reads, 0);
    pair.write(1);
    turn();
    turn();
    QCOMPARE(writes, 1);
    QCOMPARE(reads, 1);
}

void tst_EpollDispatcher::aNotifierDeletedByAnotherInTheSameTurnStaysSilent()
{
    Pair one;
    Pair two;
    auto first = std::make_unique<QSocketNotifier>(one.fds[0], QSocketNotifier::Read);
    auto second = std::make_unique<QSocketNotifier>(two.fds[0], QSocketNotifier::Read);
    int activations = 0;
    connect(first.get(), &QSocketNotifier::activated, this, [&] {
        ++activations;
        second.reset();
        two.close(0);
        first->setEnabled(false);
    });
    connect(second.get(), &QSocketNotifier::activated, this, [&] {
        ++activations;
        first.reset();
        one.close(0);
        second->setEnabled(false);
    });
    one.write(1);
    two.write(1);
    turn();
    turn();
    QCOMPARE(activations, 1);
}

void tst_EpollDispatcher::aReusedDescriptorIsNotTakenForItsPredecessor()
{
    Pair one;
    Pair two;
    std::unique_ptr<QSocketNotifier> first;
    std::unique_ptr<QSocketNotifier> second;
    std::unique_ptr<QSocketNotifier> successor;
    Pair fresh;
    int ofSuccessor = 0;
    int number = -1;
    // Whichever is told first replaces the other's descriptor by one that has nothing to say.
    const auto replace = [&](std::unique_ptr<QSocketNotifier> &other, Pair &pair, QSocketNotifier &self) {
        self.setEnabled(false);
        number = pair.fds[0];
        other.reset();
        QCOMPARE(::dup3(fresh.fds[0], number, O_CLOEXEC), number);
        successor = std::make_unique<QSocketNotifier>(number, QSocketNotifier::Read);
        connect(successor.get(), &QSocketNotifier::activated, this, [&] { ++ofSuccessor; });
    };
    first = std::make_unique<QSocketNotifier>(one.fds[0], QSocketNotifier::Read);
    second = std::make_unique<QSocketNotifier>(two.fds[0], QSocketNotifier::Read);
    connect(first.get(), &QSocketNotifier::activated, this, [&] { replace(second, two, *first); });
    connect(second.get(), &QSocketNotifier::activated, this, [&] { replace(first, one, *second); });
    one.write(1);
    two.write(1);
    turn();
    QVERIFY(successor);
    turn();
    QCOMPARE(ofSuccessor, 0);
    fresh.write(1);
    turn();
    QCOMPARE(ofSuccessor, 1);
}

void tst_EpollDispatcher::anUnregisteredDescriptorIsForgottenAtOnce()
{
    Pair pair;
    const int copy = ::dup(pair.fds[0]); // Keeps the open file alive, which is what epoll really watches.
    auto notifier = std::make_unique<QSocketNotifier>(pair.fds[0], QSocketNotifier::Read);
    turn();
    pair.write(1);
    notifier.reset();
    pair.close(0);
    QElapsedTimer elapsed;
    elapsed.start();
    bool fired = false;
    QTimer::singleShot(20, Qt::PreciseTimer, this, [&] { fired = true; });
    int turns = 0;
    for (; !fired; ++turns)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    QVERIFY2(turns < 10, QByteArray::number(turns).constData()); // It would spin on the orphan.
    ::close(copy);
}

void tst_EpollDispatcher::toggledNotifiersStillWork()
{
    Pair pair;
    QSocketNotifier reader(pair.fds[0], QSocketNotifier::Read);
    int reads = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] {
        ++reads;
        pair.read(0);
    });
    turn();
    for (int i = 0; i < 5; ++i) {
        reader.setEnabled(false);
        pair.write(1);
        turn();
        QCOMPARE(reads, i);
        reader.setEnabled(true);
        turn();
        QCOMPARE(reads, i + 1);
    }
}

void tst_EpollDispatcher::filesAreAlwaysReady()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    QSocketNotifier reader(file.handle(), QSocketNotifier::Read);
    int reads = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] { ++reads; });
    for (int i = 0; i < 3; ++i)
        turn();
    QVERIFY(reads >= 2);
    reader.setEnabled(false);
    reads = 0;
    turn();
    QCOMPARE(reads, 0);
}

void tst_EpollDispatcher::tellsInTheOrderInWhichItArrived()
{
    Pair known;
    Pair added;
    QByteArray order;
    QSocketNotifier first(known.fds[0], QSocketNotifier::Read);
    connect(&first, &QSocketNotifier::activated, this, [&] {
        order += "known ";
        first.setEnabled(false);
    });
    turn();
    // Within one turn a descriptor is added and something arrives at it; and then at the other.
    QSocketNotifier second(added.fds[0], QSocketNotifier::Read);
    connect(&second, &QSocketNotifier::activated, this, [&] {
        order += "added ";
        second.setEnabled(false);
    });
    added.write(1);
    known.write(1);
    turn();
    QCOMPARE(order, QByteArray("added known "));
}

void tst_EpollDispatcher::leavesSocketsAloneWhenToldSo()
{
    Pair pair;
    QSocketNotifier reader(pair.fds[0], QSocketNotifier::Read);
    int reads = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] {
        ++reads;
        pair.read(0);
    });
    pair.write(1);
    bool fired = false;
    QTimer::singleShot(1, Qt::PreciseTimer, this, [&] { fired = true; });
    while (!fired)
        QCoreApplication::processEvents(QEventLoop::ExcludeSocketNotifiers | QEventLoop::WaitForMoreEvents);
    QCOMPARE(reads, 0);
    turn();
    QCOMPARE(reads, 1);
}

void tst_EpollDispatcher::wakesUpFromOtherThreads()
{
    int answers = 0;
    QEventLoop loop;
    Mailbox<int> here([&](int &&) {
        ++answers;
        loop.quit();
    });
    IoThread thread(QStringLiteral("io"));
    thread.start();
    for (int i = 1; i <= 2000; ++i) {
        thread.post([&] { here.post(1); });
        if (i % 3 == 0) {
            while (answers < i)
                loop.exec(); // Hangs if a wake-up is lost.
        }
    }
    while (answers < 2000)
        loop.exec();
    QCOMPARE(answers, 2000);
}

void tst_EpollDispatcher::emitsAboutToBlockEveryTurn()
{
    int emitted = 0;
    const auto connection
        = connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] { ++emitted; });
    for (int i = 1; i <= 3; ++i) {
        turn();
        QCOMPARE(emitted, i);
    }
    disconnect(connection);
}

void tst_EpollDispatcher::doesNotWaitWhenAboutToBlockPosts()
{
    QEventLoop loop;
    bool posted = false;
    const auto connection = connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] {
        if (!std::exchange(posted, true))
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec(); // Hangs if it waits.
    disconnect(connection);
}

void tst_EpollDispatcher::nestedLoopsWork()
{
    Pair pair;
    QSocketNotifier reader(pair.fds[0], QSocketNotifier::Read);
    QEventLoop outer;
    QEventLoop inner;
    int reads = 0;
    connect(&reader, &QSocketNotifier::activated, this, [&] {
        pair.read(0);
        if (++reads == 1) {
            pair.write(1);
            inner.exec();
            outer.quit();
        } else {
            inner.quit();
        }
    });
    pair.write(1);
    outer.exec();
    QCOMPARE(reads, 2);
}

void tst_EpollDispatcher::quitsAThreadAtAnyTime()
{
    for (int i = 0; i < 200; ++i) {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        thread.start();
        thread.quit();
        QVERIFY(thread.wait(10000));
    }
}

int main(int argc, char **argv)
{
    QCoreApplication::setEventDispatcher(new EpollDispatcher);
    QCoreApplication app(argc, argv);
    tst_EpollDispatcher test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_epolldispatcher.moc"
