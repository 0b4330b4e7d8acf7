#include "dialoguetest.h"
#include "testclasses.h"

#include <QCoreApplication>
#include <QTcpSocket>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;

/** A server that is still there when the application ends: its child, or static. */
class TestExit : public QObject
{
    Q_OBJECT

    int m_argc = 1;
    char m_name[8] = "exit";
    char *m_argv[2] = {m_name, nullptr};

    /** With a session open in each worker. */
    static void occupy(const Dialogue &server, QList<QTcpSocket *> &sockets)
    {
        for (int i = 0; i < 3; ++i) {
            auto *const socket = new QTcpSocket;
            sockets.append(socket);
            socket->connectToHost(QHostAddress::LocalHost, server.port());
            QVERIFY(socket->waitForConnected());
            socket->write("GET /socket.io/?EIO=4&transport=polling HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
            // The listener is in this thread.
            QTRY_VERIFY(socket->bytesAvailable() > 0);
        }
    }

private Q_SLOTS:
    void aChildOfTheApplicationEndsWithIt_data() { workersTable(); }
    void aChildOfTheApplicationEndsWithIt()
    {
        QFETCH(int, workers);
        QList<QTcpSocket *> sockets;
        {
            QCoreApplication app(m_argc, m_argv);
            auto *const server = new Dialogue(config(workers), {}, &app);
            QVERIFY(server->start());
            occupy(*server, sockets);
        }
        qDeleteAll(sockets);
    }

    void oneThatOutlivesTheApplicationEnds_data() { workersTable(); }
    void oneThatOutlivesTheApplicationEnds()
    {
        QFETCH(int, workers);
        std::unique_ptr<Dialogue> server;
        {
            QCoreApplication app(m_argc, m_argv);
            server = std::make_unique<Dialogue>(config(workers));
            QVERIFY(server->start());
            QList<QTcpSocket *> sockets;
            occupy(*server, sockets);
            qDeleteAll(sockets);
        }
        server.reset();
        QVERIFY(!server);
    }
};

DIALOGUE_TEST(TestExit, NoApplication)
#include "tst_exit.moc"
