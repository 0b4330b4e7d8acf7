#include "await.h"
#include "clientfixture.h"
#include "testclasses.h"

#include <QTest>
#include <QThread>

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
};

DIALOGUE_TEST(TestClientThread, QCoreApplication)
#include "tst_clientthread.moc"
