#include "client/engineio/transport.h"
#include "tests/client/support/await.h"
#include "tests/client/support/clientfixture.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace dialogue::test;

/** What both transports do, against a real server. */
class TestTransport : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void theServerGivesASignOfLife_data()
    {
        QTest::addColumn<TransportKind>("kind");
        QTest::newRow("websocket") << TransportKind::WebSocket;
        QTest::newRow("polling") << TransportKind::Polling;
    }
    void theServerGivesASignOfLife()
    {
        QFETCH(TransportKind, kind);
        const ConnectionConfig config{clientConfig(m_server->port(), QStringLiteral("ann")), {}};
        const auto transport = makeTransport(kind, config);
        QSignalSpy answered(transport.get(), &Transport::answered);
        QSignalSpy failed(transport.get(), &Transport::failed);
        connect(transport.get(), &Transport::packetReceived, this, [&](const engineio::Packet &packet) {
            if (packet.type != engineio::PacketType::Open)
                return;
            transport->begin(*engineio::decodeHandshake(packet.data));
            transport->check();
        });
        transport->open();
        QTRY_VERIFY_WITH_TIMEOUT(!answered.isEmpty(), PatienceMs);
        QVERIFY(failed.isEmpty());
        transport->abort();
    }
};

DIALOGUE_TEST(TestTransport, QCoreApplication)
#include "tst_transport.moc"
