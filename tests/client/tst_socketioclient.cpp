#include "await.h"
#include "clientsetup.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include "client/socketioclient.h"
#include "client/socketiosocket.h"

#include <QPointer>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** The client for any Socket.IO server, against npm socket.io. */
class TestSocketIoClient : public QObject
{
    Q_OBJECT

    QProcess m_server;
    quint16 m_port = 0;

    ClientConfig config(const QString &token = {}) const
    {
        ClientConfig config = clientConfig(m_port, {});
        config.auth = token.isEmpty() ? QJsonObject() : QJsonObject{{u"token"_s, token}};
        return config;
    }
    static QJsonArray ask(SocketIoSocket *socket, const QString &name, const QJsonArray &args = {},
                          const QList<QByteArray> &attachments = {})
    {
        const auto reply = await(socket->request(name, args, attachments));
        return reply ? reply->args.toArray() : QJsonArray{u"failed"_s, reply.error().text()};
    }
    static QList<SocketIoEvent> &collect(SocketIoSocket *socket, const QString &name,
                                         QList<SocketIoEvent> &to)
    {
        socket->on(name, socket, [&to](const SocketIoEvent &event) { to.append(event); });
        return to;
    }
    static void transportsTable()
    {
        QTest::addColumn<int>("transport");
        QTest::newRow("websocket") << int(TransportKind::WebSocket);
        QTest::newRow("polling") << int(TransportKind::Polling);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_server.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_server.start(u"node"_s, {QStringLiteral(SOCKETIO_SERVER)});
        QVERIFY2(m_server.waitForStarted(), "node is needed, as for tests/interop");
        QVERIFY2(m_server.waitForReadyRead(PatienceMs), "run `npm ci` in tests/interop first");
        m_port = m_server.readLine().trimmed().toUShort();
        QVERIFY(m_port > 0);
    }
    void cleanupTestCase()
    {
        m_server.closeWriteChannel();
        QVERIFY(m_server.waitForFinished());
    }

    void carriesEveryKindOfArgument_data() { transportsTable(); }
    void carriesEveryKindOfArgument()
    {
        QFETCH(int, transport);
        ClientConfig with = config();
        with.transports = {TransportKind(transport)};
        SocketIoClient client(with);
        SocketIoSocket *const socket = client.socket();
        const QJsonArray args{1, u"two \u2603"_s, true, QJsonValue::Null,
                              QJsonObject{{u"five"_s, QJsonArray{5}}}};
        QCOMPARE(ask(socket, u"echo"_s, args), args);
        QCOMPARE(ask(socket, u"echo"_s), QJsonArray());
        QList<SocketIoEvent> heard;
        collect(socket, u"echo"_s, heard);
        QVERIFY(socket->emitEvent(u"echo"_s, args));
        QTRY_COMPARE(heard.size(), 1);
        QVERIFY(!heard.first().wantsAck());
        // Behind them is what the server numbers its events with, as it asks for in its recovery.
        for (int i = 0; i < args.size(); ++i)
            QCOMPARE(heard.first().arg(i), args.at(i));
        QCOMPARE(client.transport(), std::optional(TransportKind(transport)));
    }

    void carriesBinaryBothWays_data() { transportsTable(); }
    void carriesBinaryBothWays()
    {
        QFETCH(int, transport);
        ClientConfig with = config();
        with.transports = {TransportKind(transport)};
        SocketIoClient client(with);
        SocketIoSocket *const socket = client.socket();
        const QByteArray first("\0\1\2\xff", 4);
        const QByteArray second(5000, 'x');
        const QJsonArray args{SocketIoSocket::attachment(0),
                              QJsonObject{{u"deep"_s, SocketIoSocket::attachment(1)}}};
        const auto reply = await(socket->request(u"echo"_s, args, {first, second}));
        QVERIFY2(reply, reply ? "" : qPrintable(reply.error().text()));
        QCOMPARE(reply->attachments, (QList<QByteArray>{first, second}));
        QCOMPARE(reply->arg(1).toObject().value(u"deep"_s), SocketIoSocket::attachment(1));
        QList<SocketIoEvent> heard;
        collect(socket, u"echo"_s, heard);
        QVERIFY(socket->emitEvent(u"echo"_s, args, {first, second}));
        QTRY_COMPARE(heard.size(), 1);
        QCOMPARE(heard.first().attachments, (QList<QByteArray>{first, second}));
    }

    void answersWhatTheServerAsksOnce()
    {
        SocketIoClient client(config());
        SocketIoSocket *const socket = client.socket();
        QList<SocketIoEvent> answered;
        collect(socket, u"answered"_s, answered);
        socket->on(u"question"_s, socket, [](const SocketIoEvent &event) {
            QVERIFY(event.wantsAck());
            event.acknowledge({u"yes"_s, event.arg(0), SocketIoSocket::attachment(0)}, {"bytes"});
            event.acknowledge({u"no"_s});
        });
        QVERIFY(socket->emitEvent(u"ask me"_s, {42}));
        QTRY_COMPARE(answered.size(), 1);
        QCOMPARE(answered.first().arg(0), QJsonValue(false));
        QCOMPARE(answered.first().arg(1), QJsonValue(u"yes"_s));
        QCOMPARE(answered.first().arg(2), QJsonValue(42));
        QCOMPARE(answered.first().attachments, QList<QByteArray>{"bytes"});
        QCOMPARE(ask(socket, u"echo"_s, {1}), QJsonArray{1}); // Nothing more came of the second answer.
        QCOMPARE(answered.size(), 1);
    }

    void bringsNamespacesOverOneConnection()
    {
        SocketIoClient client(config(u"main"_s));
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const other = client.socket(u"other"_s, QJsonObject{{u"token"_s, u"its own"_s}});
        SocketIoSocket *const odd = client.socket(u"/with space & \u00fc"_s);
        QCOMPARE(other->nsp(), u"/other"_s);
        QCOMPARE(client.socket(u"/other"_s), other);
        QCOMPARE(client.socket(u"/a,b"_s), nullptr);
        const QJsonArray a = ask(main, u"whoami"_s);
        const QJsonArray b = ask(other, u"whoami"_s);
        QCOMPARE(a.at(0), QJsonValue(u"/"_s));
        QCOMPARE(a.at(1), QJsonValue(main->id()));
        QCOMPARE(a.at(2), QJsonValue(u"main"_s));
        QCOMPARE(b.at(0), QJsonValue(u"/other"_s));
        QCOMPARE(b.at(1), QJsonValue(other->id()));
        QCOMPARE(b.at(2), QJsonValue(u"its own"_s));
        QCOMPARE(ask(odd, u"whoami"_s).at(0), QJsonValue(u"/with space & \u00fc"_s));
        QSignalSpy lost(&client, &SocketIoClient::connectionFailed);
        other->disconnectFromNamespace();
        QVERIFY(!other->isConnected());
        QVERIFY(other->id().isEmpty());
        QCOMPARE(ask(main, u"echo"_s, {1}), QJsonArray{1});
        other->connectToNamespace();
        QCOMPARE(ask(other, u"echo"_s, {2}), QJsonArray{2});
        QVERIFY(lost.isEmpty());
    }

    void disconnectsWithItsLastSocket()
    {
        SocketIoClient client(config());
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const other = client.socket(u"/other"_s);
        QTRY_VERIFY(main->isConnected() && other->isConnected());
        QSignalSpy ended(other, &SocketIoSocket::disconnected);
        delete main;
        QCOMPARE(client.state(), SocketIoClient::State::Connected);
        other->disconnectFromNamespace();
        QCOMPARE(client.state(), SocketIoClient::State::Disconnected);
        QVERIFY(ended.isEmpty()); // Never from within a call.
        QTRY_COMPARE(ended.size(), 1);
        QVERIFY(client.socket() != nullptr);
        QTRY_COMPARE(client.state(), SocketIoClient::State::Connected);
        QVERIFY(!other->isConnected()); // It was told to stay away.
    }

    void staysElsewhereWhereOneNamespaceRefuses()
    {
        SocketIoClient client(config());
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const closed = client.socket(u"/closed"_s);
        QSignalSpy refused(closed, &SocketIoSocket::refused);
        QTRY_COMPARE(refused.size(), 1);
        QCOMPARE(refused.first().at(0).value<Error>().code, ErrorCode::PermissionDenied);
        QCOMPARE(refused.first().at(0).value<Error>().message, u"No entry"_s);
        QCOMPARE(refused.first().at(1).toJsonObject().value(u"hint"_s), QJsonValue(u"say the words"_s));
        QCOMPARE(ask(main, u"echo"_s, {1}), QJsonArray{1});
        QVERIFY(!closed->isConnected());
        closed->connectToNamespace(); // And is refused again, ...
        QTRY_COMPARE(refused.size(), 2);
        QCOMPARE(ask(main, u"echo"_s, {2}), QJsonArray{2});
    }

    void givesUpWhereItsOnlyNamespaceRefuses()
    {
        SocketIoClient client(config());
        SocketIoSocket *const closed = client.socket(u"/closed"_s);
        QSignalSpy refused(closed, &SocketIoSocket::refused);
        QSignalSpy failed(&client, &SocketIoClient::connectionFailed);
        QTRY_COMPARE(failed.size(), 1);
        QCOMPARE(failed.first().at(0).value<ConnectionFailure>().kind, ConnectionFailure::Kind::Refused);
        QCOMPARE(refused.size(), 1);
        QCOMPARE(client.state(), SocketIoClient::State::Disconnected);
    }

    void triesAgainWithFreshCredentials()
    {
        ClientConfig with = config();
        int asked = 0;
        with.auth = Auth([&asked] {
            return QJsonObject{{u"token"_s, ++asked < 3 ? u"wrong"_s : u"open sesame"_s}};
        });
        SocketIoClient client(with);
        SocketIoSocket *const closed = client.socket(u"/closed"_s);
        QCOMPARE(ask(closed, u"echo"_s, {1}), QJsonArray{1});
        QCOMPARE(asked, 3);
    }

    void leavesNothingBehindOfANamespaceLeftTooSoon()
    {
        SocketIoClient client(config());
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const slow = client.socket(u"/slow"_s);
        SocketIoSocket *const slowToo = client.socket(u"/other"_s);
        QTRY_VERIFY(main->isConnected());
        slow->disconnectFromNamespace(); // CONNECT is on its way.
        delete slowToo;
        QTRY_COMPARE(ask(main, u"count slow"_s), QJsonArray{0});
        slow->connectToNamespace();
        slow->disconnectFromNamespace();
        slow->connectToNamespace();
        QCOMPARE(ask(slow, u"echo"_s, {1}), QJsonArray{1});
        QCOMPARE(ask(main, u"count slow"_s), QJsonArray{1});
        QVERIFY(main->isConnected());
    }

    void comesBackInAllNamespacesAndSendsWhatWaited()
    {
        CuttingProxy proxy(m_port);
        ClientConfig with = config();
        with.url.setPort(proxy.port());
        SocketIoClient client(with);
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const other = client.socket(u"/other"_s);
        QTRY_VERIFY(main->isConnected() && other->isConnected());
        QList<SocketIoEvent> heard;
        collect(main, u"echo"_s, heard);
        QSignalSpy ended(main, &SocketIoSocket::disconnected);
        proxy.setAccepting(false);
        const auto never = main->request(u"never"_s);
        proxy.cutAll();
        QTRY_COMPARE(ended.size(), 1);
        const auto lost = await(never);
        QVERIFY(!lost);
        QCOMPARE(lost.error().code, ErrorCode::ConnectionLost);
        for (int i = 0; i < 3; ++i)
            QVERIFY(main->emitEvent(u"echo"_s, {i}));
        const auto later = other->request(u"echo"_s, {u"later"_s});
        QCOMPARE(main->waiting(), 3);
        QVERIFY(!main->emitVolatile(u"echo"_s, {u"not kept"_s}));
        proxy.setAccepting(true);
        const auto answered = await(later);
        QVERIFY(answered);
        QCOMPARE(answered->arg(0), QJsonValue(u"later"_s));
        QTRY_COMPARE(heard.size(), 3);
        for (int i = 0; i < 3; ++i)
            QCOMPARE(heard.at(i).arg(0), QJsonValue(i));
        QCOMPARE(main->waiting(), 0);
    }

    void hearsWhatItMissedWhereTheServerKeepsIt()
    {
        CuttingProxy proxy(m_port);
        ClientConfig with = config();
        with.url.setPort(proxy.port());
        SocketIoClient client(with);
        SocketIoSocket *const socket = client.socket();
        QList<SocketIoEvent> news;
        collect(socket, u"news"_s, news);
        QTRY_VERIFY(socket->isConnected());
        QVERIFY(!socket->isRecovered());
        const QString before = socket->id();
        QVERIFY(socket->emitEvent(u"news in a while"_s));
        QTRY_COMPARE(news.size(), 1); // With an offset, from which to go on.
        QSignalSpy ended(socket, &SocketIoSocket::disconnected);
        QVERIFY(socket->emitEvent(u"news in a while"_s));
        QCOMPARE(ask(socket, u"echo"_s, {1}), QJsonArray{1}); // The server has heard it.
        proxy.setAccepting(false);
        proxy.cutAll();
        QTRY_COMPARE(ended.size(), 1);
        QTest::qWait(200); // Meanwhile it says the news.
        proxy.setAccepting(true);
        QTRY_COMPARE(news.size(), 2);
        QVERIFY(socket->isRecovered());
        QCOMPARE(socket->id(), before);
    }

    void staysAwayWhereTheServerDisconnectsIt()
    {
        SocketIoClient client(config());
        SocketIoSocket *const main = client.socket();
        SocketIoSocket *const other = client.socket(u"/other"_s);
        QTRY_VERIFY(main->isConnected() && other->isConnected());
        QSignalSpy ended(other, &SocketIoSocket::disconnected);
        QVERIFY(other->emitEvent(u"disconnect me"_s));
        QTRY_COMPARE(ended.size(), 1);
        QCOMPARE(ask(main, u"echo"_s, {1}), QJsonArray{1});
        QVERIFY(!other->isConnected());
        other->connectToNamespace();
        QCOMPARE(ask(other, u"echo"_s, {2}), QJsonArray{2});
        main->disconnectFromNamespace();
        QVERIFY(other->emitEvent(u"disconnect me"_s));
        QTRY_COMPARE(client.state(), SocketIoClient::State::Disconnected);
    }

    void refusesWhatTheServerWouldTakeForAFault_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QJsonArray>("args");
        QTest::addColumn<int>("code");
        QTest::newRow("a name of Socket.IO's own")
            << u"disconnect"_s << QJsonArray() << int(ErrorCode::InvalidRequest);
        QTest::newRow("no such attachment")
            << u"echo"_s << QJsonArray{SocketIoSocket::attachment(1)} << int(ErrorCode::InvalidRequest);
        QTest::newRow("too large") << u"echo"_s << QJsonArray{QString(100001, u'x')}
                                   << int(ErrorCode::PayloadTooLarge);
    }
    void refusesWhatTheServerWouldTakeForAFault()
    {
        QFETCH(QString, name);
        QFETCH(QJsonArray, args);
        QFETCH(int, code);
        SocketIoClient client(config());
        SocketIoSocket *const socket = client.socket();
        QTRY_VERIFY(socket->isConnected());
        const auto sent = socket->emitEvent(name, args, {"one"});
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().code), code);
        const auto asked = await(socket->request(name, args, {"one"}));
        QVERIFY(!asked);
        QCOMPARE(int(asked.error().code), code);
        QCOMPARE(ask(socket, u"echo"_s, {1}), QJsonArray{1});
    }

    void tellsOfWhatWaitedAndIsTooLarge()
    {
        SocketIoClient client(config());
        SocketIoSocket *const socket = client.socket();
        QSignalSpy errors(socket, &SocketIoSocket::errorOccurred);
        QVERIFY(socket->emitEvent(u"echo"_s, {QString(100001, u'x')}));
        QTRY_COMPARE(errors.size(), 1);
        QCOMPARE(errors.first().first().value<Error>().code, ErrorCode::PayloadTooLarge);
        QVERIFY(socket->isConnected());
    }

    void keepsNoMoreThanItIsTold()
    {
        ClientConfig with = config();
        with.autoConnect = false;
        with.outbox = {.messages = 2, .bytes = 1000};
        SocketIoClient client(with);
        SocketIoSocket *const socket = client.socket();
        QVERIFY(socket->emitEvent(u"a"_s));
        QCOMPARE(socket->emitEvent(u"b"_s, {QString(2000, u'x')}).error().code, ErrorCode::LimitReached);
        QVERIFY(socket->emitEvent(u"c"_s));
        QCOMPARE(socket->emitEvent(u"d"_s).error().code, ErrorCode::LimitReached);
    }

    void timesOutWhereNobodyAnswers()
    {
        ClientConfig with = config();
        with.autoConnect = false;
        SocketIoClient client(with);
        SocketIoSocket *const socket = client.socket();
        const auto unsent = await(socket->request(u"echo"_s, {}, {}, std::chrono::milliseconds(1)));
        QVERIFY(!unsent);
        QCOMPARE(unsent.error().code, ErrorCode::Timeout);
        QCOMPARE(socket->waiting(), 0); // Nor is it said later.
        client.connectToServer();
        QTRY_VERIFY(socket->isConnected());
        const auto silent = await(socket->request(u"never"_s, {}, {}, std::chrono::milliseconds(1)));
        QVERIFY(!silent);
        QCOMPARE(silent.error().code, ErrorCode::Timeout);
    }

    void mayBeDeletedFromWhatItTells_data()
    {
        QTest::addColumn<QString>("when");
        QTest::newRow("connected") << u"connected"_s;
        QTest::newRow("event") << u"event"_s;
        QTest::newRow("answer") << u"answer"_s;
        QTest::newRow("state") << u"state"_s;
        QTest::newRow("refused") << u"refused"_s;
    }
    void mayBeDeletedFromWhatItTells()
    {
        QFETCH(QString, when);
        const QPointer<SocketIoClient> client(new SocketIoClient(config()));
        SocketIoSocket *const socket = client->socket(when == u"refused" ? u"/closed"_s : u"/"_s);
        const auto end = [client] { delete client.data(); };
        if (when == u"connected")
            connect(socket, &SocketIoSocket::connected, this, end);
        if (when == u"state")
            connect(client, &SocketIoClient::stateChanged, this, [end](SocketIoClient::State state) {
                if (state == SocketIoClient::State::Connected)
                    end();
            });
        if (when == u"refused")
            connect(socket, &SocketIoSocket::refused, this, end);
        if (when == u"event")
            socket->on(u"echo"_s, this, [end](const SocketIoEvent &) { end(); });
        QVERIFY(socket->emitEvent(u"echo"_s));
        if (when == u"answer")
            socket->request(u"echo"_s).then(this, [end](const Result<SocketIoReply> &) { end(); });
        QTRY_VERIFY(client.isNull());
    }
};

DIALOGUE_TEST(TestSocketIoClient, QCoreApplication)
#include "tst_socketioclient.moc"
