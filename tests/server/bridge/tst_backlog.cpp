#include "server/bridge/backlog.h"
#include "server/bridge/workeroutbox.h"
#include "server/socketio/eventencoding.h"

#include "testclasses.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace dialogue;
using namespace dialogue::bridge;

class TestBacklog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isCongestedFromTheLimitToItsHalf()
    {
        Backlog backlog(1000);
        backlog.add(10, 900);
        QVERIFY(!backlog.isCongested(100));
        QVERIFY(backlog.isCongested(101)); // What is to be posted counts.
        backlog.add(1, 101);
        QVERIFY(!backlog.take(1, 500));
        QVERIFY(backlog.isCongested(0));
        QVERIFY(backlog.take(1, 1)); // Half of it
        QVERIFY(!backlog.take(1, 1)); // Once
        QVERIFY(backlog.isCongested(0)); // Until the hub has heard of it.
        QVERIFY(backlog.relieve());
        QVERIFY(!backlog.isCongested(0));
        QCOMPARE(backlog.bytes(), 499);
        QCOMPARE(backlog.messages(), 8);
    }

    void tellsNobodyWhoDidNotAsk()
    {
        Backlog backlog(1000);
        backlog.add(1, 5000);
        QVERIFY(!backlog.take(1, 5000));
    }

    void isOverloadedAtTwiceTheLimit()
    {
        Backlog backlog(1000);
        backlog.add(1, 1500);
        QVERIFY(!backlog.isOverloaded(500));
        QVERIFY(backlog.isOverloaded(501));
    }

    void neverForgetsToTell()
    {
        // The hub posts until it is congested, and then waits to be told. A word too few hangs.
        constexpr int messages = 200000;
        Backlog backlog(100);
        std::atomic<int> posted = 0;
        std::atomic<int> told = 0;
        std::thread worker([&] {
            for (int done = 0; done < messages; ++done) {
                while (posted.load() <= done)
                    std::this_thread::yield();
                if (backlog.take(1, 10))
                    ++told;
            }
        });
        int heard = 0;
        qint64 most = 0;
        for (int i = 0; i < messages; ++i) {
            while (backlog.isCongested(0)) {
                while (told.load() == heard)
                    std::this_thread::yield();
                ++heard;
                backlog.relieve();
            }
            backlog.add(1, 10);
            most = std::max(most, backlog.bytes());
            ++posted;
        }
        worker.join();
        QCOMPARE(backlog.bytes(), 0);
        QVERIFY2(most <= 120, qPrintable(QString::number(most)));
        QVERIFY(heard > 0);
    }

    void costsWhatAMessageHolds_data()
    {
        QTest::addColumn<qint64>("payload");
        QTest::addColumn<int>("kind");
        QTest::newRow("send") << qint64(1002) << 0;
        QTest::newRow("publish") << qint64(1002) << 1;
        QTest::newRow("publish to all but some") << qint64(1002 + 3 * 8) << 2;
        QTest::newRow("answer") << qint64(500) << 3;
        QTest::newRow("little") << qint64(0) << 4;
        QTest::newRow("deliver to one") << qint64(1002) << 5;
        QTest::newRow("notify") << qint64(1002) << 6;
    }
    void costsWhatAMessageHolds()
    {
        QFETCH(int, kind);
        const FramePtr frame = Frame::create(QByteArray(998, 'x'));
        const Encodings encodings{.kept = socketio::eventEncoding()};
        const auto publication = std::make_shared<Publication>(encodings, Position(), QString(), frame);
        std::vector<ToWorker> messages;
        messages.push_back(Send{1, frame});
        messages.push_back(Publish{1, publication, nullptr});
        messages.push_back(Publish{1, publication, std::make_shared<std::vector<SocketId>>(3)});
        messages.push_back(Respond{1, HttpResponse::of(200, "text/plain", QByteArray(500, 'x'))});
        messages.push_back(Subscribe{1, 2});
        messages.push_back(Deliver{1, publication, Occasion::Replay});
        messages.push_back(Notify{1, frame, {}});
        QTEST(costOf(messages.at(std::size_t(kind))) - qint64(sizeof(ToWorker)), "payload");
    }
};

DIALOGUE_TEST(TestBacklog, QCoreApplication)
#include "tst_backlog.moc"
