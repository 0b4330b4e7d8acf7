#include "netserver.h"
#include "qttransport.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;

/** Flushes that follow each other so closely, to so many, that some wait for more (Linger). */
class TestLingering : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void deliversAllInOrderAndTheCloseAfterIt();
    void endsWithConnectionsThatWaitForTheirFlush();

private:
    static constexpr int Clients = 150;
    static constexpr int Rounds = 400;

    std::unique_ptr<NetServer> m_server;
    std::vector<std::unique_ptr<QTcpSocket>> m_clients;

    void connectClients();
    void sendToAll(const QByteArray &text);
};

void TestLingering::initTestCase() { connectClients(); }

void TestLingering::connectClients()
{
    m_clients.clear();
    m_server = std::make_unique<NetServer>();
    for (int i = 0; i < Clients; ++i) {
        m_clients.push_back(m_server->connectedClient());
        m_clients.back()->write(upgradeRequest());
        QVERIFY(readUntil(*m_clients.back(), "\r\n\r\n").startsWith("HTTP/1.1 101"));
    }
}

void TestLingering::sendToAll(const QByteArray &text)
{
    m_server->in(0, [&](NetServer::Handler &handler) {
        const FramePtr frame = Frame::create(text);
        for (const auto &listener : handler.listeners)
            listener->webSocket->send(frame);
    });
}

void TestLingering::deliversAllInOrderAndTheCloseAfterIt()
{
    QByteArray expected;
    for (int round = 0; round < Rounds; ++round) {
        const QByteArray text = QByteArray::number(round);
        sendToAll(text);
        expected += "\x81" + QByteArray(1, char(text.size())) + text;
    }
    m_server->in(0, [](NetServer::Handler &handler) {
        for (const auto &listener : handler.listeners)
            listener->webSocket->close(1000);
    });
    expected += QByteArrayLiteral("\x88\x02\x03\xe8");
    for (const auto &client : m_clients)
        QCOMPARE(readAll(*client), expected);
}

void TestLingering::endsWithConnectionsThatWaitForTheirFlush()
{
    connectClients();
    for (int round = 0; round < Rounds; ++round) {
        sendToAll(QByteArray::number(round));
        if (round % 10 == 9) { // Some leave, while theirs may wait.
            m_clients.back()->abort();
            m_clients.pop_back();
        }
    }
    m_server.reset(); // And so does the server.
    for (const auto &client : m_clients)
        QVERIFY(readAll(*client).startsWith(QByteArrayLiteral("\x81\x01\x30\x81\x01\x31\x81\x01\x32")));
}

DIALOGUE_TEST(TestLingering, QCoreApplication)
DIALOGUE_TEST_AS("qt", TestLingering, QtTransport)
#include "tst_lingering.moc"
