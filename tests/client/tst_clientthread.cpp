#include "await.h"
#include "clientfixture.h"
#include "lastwords.h"
#include "testclasses.h"

#include <QTest>
#include <QThread>

#include <thread>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** A client that was made in one thread and lives in another. */
class TestClientThread : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void itsTimersRunWhereItLives()
    {
        Dialogue server(serverConfig());
        QVERIFY(server.start());
        ClientConfig config = clientConfig(server.port(), u"ann"_s);
        config.timeouts.request = std::chrono::milliseconds(500);
        config.timeouts.waiting = config.timeouts.request;
        QThread thread;
        auto *const client = new DialogueClient(config);
        client->moveToThread(&thread);
        connect(&thread, &QThread::finished, client, &QObject::deleteLater);
        bool connected = false;
        connect(client, &DialogueClient::connected, this, [&] { connected = true; });
        thread.start();
        QTRY_VERIFY_WITH_TIMEOUT(connected, PatienceMs);
        server.stop(); // so that nobody answers
        QFuture<Result<QList<RoomInfo>>> rooms;
        QMetaObject::invokeMethod(
            client, [&] { rooms = client->listRooms(); }, Qt::BlockingQueuedConnection);
        QTRY_VERIFY_WITH_TIMEOUT(rooms.isFinished(), PatienceMs);
        thread.quit();
        QVERIFY(thread.wait());
        QCOMPARE(rooms.result().error().code, ErrorCode::Timeout);
    }

    void debugBuildsAssertThatItIsUsedThere()
    {
        DialogueClient client({.url = QUrl(u"http://127.0.0.1:1"_s), .autoConnect = false});
        const auto call = [&] { (void)client.join(u"chat"_s); };
        const QByteArray said = lastWordsOf([&] { std::thread(call).join(); });
#ifdef QT_NO_DEBUG
        QCOMPARE(said, QByteArray()); // There are no assertions.
#else
        QVERIFY2(said.contains("called from another thread than the object lives in"), said.constData());
#endif
        QCOMPARE(lastWordsOf(call), QByteArray());
    }

    void mayBeDeletedElsewhereOnceItsThreadHasEnded()
    {
        QThread thread;
        auto client = std::make_unique<DialogueClient>(
            ClientConfig{.url = QUrl(u"http://127.0.0.1:1"_s), .autoConnect = false});
        client->moveToThread(&thread);
        thread.start();
        thread.quit();
        QVERIFY(thread.wait());
        QCOMPARE(lastWordsOf([&] { client.reset(); }), QByteArray());
    }
};

DIALOGUE_TEST(TestClientThread, QCoreApplication)
#include "tst_clientthread.moc"
