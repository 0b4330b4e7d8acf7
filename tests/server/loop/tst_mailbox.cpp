#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"

#include "testclasses.h"

#include <QAbstractEventDispatcher>
#include <QTest>

#include <memory>
#include <optional>

using namespace dialogue;

class TestMailbox : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void deliversInOrder();
    void deliversABatchWithOneEvent();
    void keepsTheOrderOfEachOfManySenders();
    void deliversWhatIsPostedDuringDelivery();
    void goesOnAfterAReceiverRanAnEventLoopOfItsOwn();
    void anOutboxPostsAtTheEndOfTheTurn();
    void anOutboxInTheReceiversThreadCallsDirectly();
    void restsInTheMiddleOfABatch();
    void mayBeEmptiedByWhoIsTold();
    void messagesNeedNotBeCopyable();
    void theQueueOfATurnIsFlushedOnce();
    void givesBackWhatACrowdTook();
};

void TestMailbox::givesBackWhatACrowdTook()
{
    std::size_t received = 0;
    Mailbox<int> mailbox([&](int &&) { ++received; });
    std::vector<int> batch(10 * Mailbox<int>::MostKept);
    std::vector<int> taken;
    mailbox.post(1);
    mailbox.post(batch); // Copied, as something waits.
    QCOMPARE(batch.capacity(), std::size_t(0));
    batch.resize(100);
    mailbox.post(batch);
    QVERIFY(batch.capacity() >= 100);
    mailbox.take(taken);
    QCOMPARE(taken.size(), 10 * Mailbox<int>::MostKept + 101);
    Mailbox<int>::release(taken);
    QCOMPARE(taken.capacity(), std::size_t(0));
    QCOMPARE(received, std::size_t(0));
}

void TestMailbox::deliversInOrder()
{
    QList<int> received;
    Mailbox<int> mailbox([&](int &&number) { received.append(number); });
    mailbox.post(1);
    std::vector<int> batch{2, 3};
    mailbox.post(batch);
    QVERIFY(batch.empty());
    mailbox.post(4);
    QVERIFY(received.isEmpty());
    QCoreApplication::processEvents();
    QCOMPARE(received, QList<int>({1, 2, 3, 4}));
}

void TestMailbox::deliversABatchWithOneEvent()
{
    int received = 0;
    Mailbox<int> mailbox([&](int &&) { ++received; });
    for (int i = 0; i < 100; ++i)
        mailbox.post(std::move(i));
    mailbox.deliver();
    QCOMPARE(received, 100);
    mailbox.post(0);
    QCoreApplication::processEvents();
    QCOMPARE(received, 101);
}

void TestMailbox::keepsTheOrderOfEachOfManySenders()
{
    constexpr int Senders = 4;
    constexpr int Messages = 5000;
    std::array<int, Senders> next{};
    int received = 0;
    bool inOrder = true;
    QEventLoop loop;
    Mailbox<std::pair<int, int>> mailbox([&](std::pair<int, int> &&message) {
        inOrder = inOrder && next[std::size_t(message.first)]++ == message.second;
        if (++received == Senders * Messages)
            loop.quit();
    });
    std::vector<std::unique_ptr<IoThread>> threads;
    for (int sender = 0; sender < Senders; ++sender) {
        threads.push_back(std::make_unique<IoThread>(QStringLiteral("sender")));
        threads.back()->start();
        threads.back()->post([&mailbox, sender] {
            TurnEnd turnEnd;
            Outbox<std::pair<int, int>> outbox(&mailbox, &turnEnd);
            for (int i = 0; i < Messages; ++i) {
                outbox.post({sender, int(i)});
                if (i % 100 == 0)
                    turnEnd.flushAll();
            }
        });
    }
    loop.exec();
    for (const auto &thread : threads)
        thread->stop();
    QVERIFY(inOrder);
    QCOMPARE(received, Senders * Messages);
}

void TestMailbox::deliversWhatIsPostedDuringDelivery()
{
    QList<int> received;
    std::unique_ptr<Mailbox<int>> mailbox;
    mailbox = std::make_unique<Mailbox<int>>([&](int &&number) {
        received.append(number);
        if (number < 3)
            mailbox->post(number + 1);
        mailbox->deliver(); // A nested delivery must not overtake.
    });
    mailbox->post(1);
    mailbox->post(10);
    QTRY_COMPARE(received, QList<int>({1, 10, 2, 3}));
}

void TestMailbox::goesOnAfterAReceiverRanAnEventLoopOfItsOwn()
{
    QList<int> received;
    IoThread thread(QStringLiteral("sender"));
    thread.start();
    std::unique_ptr<Mailbox<int>> mailbox;
    mailbox = std::make_unique<Mailbox<int>>([&](int &&number) {
        received.append(number);
        if (number != 1)
            return;
        thread.run([&] { mailbox->post(2); });
        QCoreApplication::processEvents(); // Its announcement is used up in here.
    });
    mailbox->post(1);
    QTRY_COMPARE(received, QList<int>({1, 2}));
    thread.run([&] { mailbox->post(3); });
    QTRY_COMPARE(received, QList<int>({1, 2, 3}));
    thread.stop();
}

void TestMailbox::anOutboxPostsAtTheEndOfTheTurn()
{
    QList<int> received;
    Mailbox<int> mailbox([&](int &&number) { received.append(number); });
    IoThread thread(QStringLiteral("io"));
    thread.start();
    std::unique_ptr<TurnEnd> turnEnd;
    std::unique_ptr<Outbox<int>> outbox;
    thread.run([&] {
        turnEnd = std::make_unique<TurnEnd>();
        outbox = std::make_unique<Outbox<int>>(&mailbox, turnEnd.get());
        QVERIFY(!outbox->isDirect());
        outbox->post(1);
        outbox->post(2);
        mailbox.post(3); // Overtakes what waits for the end of the turn.
    });
    QTRY_COMPARE(received, QList<int>({3, 1, 2}));
    thread.run([&] {
        outbox.reset();
        turnEnd.reset();
    });
}

void TestMailbox::anOutboxInTheReceiversThreadCallsDirectly()
{
    QList<int> received;
    Mailbox<int> mailbox([&](int &&number) { received.append(number); });
    TurnEnd turnEnd;
    Outbox<int> outbox(&mailbox, &turnEnd);
    QVERIFY(outbox.isDirect());
    outbox.post(1);
    QCOMPARE(received, QList<int>({1}));
}

void TestMailbox::restsInTheMiddleOfABatch()
{
    QList<int> received;
    int deliveries = 0;
    std::unique_ptr<Mailbox<int>> mailbox;
    mailbox = std::make_unique<Mailbox<int>>(
        [&](int &&number) {
            received.append(number);
            if (number % 10 == 2)
                mailbox->rest();
        },
        [&] { ++deliveries; });
    std::vector<int> batch{1, 2, 3, 4};
    mailbox->post(batch);
    QCoreApplication::processEvents();
    QCOMPARE(received, QList<int>({1, 2}));
    QCOMPARE(deliveries, 1);
    std::vector<int> more{11, 12};
    mailbox->post(more); // Nothing that comes meanwhile wakes it.
    QCoreApplication::processEvents();
    QCOMPARE(received, QList<int>({1, 2}));
    mailbox->goOn();
    QCOMPARE(received, QList<int>({1, 2, 3, 4}));
    QTRY_COMPARE(received, QList<int>({1, 2, 3, 4, 11, 12}));
    QCOMPARE(deliveries, 3);
    mailbox->goOn(); // With nothing left
    mailbox->post(5);
    QTRY_COMPARE(received.last(), 5);
}

void TestMailbox::mayBeEmptiedByWhoIsTold()
{
    int told = 0;
    QList<int> called;
    Mailbox<int> mailbox([&](int &&number) { called.append(number); }, {}, [&] { ++told; });
    QVERIFY(!mailbox.hasArrivals());
    for (int i = 0; i < 3; ++i)
        mailbox.post(std::move(i));
    QVERIFY(mailbox.hasArrivals());
    QCoreApplication::processEvents();
    QCOMPARE(told, 1);
    std::vector<int> batch;
    mailbox.take(batch);
    QCOMPARE(batch, std::vector<int>({0, 1, 2}));
    QVERIFY(!mailbox.hasArrivals());
    // What came was taken before anybody was told; what comes next is told again.
    batch.clear();
    mailbox.post(3);
    mailbox.take(batch);
    mailbox.post(4);
    QCoreApplication::processEvents();
    QCOMPARE(told, 3);
    mailbox.call(5);
    QCOMPARE(called, QList<int>{5});
}

void TestMailbox::messagesNeedNotBeCopyable()
{
    int received = 0;
    Mailbox<std::unique_ptr<int>> mailbox([&](std::unique_ptr<int> &&number) { received = *number; });
    mailbox.post(std::make_unique<int>(5));
    mailbox.deliver();
    QCOMPARE(received, 5);
}

void TestMailbox::theQueueOfATurnIsFlushedOnce()
{
    struct Counter : Flushable
    {
        int flushes = 0;
        Counter *other = nullptr;
        std::unique_ptr<Counter> victim;
        TurnEnd *turnEnd = nullptr;
        void flush() override
        {
            ++flushes;
            victim.reset();
            if (other)
                turnEnd->schedule(other);
        }
    };
    TurnEnd turnEnd; // On Qt's own dispatcher, here.
    Counter second;
    Counter first;
    first.other = &second;
    first.turnEnd = &turnEnd;
    first.victim = std::make_unique<Counter>();
    turnEnd.schedule(&first);
    turnEnd.schedule(&first);
    turnEnd.schedule(first.victim.get());
    QTRY_COMPARE(second.flushes, 1);
    QCOMPARE(first.flushes, 1);
    turnEnd.schedule(&second);
    turnEnd.flushAll();
    QCOMPARE(second.flushes, 2);
}

DIALOGUE_TEST(TestMailbox, QCoreApplication)
#include "tst_mailbox.moc"
