#include "dialoguetest.h"
#include "server/apikeys/keytool.h"

#include "testclasses.h"

#include <QJsonDocument>
#include <QTcpSocket>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

QJsonObject with(const QByteArray &key) { return {{u"token"_s, QString::fromLatin1(key)}}; }

QString refusalCodeOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }

} // namespace

/** API keys, from the socket on. */
class TestApiKeys : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    ServerConfig guarded(int workers = 0) const
    {
        ServerConfig config = test::config(workers);
        config.rooms.append({.id = u"other"_s, .name = u"Other"_s, .events = {defineEvent(u"e"_s)}});
        config.auth.apiKeys.file = m_folder->filePath(u"keys.json"_s);
        return config;
    }
    QByteArray key(const QStringList &scopes, const QString &id = u"bot"_s) const
    {
        const auto text = apikeys::newKey(
            guarded().auth.apiKeys, {.id = id, .from = u"Bot"_s, .scopes = scopes, .rooms = {u"chat"_s}});
        if (!text)
            qFatal("%s", qPrintable(text.error().text()));
        return *text;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void whoHasAKeyIsByWhomABanIs()
    {
        const QByteArray steward = key({u"manage"_s});
        Dialogue server(guarded());
        QVERIFY(server.start());
        QTcpSocket socket;
        socket.connectToHost(QHostAddress::LocalHost, server.port());
        const QByteArray body = R"({"roomId":"chat"})";
        socket.write("PUT /api/v1/users/eve/ban HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
                     + steward + "\r\nContent-Type: application/json\r\nContent-Length: "
                     + QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QTRY_COMPARE(server.sanctions().size(), 1);
        QCOMPARE(server.sanctions().first().by, u"user:Bot"_s);
    }

    void letInWhoBringsOne_data() { workersTable(); }
    void letInWhoBringsOne()
    {
        QFETCH(int, workers);
        const QByteArray text = key({u"join"_s, u"trigger"_s});
        Dialogue server(guarded(workers));
        QVERIFY(server.start());
        TestClient bot(server.port(), with(text));
        QCOMPARE(bot.waitFor(u"dialogue:connected"_s).payload[u"userId"_s].toString(), u"Bot"_s);
        QVERIFY(bot.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
        QVERIFY(bot.ask(u"dialogue:trigger"_s, saying(u"hello"_s))[u"ok"_s].toBool());
        QCOMPARE(bot.waitFor(u"dialogue:event"_s).payload[u"from"_s].toString(), u"Bot"_s);
        TestClient nobody(server.port(), as(u"Bot"_s));
        QCOMPARE(nobody.waitFor(u"connect_error"_s).payload[u"data"_s][u"code"_s].toString(),
                 u"UNAUTHORIZED"_s);
        QCOMPARE(server.counters().apiKeys.accepted, 1);
    }

    void areForWhatTheySay_data()
    {
        QTest::addColumn<QString>("scope");
        QTest::addColumn<QString>("request");
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QJsonObject>("elsewhere");
        const auto history = [](const QString &room) {
            return QJsonObject{{u"roomId"_s, room}, {u"eventName"_s, u"message"_s}};
        };
        const auto subscribe = history;
        QTest::newRow("join") << u"join"_s << u"dialogue:join"_s << in(u"chat"_s) << in(u"other"_s);
        QTest::newRow("subscribe") << u"join"_s << u"dialogue:subscribe"_s << subscribe(u"chat"_s)
                                   << subscribe(u"other"_s);
        QTest::newRow("subscribeAll")
            << u"join"_s << u"dialogue:subscribeAll"_s << in(u"chat"_s) << in(u"other"_s);
        QJsonObject other = saying(u"hello"_s);
        other[u"roomId"_s] = u"other"_s;
        QTest::newRow("trigger") << u"trigger"_s << u"dialogue:trigger"_s << saying(u"hello"_s) << other;
        QTest::newRow("history") << u"history"_s << u"dialogue:getHistory"_s << history(u"chat"_s)
                                 << history(u"other"_s);
        QTest::newRow("list") << u"see"_s << u"dialogue:listRooms"_s << QJsonObject() << QJsonObject();
        QTest::newRow("participants")
            << u"see"_s << u"dialogue:participants"_s << in(u"chat"_s) << in(u"other"_s);
        QTest::newRow("create") << u"create"_s << u"dialogue:createRoom"_s
                                << QJsonObject{{u"id"_s, u"chat"_s}} << QJsonObject{{u"id"_s, u"new"_s}};
        QTest::newRow("delete") << u"delete"_s << u"dialogue:deleteRoom"_s << in(u"chat"_s) << in(u"other"_s);
        QTest::newRow("a request") << u"request"_s << u"ping"_s << QJsonObject() << QJsonObject();
    }
    void areForWhatTheySay()
    {
        QFETCH(QString, scope);
        QFETCH(QString, request);
        QFETCH(QJsonObject, payload);
        QFETCH(QJsonObject, elsewhere);
        QStringList others = Grant::allScopes();
        others.removeAll(scope);
        const QByteArray without = key(others, u"without"_s);
        const QByteArray alone = key({scope}, u"alone"_s);
        Dialogue server(guarded());
        QVERIFY(server.onRequest(u"ping"_s, [](const ClientRequest &) { return QJsonValue(1); }));
        QVERIFY(server.start());
        TestClient refused(server.port(), with(without));
        refused.waitFor(u"dialogue:connected"_s);
        QCOMPARE(refusalCodeOf(refused.ask(request, payload)), u"PERMISSION_DENIED"_s);
        TestClient allowed(server.port(), with(alone));
        allowed.waitFor(u"dialogue:connected"_s);
        // What else there is to say of it is not about the key.
        const QJsonObject answer = allowed.ask(request, payload);
        QVERIFY2(!answer[u"error"_s][u"message"_s].toString().startsWith(u"Your credential is not for"_s),
                 qPrintable(answer[u"error"_s][u"message"_s].toString()));
        if (elsewhere.isEmpty())
            return;
        const QJsonObject denied = allowed.ask(request, elsewhere);
        QCOMPARE(refusalCodeOf(denied), u"PERMISSION_DENIED"_s);
        QVERIFY(denied[u"error"_s][u"message"_s].toString().startsWith(
            u"Your credential is not for the room "_s));
    }

    void areForNoRoomThatIsNamedBehindAnother()
    {
        const QByteArray text = key({u"join"_s});
        Dialogue server(guarded());
        QVERIFY(server.start());
        TestClient bot(server.port(), with(text));
        bot.waitFor(u"dialogue:connected"_s);
        for (const QByteArray &said : {QByteArray(R"({"roomId":"chat","roomId":"other"})"),
                                       QByteArray(R"({"roomId":"chat","room\u0049d":"other"})"),
                                       QByteArray(R"({"roomId":7})"), QByteArray("{}")}) {
            bot.sendText("421[\"dialogue:join\"," + said + ']');
            QVERIFY(!bot.waitFor(u"ack"_s).payload[u"ok"_s].toBool());
        }
        QCOMPARE(server.room(u"other"_s)->size(), 0);
    }

    void endTheConnectionsOfThoseThatAreRevoked_data() { workersTable(); }
    void endTheConnectionsOfThoseThatAreRevoked()
    {
        QFETCH(int, workers);
        const QByteArray gone = key({u"join"_s, u"request"_s}, u"gone"_s);
        const QByteArray stays = key({u"join"_s}, u"stays"_s);
        Dialogue server(guarded(workers));
        const Result<Namespace *> orders = server.of(u"/orders"_s);
        QVERIFY(orders);
        QVERIFY(server.start());
        TestClient kept(server.port(), with(stays));
        kept.waitFor(u"dialogue:connected"_s);
        TestClient client(server.port(), with(gone));
        client.waitFor(u"dialogue:connected"_s);
        TestClient ofOrders(server.port(), with(stays));
        ofOrders.sendText("40/orders," + QJsonDocument(with(gone)).toJson(QJsonDocument::Compact));
        QTRY_COMPARE((*orders)->sockets().size(), 1);

        QVERIFY(apikeys::revokeKey(guarded().auth.apiKeys, u"gone"_s, false));
        const TestClient::Event told = client.waitFor(u"dialogue:error"_s);
        QCOMPARE(told.payload[u"code"_s].toString(), u"TOKEN_EXPIRED"_s);
        QCOMPARE(told.payload[u"message"_s].toString(),
                 u"Your credential has been revoked; connect again with another"_s);
        QVERIFY(client.waitForClose());
        QVERIFY(ofOrders.waitForClose());
        QVERIFY(!kept.isClosed());
        TestClient again(server.port(), with(gone));
        QCOMPARE(again.waitFor(u"connect_error"_s).payload[u"data"_s][u"code"_s].toString(),
                 u"UNAUTHORIZED"_s);
    }

    void goOverToANewSecretWithoutAReconnect()
    {
        const QByteArray old = key({u"join"_s});
        const auto now = apikeys::newKey(guarded().auth.apiKeys, {.id = u"bot"_s});
        QVERIFY(now);
        Dialogue server(guarded());
        QVERIFY(server.start());
        TestClient bot(server.port(), with(old));
        bot.waitFor(u"dialogue:connected"_s);
        QVERIFY(bot.ask(u"dialogue:refresh"_s, with(*now))[u"ok"_s].toBool());
        QVERIFY(apikeys::revokeKey(guarded().auth.apiKeys, u"bot"_s, true));
        QTRY_COMPARE(server.counters().apiKeys.revoked, 1);
        QVERIFY(bot.ask(u"dialogue:join"_s, in(u"chat"_s))[u"ok"_s].toBool());
    }

    void areNothingWithoutAFile()
    {
        ServerConfig config = guarded();
        Dialogue server(config);
        const auto started = server.start();
        QVERIFY(!started);
        QCOMPARE(started.error().path, u"auth.apiKeys.file"_s);
    }
};

DIALOGUE_TEST(TestApiKeys, QCoreApplication)
#include "tst_apikeys.moc"
