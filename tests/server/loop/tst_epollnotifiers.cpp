#include "epolltest.h"
#include "testclasses.h"

#include <QSocketNotifier>
#include <QTemporaryFile>
#include <QTimer>

using namespace dialogue;

class TestEpollNotifiers : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsAndWritesOnOneDescriptor();
    void aNotifierDeletedByAnotherInTheSameTurnStaysSilent();
    void aReusedDescriptorIsNotTakenForItsPredecessor();
    void anUnregisteredDescriptorIsForgottenAtOnce();
    void toggledNotifiersStillWork();
    void filesAreAlwaysReady();
    void tellsInTheOrderInWhichItArrived();
    void leavesSocketsAloneWhenToldSo();
};

void TestEpollNotifiers::readsAndWritesOnOneDescriptor()
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

void TestEpollNotifiers::aNotifierDeletedByAnotherInTheSameTurnStaysSilent()
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

void TestEpollNotifiers::aReusedDescriptorIsNotTakenForItsPredecessor()
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

void TestEpollNotifiers::anUnregisteredDescriptorIsForgottenAtOnce()
{
    Pair pair;
    const int copy = ::dup(pair.fds[0]); // Keeps the open file alive, which is what epoll really watches.
    auto notifier = std::make_unique<QSocketNotifier>(pair.fds[0], QSocketNotifier::Read);
    turn();
    pair.write(1);
    notifier.reset();
    pair.close(0);
    bool fired = false;
    QTimer::singleShot(20, Qt::PreciseTimer, this, [&] { fired = true; });
    int turns = 0;
    while (!fired) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        ++turns;
    }
    QVERIFY2(turns < 10, QByteArray::number(turns).constData()); // It would spin on the orphan.
    ::close(copy);
}

void TestEpollNotifiers::toggledNotifiersStillWork()
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

void TestEpollNotifiers::filesAreAlwaysReady()
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

void TestEpollNotifiers::tellsInTheOrderInWhichItArrived()
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

void TestEpollNotifiers::leavesSocketsAloneWhenToldSo()
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

DIALOGUE_TEST(TestEpollNotifiers, EpollApplication)

#include "tst_epollnotifiers.moc"
