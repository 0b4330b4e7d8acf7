#include "epolltest.h"
#include "server/loop/iothread.h"
#include "server/loop/mailbox.h"

#include "testclasses.h"

#include <QSocketNotifier>
#include <QTimer>

using namespace dialogue;

class TestEpollDispatcher : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isTheMainDispatcher();
    void wakesUpFromOtherThreads();
    void emitsAboutToBlockEveryTurn();
    void doesNotWaitWhenAboutToBlockPosts();
    void nestedLoopsWork();
    void quitsAThreadAtAnyTime();
};

void TestEpollDispatcher::isTheMainDispatcher() { QVERIFY(dispatcher()); }

void TestEpollDispatcher::wakesUpFromOtherThreads()
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

void TestEpollDispatcher::emitsAboutToBlockEveryTurn()
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

void TestEpollDispatcher::doesNotWaitWhenAboutToBlockPosts()
{
    QEventLoop loop;
    bool posted = false;
    const auto connection = connect(dispatcher(), &QAbstractEventDispatcher::aboutToBlock, this, [&] {
        if (!std::exchange(posted, true))
            QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    QTimer::singleShot(20000, &loop, [&] { loop.exit(1); });
    QCOMPARE(loop.exec(), 0); // Not held up until the timer.
    disconnect(connection);
}

void TestEpollDispatcher::nestedLoopsWork()
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

void TestEpollDispatcher::quitsAThreadAtAnyTime()
{
    for (int i = 0; i < 200; ++i) {
        QThread thread;
        thread.setEventDispatcher(new EpollDispatcher);
        thread.start();
        thread.quit();
        QVERIFY(thread.wait(10000));
    }
}

DIALOGUE_TEST(TestEpollDispatcher, EpollApplication)

#include "tst_epolldispatcher.moc"
