#include "core/protocol/dialogue/eventmessage.h"
#include "ownserver.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QPointer>

#include <future>
#include <thread>
#include <utility>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

PublicationPtr news()
{
    static const Encodings encodings{.kept = socketio::eventEncoding()};
    const EventMessage message{.event = u"news"_s, .roomId = {}, .data = 1, .from = {}};
    return Publication::create(encodings, {}, message, protocol::encodeEventMessage(message), {});
}

} // namespace

/** WebSockets that an application's own server has accepted, as clients of a gateway. */
class TestAcceptedWebSockets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void areClients_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("secure");
        for (const bool secure : {false, true}) {
            for (const int workers : {0, 1, 3})
                QTest::addRow("%d workers%s", workers, secure ? ", TLS" : "") << workers << secure;
        }
    }
    void areClients()
    {
        QFETCH(int, workers);
        QFETCH(bool, secure);
        OwnServerHub server(workers, {}, secure);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        const ConnectRequest request = server.hub.requests.value(server.hub.sockets.value(0));
        QCOMPARE(request.handshake.transport, "websocket");
        QCOMPARE(request.handshake.address, QHostAddress(QHostAddress::LocalHost));
        QCOMPARE(request.handshake.secure, secure);
        QCOMPARE(request.handshake.query.value("EIO"), "4");
        QCOMPARE(request.handshake.headers.value("upgrade"), "websocket");

        client.say(u"42[\"hällo\",1]"_s);
        QTRY_COMPARE(server.hub.events.size(), 1);
        QCOMPARE(server.hub.events[0].name, u"hällo"_s);
        server.hub.emitTo(server.hub.sockets[0], u"wörld"_s, 2);
        QTRY_COMPARE(client.texts, QStringList{u"42[\"wörld\",2]"_s});
    }

    void carryAttachments_data() { addWorkers(); }
    void carryAttachments()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        client.say(uR"(451-["file",{"_placeholder":true,"num":0}])"_s);
        client.socket.sendBinaryMessage(QByteArray("\0\xff", 2));
        QTRY_COMPARE(server.hub.events.size(), 1);
        QCOMPARE(server.hub.events[0].attachments, QByteArrayList{QByteArray("\0\xff", 2)});

        const QJsonObject placeholder{{u"_placeholder"_s, true}, {u"num"_s, 0}};
        server.hub.gateway->send(server.hub.sockets[0],
                                 eventFrame("/", u"file"_s, {placeholder}, {QByteArray("\1\0", 2)}));
        QTRY_COMPARE(client.binaries, QByteArrayList{QByteArray("\1\0", 2)});
        QCOMPARE(client.texts.size(), 1);
        QVERIFY(client.texts[0].startsWith(u"451-"));
    }

    void hearWhatIsPublishedBesideOthers_data() { addWorkers(); }
    void hearWhatIsPublishedBesideOthers()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        const TopicId before = server.hub.gateway->createTopic();
        TestClient other(server.hub.port());
        QVERIFY(!other.waitFor(u"connect"_s).name.isEmpty());
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        const TopicId after = server.hub.gateway->createTopic();
        for (const TopicId topic : {before, after}) {
            for (const SocketId socket : std::as_const(server.hub.sockets))
                server.hub.gateway->subscribe(socket, topic);
            server.hub.gateway->publish(topic, news());
        }
        QTRY_COMPARE(client.texts.size(), 2);
        for (int i = 0; i < 2; ++i)
            QCOMPARE(other.waitFor(u"dialogue:event"_s).name, u"dialogue:event"_s);
        server.hub.gateway->publish(after, news(), {server.hub.sockets[1]});
        QCOMPARE(other.waitFor(u"dialogue:event"_s).name, u"dialogue:event"_s);
        server.hub.emitTo(server.hub.sockets[1], u"last"_s, {});
        QTRY_COMPARE(client.texts.value(2), u"42[\"last\",null]"_s);
    }

    void areCounted_data() { addWorkers(); }
    void areCounted()
    {
        QFETCH(int, workers);
        OwnServerHub server(workers);
        OwnClient client(server.url());
        QVERIFY(client.waitUntilJoined());
        std::vector<WorkerCounters> counters;
        server.hub.gateway->snapshot(
            [&counters](std::vector<WorkerCounters> all) { counters = std::move(all); });
        QTRY_COMPARE(counters.size(), std::size_t(workers + 1));
        QCOMPARE(counters.back().connections, 1);
        QCOMPARE(counters.back().sessions, 1);
        QCOMPARE(counters.back().sessionsOpened, 1);
    }

    void areToldApartByTheirProxy()
    {
        OwnServerHub server(0, [](ServerConfig &config) { config.trustedProxies = {u"loopback"_s}; });
        QNetworkRequest request(server.url());
        request.setRawHeader("X-Forwarded-For", "192.0.2.7");
        request.setRawHeader("X-Forwarded-Proto", "https");
        OwnClient client(request);
        QVERIFY(client.waitUntilJoined());
        const HandshakeInfo info = server.hub.requests.value(server.hub.sockets.value(0)).handshake;
        QCOMPARE(info.address, QHostAddress(u"192.0.2.7"_s));
        QVERIFY(info.secure);
    }

    void areWhoTheApplicationSays()
    {
        FakeHub hub(0);
        qtwebsockets::AcceptedWebSockets webSockets(*hub.gateway, 1000);
        OwnServer own;
        connect(&own, &QWebSocketServer::newConnection, &webSockets, [&] {
            HandshakeInfo info{.address = QHostAddress(u"192.0.2.9"_s),
                               .query = HttpQuery("EIO=4&transport=websocket&of=it"),
                               .secure = true};
            info.headers.append("Cookie", "a=b");
            QVERIFY(webSockets.accept(own.nextPendingConnection(), info));
        });
        OwnClient client(own.serverUrl()); // Which asks for nothing of Engine.IO's.
        QVERIFY(client.waitUntilJoined());
        const HandshakeInfo info = hub.requests.value(hub.sockets.value(0)).handshake;
        QCOMPARE(info.address, QHostAddress(u"192.0.2.9"_s));
        QCOMPARE(info.query.value("of"), "it");
        QCOMPARE(info.headers.value("Cookie"), "a=b");
        QVERIFY(info.secure);
    }

    void areLeftAloneInAnotherThread()
    {
        FakeHub hub(0);
        qtwebsockets::AcceptedWebSockets webSockets(*hub.gateway, 1000);
        std::promise<std::pair<QWebSocket *, QWebSocketServer *>> made;
        std::promise<void> done;
        std::thread other([&made, done = done.get_future()] {
            QWebSocket socket;
            QWebSocketServer server(u"elsewhere"_s, QWebSocketServer::NonSecureMode);
            made.set_value({&socket, &server});
            done.wait();
        });
        const auto [elsewhere, server] = made.get_future().get();
        for (const Result<void> &refused : {webSockets.accept(elsewhere), webSockets.serve(server)}) {
            QVERIFY(!refused);
            QCOMPARE(refused.error().code, ErrorCode::InvalidRequest);
            QVERIFY2(refused.error().message.contains(u"lives in another thread"_s),
                     qPrintable(refused.error().message));
        }
        QVERIFY(webSockets.accept(nullptr).error().message.contains(u"is null"_s));
        QVERIFY(webSockets.serve(nullptr).error().message.contains(u"is null"_s));
        done.set_value();
        other.join();
    }

    void areNotTakenOnceTheyAreClosed()
    {
        FakeHub hub(0);
        qtwebsockets::AcceptedWebSockets webSockets(*hub.gateway, 1000);
        auto *const never = new QWebSocket;
        const QPointer<QWebSocket> alive(never);
        const Result<void> refused = webSockets.accept(never);
        QCOMPARE(refused.error().code, ErrorCode::ConnectionLost);
        QTRY_VERIFY(!alive);
    }
};

DIALOGUE_TEST(TestAcceptedWebSockets, QCoreApplication)
#include "tst_acceptedwebsockets.moc"
