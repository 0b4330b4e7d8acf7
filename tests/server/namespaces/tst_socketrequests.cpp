#include "namespacesfixture.h"
#include "testclasses.h"
#include "tests/server/rooms/lateranswers.h"

#include <QTest>

#include <stdexcept>
#include <vector>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** What clients ask in a namespace. */
class TestSocketRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAnswerIsTheAckAsItIs_data()
    {
        QTest::addColumn<QJsonValue>("answer");
        QTest::newRow("an object") << QJsonValue(QJsonObject{{u"sum"_s, 3}});
        QTest::newRow("an array") << QJsonValue(QJsonArray{1, u"two"_s});
        QTest::newRow("a text") << QJsonValue(u"hello"_s);
        QTest::newRow("null") << QJsonValue(QJsonValue::Null);
    }
    void theAnswerIsTheAckAsItIs()
    {
        QFETCH(QJsonValue, answer);
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, [&](const SocketRequest &) { return answer; }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s, "[1]", 7);
        const FramePtr frame = f.gateway.sent.value(ann).value(0);
        QVERIFY(frame->payload(frame->messages()[0]).toByteArray().startsWith("43/orders,7["));
        QCOMPARE(ackIn(f.take(ann)), answer);
    }

    void theHandlerIsToldWhoAsksWhat()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        SocketRequest seen;
        QVERIFY(orders.onRequest(u"ask"_s, [&](const SocketRequest &request) {
            seen = request;
            return QJsonValue();
        }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s, R"([{"n": 1}, "more"])");
        QCOMPARE(seen.name, u"ask"_s);
        QCOMPARE(seen.data.text(), QByteArray(R"({"n": 1})"));
        QCOMPARE(seen.args.size(), 2);
        QCOMPARE(seen.userId, u"ann"_s);
        QCOMPARE(seen.socket.data(), orders.sockets().first());
        QCOMPARE(seen.clientId, seen.socket->id());
        QVERIFY(!seen.client);
    }

    void aNamespaceHasItsOwnRequests()
    {
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, [](const SocketRequest &) { return 1; }));
        QVERIFY(f.opened(u"/others"_s).onRequest(u"ask"_s, [](const SocketRequest &) { return 2; }));
        QVERIFY(f.hub.requestHandlers().add({.name = u"main"_s}, [](const ClientRequest &) { return 3; }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        const SocketId bob = f.connectTo("/others", u"bob"_s);
        f.say("/orders", ann, u"ask"_s);
        QCOMPARE(ackIn(f.take(ann)).toInt(), 1);
        f.say("/others", bob, u"ask"_s);
        QCOMPARE(ackIn(f.take(bob)).toInt(), 2);
        for (const QString &name : {u"main"_s, u"dialogue:listRooms"_s, u"nothing"_s}) {
            f.say("/orders", ann, name);
            const QList<Received> got = f.take(ann);
            QCOMPARE(got.size(), 2);
            QCOMPARE(got[0].name, u"dialogue:error"_s);
            QCOMPARE(codeIn(got), u"INVALID_REQUEST"_s);
        }
    }

    void whatIsSaidFitsTheSchema()
    {
        int asked = 0;
        NamespacesFixture f;
        const Schema schema = Schema::object({{"amount", Schema::number().min(1)}});
        QVERIFY(f.opened(u"/orders"_s)
                    .onRequest({.name = u"quote"_s, .schema = schema},
                               [&](const SocketRequest &) { return ++asked; }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"quote"_s, R"([{"amount":0}])");
        QCOMPARE(codeIn(f.take(ann)), u"VALIDATION_FAILED"_s);
        QCOMPARE(asked, 0);
        f.say("/orders", ann, u"quote"_s, R"([{"amount":2}])");
        QCOMPARE(ackIn(f.take(ann)).toInt(), 1);
    }

    void anAnswerMayComeLater()
    {
        LaterAnswers<SocketRequest> later;
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, later.handler()));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s);
        QVERIFY(f.take(ann).isEmpty());
        later.answer(0, QJsonValue(u"at last"_s));
        QTRY_COMPARE(f.peek(ann).size(), 1);
        QCOMPARE(ackIn(f.take(ann)), QJsonValue(u"at last"_s));
    }

    void whoLeavesIsNotWaitedFor()
    {
        LaterAnswers<SocketRequest> later;
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, later.handler()));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s);
        f.listeners.value("/orders")->socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QVERIFY(later.asked[0].stop.stop_requested());
        QVERIFY(!later.asked[0].socket);
        QCOMPARE(f.answers.counters().waiting, 0);
        later.answer(0, QJsonValue(1));
        QCoreApplication::processEvents();
        QVERIFY(f.take(ann).isEmpty());
    }

    void oneSessionHasSoManyWaitingInAllOfThem()
    {
        LaterAnswers<SocketRequest> later;
        NamespacesFixture f({.limits = {.inboundPerClient = 2}});
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, later.handler()));
        QVERIFY(f.opened(u"/others"_s).onRequest(u"ask"_s, later.handler()));
        const SocketId here = f.connectTo("/orders", u"ann"_s, "one");
        const SocketId there = f.connectTo("/others", u"ann"_s, "one");
        f.say("/orders", here, u"ask"_s);
        f.say("/others", there, u"ask"_s);
        f.say("/others", there, u"ask"_s);
        QCOMPARE(later.asked.size(), std::size_t(2));
        QCOMPARE(codeIn(f.take(there)), u"UNAVAILABLE"_s);
        // Another connection has its own.
        f.say("/others", f.connectTo("/others", u"bob"_s, "two"), u"ask"_s);
        QCOMPARE(later.asked.size(), std::size_t(3));
        // What is answered, and what nobody waits for any more, makes room.
        later.answer(1, QJsonValue(1));
        QTRY_COMPARE(f.peek(there).size(), 1);
        QVERIFY(!ackIn(f.take(there)).isUndefined());
        f.say("/others", there, u"ask"_s);
        QCOMPARE(later.asked.size(), std::size_t(4));
        f.listeners.value("/orders")->socketDisconnected(here, DisconnectReason::ClientDisconnect);
        f.say("/others", there, u"ask"_s);
        QCOMPARE(later.asked.size(), std::size_t(5));
    }

    void howOftenIsLimitedOverAllOfThem()
    {
        ServerConfig config;
        config.rateLimit.requests.custom = {.maxEvents = 2, .window = 1h};
        NamespacesFixture f(config);
        int asked = 0;
        const auto count = [&](const ClientRequest &) { return ++asked; };
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, count));
        QVERIFY(f.opened(u"/others"_s).onRequest(u"ask"_s, count));
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, count));
        const SocketId here = f.connectTo("/orders", u"ann"_s);
        const SocketId there = f.connectTo("/others", u"ann"_s);
        f.say("/orders", here, u"ask"_s);
        f.say("/others", there, u"ask"_s);
        f.take(here);
        f.say("/orders", here, u"ask"_s);
        QCOMPARE(asked, 2);
        QCOMPARE(codeIn(f.take(here)), u"RATE_LIMITED"_s);
        QCOMPARE(f.budgets.counters().refusedOf(BudgetKind::Custom), 1);
        const SocketId main = f.connectAs(u"ann"_s);
        f.ask(main, QLatin1String("ask"));
        QCOMPARE(asked, 2);
    }

    void whoGoesOnThoughItIsToldToWaitIsHeldAndThenEnded()
    {
        ServerConfig config;
        config.rateLimit.requests.custom = {.maxEvents = 1, .window = 1h};
        config.rateLimit.refusals = 3;
        config.rateLimit.patience = 1min;
        NamespacesFixture f(config);
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, [](const SocketRequest &) { return 1; }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        for (int i = 0; i < 4; ++i)
            f.say("/orders", ann, u"ask"_s);
        QCOMPARE(f.gateway.holds, QList<std::chrono::milliseconds>{1s}); // By the third refusal.
        QVERIFY(f.gateway.disconnected.isEmpty());
        NamespacesFixture::time += 1min;
        f.say("/orders", ann, u"ask"_s);
        QCOMPARE(f.gateway.reasons.value(ann), DisconnectReason::RateLimited);
        QCOMPARE(f.gateway.closed, QSet<SocketId>{ann}); // The connection, with all its namespaces.
    }

    void requestsThatFailHaveABudget()
    {
        ServerConfig config;
        config.rateLimit.requests.failed = {.maxEvents = 2, .window = 1h};
        NamespacesFixture f(config);
        f.opened(u"/orders"_s);
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        for (int i = 0; i < 2; ++i)
            f.say("/orders", ann, u"nothing"_s);
        QCOMPARE(codeIn(f.take(ann)), u"INVALID_REQUEST"_s);
        f.say("/orders", ann, u"nothing"_s);
        QCOMPARE(codeIn(f.take(ann)), u"RATE_LIMITED"_s);
    }

    void whatTheHandlerThrowsEndsTheRequestAlone()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"of the request ask.*oops"_s));
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, [](const SocketRequest &) -> Answer<QJsonValue> {
            throw std::runtime_error("oops");
        }));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s);
        QCOMPARE(codeIn(f.take(ann)), u"IO_ERROR"_s);
    }

    void drainingAnswersWhatWaits()
    {
        LaterAnswers<SocketRequest> later;
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, later.handler()));
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s);
        f.namespaces.drain();
        f.say("/orders", ann, u"ask"_s);
        QCOMPARE(f.takeNames(ann).count(u"ack"_s), 1); // Of the second, which nobody was asked about.
        QCOMPARE(later.asked.size(), std::size_t(1));
        QVERIFY(!later.asked[0].stop.stop_requested());
        f.namespaces.close();
        QCOMPARE(f.takeNames(ann).count(u"ack"_s), 1);
        QVERIFY(later.asked[0].stop.stop_requested());
    }

    void whatSaysNothingIsIgnored()
    {
        NamespacesFixture f;
        QVERIFY(f.opened(u"/orders"_s).onRequest(u"ask"_s, [](const SocketRequest &) { return 1; }));
        f.say("/orders", 4711, u"ask"_s); // Nobody's socket, as after a refusal.
        QVERIFY(f.gateway.sent.isEmpty());
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.say("/orders", ann, u"ask"_s, "[]", std::nullopt); // It asks for no ack.
        QVERIFY(f.take(ann).isEmpty());
        f.listeners.value("/orders")->socketAck(ann, 1, {}, {});
        QVERIFY(f.take(ann).isEmpty());
    }

    void aHandlerThatIsNoneIsRefused()
    {
        NamespacesFixture f;
        QVERIFY(!f.opened(u"/orders"_s).onRequest(u"ask"_s, {}));
        QVERIFY(!f.opened(u"/orders"_s).onRequest(u"disconnect"_s, [](const SocketRequest &) { return 1; }));
    }
};

DIALOGUE_TEST(TestSocketRequests, QCoreApplication)
#include "tst_socketrequests.moc"
