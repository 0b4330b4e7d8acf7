#include "client/dialogueclient_p.h"
#include "tests/client/support/await.h"
#include "tests/client/support/clientfixture.h"
#include "tests/client/support/front.h"
#include "tests/client/support/tlsfront.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace dialogue;
using namespace dialogue::client;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/**
 * An address whose server answers nobody, as a broken route: its queue of connections is full, so the system
 * lets whoever comes wait. At the same port as another server.
 */
class BlackHole
{
public:
    explicit BlackHole(quint16 port, quint32 address)
        : m_address(address)
        , m_listener(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in name{};
        name.sin_family = AF_INET;
        name.sin_addr.s_addr = htonl(address);
        name.sin_port = htons(port);
        if (::bind(m_listener, reinterpret_cast<sockaddr *>(&name), sizeof name) != 0
            || ::listen(m_listener, 0) != 0)
            qFatal("The black hole cannot listen");
        for (int i = 0; i < 3; ++i) { // one more than its queue takes
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(socket, reinterpret_cast<sockaddr *>(&name), sizeof name);
            m_filling.append(socket);
        }
    }
    ~BlackHole()
    {
        for (const int socket : m_filling)
            ::close(socket);
        ::close(m_listener);
    }
    BlackHole(const BlackHole &) = delete;
    BlackHole &operator=(const BlackHole &) = delete;

    [[nodiscard]] QHostAddress address() const { return QHostAddress(m_address); }

private:
    quint32 m_address;
    int m_listener;
    QList<int> m_filling;
};

constexpr quint32 BlackHoleAddress = 0x7f000002; // 127.0.0.2

/** Says of every host that it has \a addresses. */
Resolver saying(const QList<QHostAddress> &addresses, QStringList *asked = nullptr)
{
    return [addresses, asked](const QString &host, QObject *context, const auto &found) {
        if (asked)
            asked->append(host);
        QMetaObject::invokeMethod(
            context, [found, addresses] { found(addresses); }, Qt::QueuedConnection);
    };
}

QList<QHostAddress> addresses(std::initializer_list<const char *> texts)
{
    QList<QHostAddress> list;
    for (const char *text : texts)
        list.append(QHostAddress(QString::fromLatin1(text)));
    return list;
}

QByteArray headerOf(const QByteArray &head, const QByteArray &name)
{
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ": "))
            return line.mid(name.size() + 2).trimmed();
    }
    return {};
}

} // namespace

Q_DECLARE_METATYPE(QList<QHostAddress>)

/** A host with several addresses, of which some lead nowhere. */
class TestAddressRace : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;

    static ClientConfig to(quint16 port, TransportKind transport)
    {
        ClientConfig config = clientConfig(port, u"ann"_s);
        config.url.setHost(u"chat.invalid"_s); // which nobody else resolves
        config.transports = {transport};
        config.proxy = QNetworkProxy::NoProxy;
        return config;
    }
    static std::unique_ptr<DialogueClient> client(const ClientConfig &config,
                                                  const QList<QHostAddress> &addresses)
    {
        return DialogueClientPrivate::create(config, {.resolve = saying(addresses)});
    }
    static void transportsTable()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::newRow("websocket") << TransportKind::WebSocket;
        QTest::newRow("polling") << TransportKind::Polling;
    }

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
    }
    void cleanup() { m_server.reset(); }

    void familiesTakeTurns_data()
    {
        QTest::addColumn<QList<QHostAddress>>("found");
        QTest::addColumn<QList<QHostAddress>>("ordered");
        QTest::newRow("none") << QList<QHostAddress>() << QList<QHostAddress>();
        QTest::newRow("one") << addresses({"::1"}) << addresses({"::1"});
        QTest::newRow("the sixes first")
            << addresses({"2001:db8::1", "2001:db8::2", "2001:db8::3", "192.0.2.1", "192.0.2.2"})
            << addresses({"2001:db8::1", "192.0.2.1", "2001:db8::2", "192.0.2.2", "2001:db8::3"});
        QTest::newRow("the fours first") << addresses({"192.0.2.1", "192.0.2.2", "2001:db8::1"})
                                         << addresses({"192.0.2.1", "2001:db8::1", "192.0.2.2"});
        QTest::newRow("one twice") << addresses({"::1", "127.0.0.1", "::1"})
                                   << addresses({"::1", "127.0.0.1"});
    }
    void familiesTakeTurns()
    {
        QFETCH(QList<QHostAddress>, found);
        QFETCH(QList<QHostAddress>, ordered);
        QCOMPARE(inTurns(found), ordered);
    }

    void theFirstThatAnswersIsTaken_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QString>(
            "before"); // what stands before the good one: nobody answers, or nobody listens
        QTest::newRow("websocket, silent") << TransportKind::WebSocket << u"127.0.0.2"_s;
        QTest::newRow("polling, silent") << TransportKind::Polling << u"127.0.0.2"_s;
        QTest::newRow("websocket, refused") << TransportKind::WebSocket << u"127.0.0.3"_s;
        QTest::newRow("polling, refused") << TransportKind::Polling << u"127.0.0.3"_s;
        QTest::newRow("websocket, no way") << TransportKind::WebSocket << u"::ffff"_s;
        QTest::newRow("polling, no way") << TransportKind::Polling << u"::ffff"_s;
    }
    void theFirstThatAnswersIsTaken()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QString, before);
        Front front(m_server->port());
        const BlackHole hole(front.serverPort(), BlackHoleAddress);
        ClientConfig config = to(front.serverPort(), transport);
        // Far more than the race takes, and less than Qt gives to each address.
        config.timeouts.connect = std::chrono::seconds(20);
        const auto ann = client(config, {QHostAddress(before), QHostAddress(QHostAddress::LocalHost)});
        QSignalSpy failures(ann.get(), &DialogueClient::connectionFailed);
        const auto lab = await(ann->join(u"lab"_s));
        QVERIFY2(lab, lab ? "" : qPrintable(lab.error().text()));
        QVERIFY(await((*lab)->triggerWithAck(u"n"_s, 1)));
        QCOMPARE(ann->transport(), transport);
        QCOMPARE(failures.count(), 0);
        // For the server all is as if there had been but the name.
        for (const QByteArray &head : front.heads)
            QCOMPARE(headerOf(head, "Host"), "chat.invalid:" + QByteArray::number(front.serverPort()));
    }

    void whenNoneAnswersThatIsTold_data() { transportsTable(); }
    void whenNoneAnswersThatIsTold()
    {
        QFETCH(TransportKind, transport);
        const quint16 port = m_server->port();
        m_server.reset();
        ClientConfig config = to(port, transport);
        config.reconnection = false;
        const auto ann = client(config, addresses({"127.0.0.3", "127.0.0.4"}));
        QSignalSpy failures(ann.get(), &DialogueClient::connectionFailed);
        QTRY_COMPARE_WITH_TIMEOUT(failures.count(), 1, PatienceMs);
        QCOMPARE(failures[0][0].value<ConnectionFailure>().kind, ConnectionFailure::Kind::Unreachable);
    }

    void theTimeForAllOfThemIsBounded()
    {
        const BlackHole hole(m_server->port(), BlackHoleAddress);
        ClientConfig config = to(m_server->port(), TransportKind::WebSocket);
        config.transports.append(TransportKind::Polling);
        config.timeouts.connect = std::chrono::milliseconds(50);
        config.reconnection = false;
        const auto ann = client(config, {hole.address(), QHostAddress(0x7f000003)});
        QSignalSpy failures(ann.get(), &DialogueClient::connectionFailed);
        QTRY_COMPARE_WITH_TIMEOUT(failures.count(), 1, PatienceMs);
        QCOMPARE(failures[0][0].value<ConnectionFailure>().kind, ConnectionFailure::Kind::TimedOut);
    }

    void aSessionStaysAtItsAddress()
    {
        // WebSockets are refused to begin with; the one that it goes over to is at the same address.
        bool passes = false;
        Front front(m_server->port(), [&](const QByteArray &head) {
            return !passes && head.contains("websocket") ? Front::status("403 Forbidden") : QByteArray();
        });
        const BlackHole hole(front.serverPort(), BlackHoleAddress);
        ClientConfig config = to(front.serverPort(), TransportKind::WebSocket);
        config.transports.append(TransportKind::Polling);
        config.timeouts.upgrade = std::chrono::milliseconds(20);
        QStringList asked;
        const auto ann = DialogueClientPrivate::create(
            config, {.resolve = saying({hole.address(), QHostAddress(QHostAddress::LocalHost)}, &asked)});
        QVERIFY(await(ann->join(u"lab"_s)));
        QCOMPARE(ann->transport(), TransportKind::Polling);
        passes = true;
        QTRY_COMPARE_WITH_TIMEOUT(ann->transport(), TransportKind::WebSocket, PatienceMs);
        QCOMPARE(asked, QStringList{u"chat.invalid"_s}); // and none of the transports asked anybody else
    }

    void whoeverWasRedirectedRacesThere_data() { transportsTable(); }
    void whoeverWasRedirectedRacesThere()
    {
        QFETCH(TransportKind, transport);
        Front there(m_server->port());
        Front front(0, [&](const QByteArray &) {
            return Front::status("302 Found",
                                 "Location: http://there.invalid:" + QByteArray::number(there.serverPort())
                                     + "/socket.io/\r\n");
        });
        const BlackHole hole(there.serverPort(), BlackHoleAddress);
        QStringList asked;
        const auto ann = DialogueClientPrivate::create(
            to(front.serverPort(), transport),
            {.resolve = saying({hole.address(), QHostAddress(QHostAddress::LocalHost)}, &asked)});
        QTRY_VERIFY_WITH_TIMEOUT(ann->isConnected(), PatienceMs);
        QCOMPARE(asked, QStringList({u"chat.invalid"_s, u"there.invalid"_s}));
        QVERIFY(headerOf(there.heads.constFirst(), "Host").startsWith("there.invalid:"));
    }

    void theNameIsVerifiedWhateverTheAddress_data()
    {
        QTest::addColumn<TransportKind>("transport");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("trusted");
        for (const auto &[name, transport] : {std::pair("websocket", TransportKind::WebSocket),
                                              std::pair("polling", TransportKind::Polling)}) {
            QTest::addRow("%s, its own", name) << transport << u"localhost"_s << true;
            QTest::addRow("%s, another's", name) << transport << u"chat.invalid"_s << false;
        }
    }
    void theNameIsVerifiedWhateverTheAddress()
    {
        QFETCH(TransportKind, transport);
        QFETCH(QString, host);
        QFETCH(bool, trusted);
        const QHostAddress here(0x7f000004); // which is not in the certificate
        TlsFront front(m_server->port(), here);
        const BlackHole hole(front.serverPort(), BlackHoleAddress);
        ClientConfig config = to(front.serverPort(), transport);
        config.url.setScheme(u"https"_s);
        config.url.setHost(host);
        config.ssl.setCaCertificates({localhostCertificate()});
        config.reconnection = false;
        const auto ann = client(config, {hole.address(), here});
        QSignalSpy failures(ann.get(), &DialogueClient::connectionFailed);
        QTRY_VERIFY_WITH_TIMEOUT(ann->isConnected() || !failures.isEmpty(), PatienceMs);
        QCOMPARE(ann->isConnected(), trusted);
        if (!trusted)
            QCOMPARE(failures[0][0].value<ConnectionFailure>().kind, ConnectionFailure::Kind::Tls);
    }

    void cookiesAreTheHosts()
    {
        Front front(0, [](const QByteArray &) { // as a load balancer, for all of its domain
            return Front::status(
                "200 OK", "Set-Cookie: place=2; Domain=invalid.example\r\n",
                R"(0{"sid":"s","upgrades":[],"pingInterval":9,"pingTimeout":9,"maxPayload":9})");
        });
        ClientConfig config = to(front.serverPort(), TransportKind::Polling);
        config.url.setHost(u"chat.invalid.example"_s);
        const ConnectionConfig here{config, QHostAddress(QHostAddress::LocalHost)};
        const auto transport = makeTransport(TransportKind::Polling, here);
        connect(transport.get(), &Transport::packetReceived, transport.get(),
                [&](const engineio::Packet &packet) {
                    transport->begin(*engineio::decodeHandshake(packet.data));
                });
        transport->open();
        QTRY_VERIFY_WITH_TIMEOUT(front.heads.size() >= 2, PatienceMs);
        QCOMPARE(headerOf(front.heads[1], "Cookie"), QByteArray("place=2"));
        transport->abort();
    }

    void isLeftInTheMiddle()
    {
        const BlackHole hole(m_server->port(), BlackHoleAddress);
        const auto ann = client(to(m_server->port(), TransportKind::WebSocket),
                                {hole.address(), QHostAddress(QHostAddress::LocalHost)});
        QTest::qWait(20); // within the race
        ann->disconnectFromServer();
        QCOMPARE(ann->state(), DialogueClient::State::Disconnected);
        ann->connectToServer();
        QVERIFY(await(ann->join(u"lab"_s)));
    }
};

DIALOGUE_TEST(TestAddressRace, QCoreApplication)
#include "tst_addressrace.moc"
