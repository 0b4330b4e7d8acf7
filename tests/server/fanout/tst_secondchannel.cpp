#include "linechannel.h"
#include "server/bridge/workergateway.h"
#include "server/broker/memorybroker.h"
#include "server/rooms/hubparts.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"
#include "testclient.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

RoomConfig room(SlowReaderPolicy slowReader = SlowReaderPolicy::Disconnect)
{
    return {.id = u"chat"_s,
            .name = u"Chat"_s,
            .events = {defineEvent(u"message"_s)},
            .defaultSubscriptions = {u"message"_s},
            .slowReader = slowReader};
}

/** A server that speaks Socket.IO and lines; readers of lines are in its room from the start. */
class Server final : public SocketListener, public HttpListener
{
public:
    explicit Server(int workers, QStringList users = {u"ann"_s}, const RoomConfig &chat = room(),
                    Hooks hooks = {}, qint64 queue = 1'000'000)
        : config(configOf(workers))
        , encodings{.kept = socketio::eventEncoding(), .others = 1}
        , gateway(std::make_unique<WorkerGateway>(config, this, this))
        , parts({.config = config,
                 .sockets = *gateway,
                 .publisher = *gateway,
                 .encodings = encodings,
                 .broker = broker},
                std::move(hooks))
    {
        lines.users = std::move(users);
        lines.queue = queue;
        if (const auto made = parts.rooms.create(chat); !made)
            qFatal("%s", qPrintable(made.error().text()));
        QObject::connect(&parts.hub, &Hub::clientConnected, &parts.hub, [this](ConnectedClient *client) {
            if (joins && lines.users.contains(client->userId()) && !client->join(u"chat"_s).result())
                qFatal("it could not join");
        });
        gateway->addChannel(lines.factory());
        if (const auto listening = gateway->listen(); !listening)
            qFatal("%s", qPrintable(listening.error().text()));
    }

    static ServerConfig configOf(int workers)
    {
        ServerConfig config;
        config.port = 0;
        config.workers = workers;
        return config;
    }

    void socketConnecting(SocketId socket, ConnectRequest &&request) override
    {
        parts.hub.socketConnecting(socket, std::move(request));
    }
    void socketEvent(SocketId socket, IncomingEvent &&event) override
    {
        parts.hub.socketEvent(socket, std::move(event));
    }
    void socketAck(SocketId socket, quint64 ackId, JsonData &&args, QList<QByteArray> &&attachments) override
    {
        parts.hub.socketAck(socket, ackId, std::move(args), std::move(attachments));
    }
    void socketDisconnected(SocketId socket, DisconnectReason reason) override
    {
        parts.hub.socketDisconnected(socket, reason);
    }
    void socketDrained(SocketId socket, quint64 token) override { parts.hub.socketDrained(socket, token); }
    void httpRequest(ExchangeId, HttpRequest &&) override { }

    [[nodiscard]] Room &chat() const { return *parts.rooms.find(u"chat"_s); }
    [[nodiscard]] ConnectedClient *client(int worker, const QString &user = u"ann"_s) const
    {
        return parts.clients.find(lines.id(worker, user));
    }
    /** All that comes for her until \a count lines are there. */
    QByteArrayList read(int worker, qsizetype count, const QString &user = u"ann"_s)
    {
        QByteArrayList got;
        (void)QTest::qWaitFor([&] { return (got += lines.read(worker, user)).size() >= count; }, 10000);
        return got;
    }
    [[nodiscard]] bool stop()
    {
        bool stopped = false;
        gateway->stop([&stopped] { stopped = true; });
        return QTest::qWaitFor([&stopped] { return stopped; }, 20000);
    }

    bool joins = true;
    const ServerConfig config;
    const Encodings encodings;
    Lines lines;
    MemoryBroker broker;
    std::unique_ptr<WorkerGateway> gateway;
    HubParts parts;
};

void addWorkers()
{
    QTest::addColumn<int>("workers");
    QTest::newRow("in the hub's thread") << 0;
    QTest::newRow("one worker") << 1;
    QTest::newRow("three workers") << 3;
}

int threadsOf(int workers) { return std::max(1, workers); }

} // namespace

/** What a channel beside Socket.IO gets of rooms, which know nothing of it. */
class TestSecondChannel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void getsWhatRoomsPublishEncodedOnceForItself_data() { addWorkers(); }
    void getsWhatRoomsPublishEncodedOnceForItself()
    {
        QFETCH(int, workers);
        Server server(workers, {u"ann"_s, u"bea"_s});
        TestClient bob(server.gateway->port(), {{u"userId"_s, u"bob"_s}});
        QVERIFY(bob.ask(u"dialogue:join"_s, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
        QTRY_COMPARE(server.chat().size(), 1 + 2 * threadsOf(workers));
        for (int i = 1; i <= 3; ++i)
            bob.emitEvent(u"dialogue:trigger"_s,
                          QJsonObject{{u"roomId"_s, u"chat"_s}, {u"event"_s, u"message"_s}, {u"data"_s, i}});
        for (int i = 1; i <= 3; ++i)
            QCOMPARE(bob.waitFor(u"dialogue:event"_s).payload[u"data"_s].toInt(), i);
        for (int worker = 0; worker < threadsOf(workers); ++worker) {
            for (const QString &user : {u"ann"_s, u"bea"_s}) {
                const QByteArrayList got = server.read(worker, 3, user);
                QCOMPARE(got.size(), 3);
                for (int i = 1; i <= 3; ++i) {
                    QVERIFY(got[i - 1].startsWith("message " + QByteArray::number(i) + " {"));
                    QVERIFY(got[i - 1].contains("\"data\":" + QByteArray::number(i)));
                }
            }
        }
        QCOMPARE(server.lines.encoding.encoded.load(), 3);
    }

    void isToldOfAGapInItsOwnWords_data() { addWorkers(); }
    void isToldOfAGapInItsOwnWords()
    {
        QFETCH(int, workers);
        Server server(workers, {u"ann"_s}, room(SlowReaderPolicy::DropOldest), {}, 1000);
        QTRY_COMPARE(server.chat().size(), threadsOf(workers));
        const QString text(200, u'x');
        for (int i = 0; i < 10; ++i)
            QVERIFY(server.chat().trigger(u"message"_s, text).result());
        QTRY_COMPARE(server.lines.said(0, u"ann"_s).delivered, 10); // Another worker may have encoded it.
        QCOMPARE(server.lines.encoding.encoded.load(), 10);
        const QByteArrayList got = server.read(0, 2);
        QVERIFY(got.size() < 10);
        QVERIFY2(got[0].startsWith("gap chat 1-") && got[0].endsWith(" dropped"), got[0].constData());
        QVERIFY(got.constLast().startsWith("message 10 "));
    }

    void getsWhatItMissedAndThenWhatComes_data() { addWorkers(); }
    void getsWhatItMissedAndThenWhatComes()
    {
        QFETCH(int, workers);
        Server server(workers);
        QTRY_COMPARE(server.chat().size(), threadsOf(workers));
        ConnectedClient *const ann = server.client(0);
        QVERIFY(ann->leave(u"chat"_s));
        for (int i = 1; i <= 3; ++i)
            QVERIFY(server.chat().trigger(u"message"_s, i).result());
        const QJsonObject since{{u"epoch"_s, QString::fromLatin1(server.chat().epoch())}, {u"offset"_s, 1}};
        // As a client that comes back: by the request that Socket.IO's send.
        server.socketEvent(server.lines.id(0, u"ann"_s),
                           {.name = u"dialogue:join"_s,
                            .args = QJsonArray{QJsonObject{{u"roomId"_s, u"chat"_s}, {u"since"_s, since}}},
                            .attachments = {},
                            .ackId = 1});
        QVERIFY(server.chat().trigger(u"message"_s, 4).result());
        const QByteArrayList got = server.read(0, 3);
        QCOMPARE(got.size(), 3);
        for (int i = 0; i < 3; ++i)
            QVERIFY(got[i].contains("\"data\":" + QByteArray::number(i + 2)));
    }

    void getsWhatIsMeantForItAlone_data() { addWorkers(); }
    void getsWhatIsMeantForItAlone()
    {
        QFETCH(int, workers);
        Server server(workers, {u"ann"_s, u"bea"_s});
        QTRY_COMPARE(server.chat().size(), 2 * threadsOf(workers));
        TriggerOptions toAnn;
        toAnn.to = Recipients{.users = {u"ann"_s}};
        QVERIFY(server.chat().trigger(u"message"_s, u"for ann"_s, toAnn).result());
        TriggerOptions notToAnn;
        notToAnn.exceptUsers = {u"ann"_s};
        QVERIFY(server.chat().trigger(u"message"_s, u"not for ann"_s, notToAnn).result());
        QVERIFY(server.chat().trigger(u"message"_s, u"for all"_s).result());
        const auto holds = [](const QByteArrayList &got, const QList<QByteArray> &words) {
            if (got.size() != words.size())
                return false;
            for (qsizetype i = 0; i < got.size(); ++i) {
                if (!got[i].contains('"' + words[i] + '"'))
                    return false;
            }
            return true;
        };
        QVERIFY(holds(server.read(0, 2), {"for ann", "for all"}));
        QVERIFY(holds(server.read(0, 2, u"bea"_s), {"not for ann", "for all"}));
    }

    void isNotToldWhatIsSaidInSocketIosWords_data() { addWorkers(); }
    void isNotToldWhatIsSaidInSocketIosWords()
    {
        QFETCH(int, workers);
        Server server(workers);
        QTRY_COMPARE(server.chat().size(), threadsOf(workers));
        QVERIFY(
            server.parts.rooms.create({.id = u"other"_s, .name = u"Other"_s})); // It is told to everybody.
        QVERIFY(server.chat().trigger(u"message"_s, 1).result());
        QCOMPARE(server.read(0, 1).size(), 1);
    }

    void comesInAndGoesAsAnyClient_data() { addWorkers(); }
    void comesInAndGoesAsAnyClient()
    {
        QFETCH(int, workers);
        Hooks hooks;
        hooks.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
            if (request.auth[u"userId"_s] == u"mallory"_s)
                return Error{ErrorCode::PermissionDenied, u"not you"_s};
            return Identity{.userId = request.auth[u"userId"_s].toString()};
        };
        Server server(workers, {u"ann"_s, u"mallory"_s}, room(), hooks);
        QTRY_COMPARE(server.chat().size(), threadsOf(workers));
        QTRY_VERIFY(!server.lines.said(0, u"mallory"_s).refusal.isEmpty());
        QVERIFY(!server.client(0, u"mallory"_s));
        QTRY_COMPARE(server.lines.said(0, u"ann"_s).sid, server.client(0)->id().toLatin1());
        server.client(0)->disconnect();
        QTRY_COMPARE(server.chat().size(), threadsOf(workers) - 1);
        QTRY_VERIFY(!server.client(0));
        QVERIFY(server.chat().trigger(u"message"_s, 1).result());
        QTRY_COMPARE(server.lines.said(0, u"ann"_s).ended, DisconnectReason::ServerDisconnect);
        if (workers > 1)
            QCOMPARE(server.read(1, 1).size(), 1);
        QVERIFY(server.stop());
        QVERIFY(server.lines.read(0, u"ann"_s).isEmpty());
        if (workers > 1)
            QCOMPARE(server.lines.said(1, u"ann"_s).ended, DisconnectReason::ServerShutdown);
    }
};

DIALOGUE_TEST(TestSecondChannel, QCoreApplication)
#include "tst_secondchannel.moc"
