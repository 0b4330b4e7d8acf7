#include "askingfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

struct Riddle
{
    Q_GADGET
    Q_PROPERTY(QString text MEMBER text)
public:
    QString text;
};

struct Guess
{
    Q_GADGET
    Q_PROPERTY(int number MEMBER number)
public:
    int number = 0;
};

/** What the server asks one client, and what comes of it. */
class TestAskingClients : public QObject
{
    Q_OBJECT

    using Answer = QFuture<Result<QJsonArray>>;

private Q_SLOTS:
    void theAckIsTheAnswer()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer answered = f.client(ann)->request(u"ask"_s, QJsonObject{{u"n"_s, 1}});
        const QList<Received> got = f.take(ann);
        QCOMPARE(got.size(), 1);
        QCOMPARE(got[0].name, u"ask"_s);
        QCOMPARE(got[0].payload, QJsonValue(QJsonObject{{u"n"_s, 1}}));
        QVERIFY(!answered.isFinished());
        QCOMPARE(f.acks.counters().waiting, 1);
        answer(f, ann, *got[0].ackId, R"(["yes", 2])");
        QVERIFY(answered.isFinished());
        QCOMPARE(*answered.result(), (QJsonArray{u"yes"_s, 2}));
        QCOMPARE(f.acks.counters().waiting, 0);
        QCOMPARE(f.acks.counters().answered, 1);
    }

    void whatIsNoAnswerIsAnError_data()
    {
        QTest::addColumn<QByteArray>("args");
        QTest::addColumn<QList<QByteArray>>("attachments");
        QTest::addColumn<ErrorCode>("code");
        QTest::newRow("with attachments") << QByteArray(R"([{"_placeholder":true,"num":0}])")
                                          << QList<QByteArray>{"x"} << ErrorCode::ValidationFailed;
        QTest::newRow("nothing that can be taken")
            << QByteArray() << QList<QByteArray>() << ErrorCode::ValidationFailed;
        QTest::newRow("an Error") << QByteArray(
            R"([{"ok":false,"error":{"code":"PERMISSION_DENIED","message":"no"}}])")
                                  << QList<QByteArray>() << ErrorCode::PermissionDenied;
    }
    void whatIsNoAnswerIsAnError()
    {
        QFETCH(QByteArray, args);
        QFETCH(QList<QByteArray>, attachments);
        QFETCH(ErrorCode, code);
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer answered = f.client(ann)->request(u"ask"_s);
        f.hub.socketAck(ann, askedOf(f, ann),
                        args.isEmpty() ? JsonData(QJsonValue::Undefined) : JsonData::fromText(args),
                        std::move(attachments));
        QCOMPARE(failureOf(answered), code);
    }

    void whatOnlyLooksLikeAnErrorIsAnAnswer_data()
    {
        QTest::addColumn<QByteArray>("args");
        QTest::newRow("none at all") << QByteArray("[]");
        QTest::newRow("not ok") << QByteArray(R"([{"ok":false}])");
        QTest::newRow("not ok, with an error that is none") << QByteArray(R"([{"ok":false,"error":"no"}])");
        QTest::newRow("two arguments")
            << QByteArray(R"([{"ok":false,"error":{"code":"PERMISSION_DENIED","message":"no"}},1])");
    }
    void whatOnlyLooksLikeAnErrorIsAnAnswer()
    {
        QFETCH(QByteArray, args);
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer answered = f.client(ann)->request(u"ask"_s);
        answer(f, ann, askedOf(f, ann), args);
        QCOMPARE(*answered.result(), JsonData::fromText(args).toArray());
    }

    void anAckThatNobodyWaitsForIsCounted()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const SocketId bob = greeted(f, u"bob"_s);
        const Answer answered = f.client(ann)->request(u"ask"_s);
        const quint64 ackId = askedOf(f, ann);
        answer(f, ann, ackId + 1, "[0]"); // Of no question.
        answer(f, bob, ackId, "[0]"); // Of somebody else's.
        f.hub.socketAck(4711, ackId, JsonData::fromText("[0]"), {}); // By nobody.
        QVERIFY(!answered.isFinished());
        answer(f, ann, ackId, "[1]");
        answer(f, ann, ackId, "[2]"); // Once more.
        QCOMPARE(*answered.result(), QJsonArray{1});
        QCOMPARE(f.acks.counters().unasked, 4);
        QCOMPARE(f.acks.counters().waiting, 0);
        QVERIFY(f.gateway.disconnected.isEmpty());
    }

    void noAnswerInTimeIsATimeout_data()
    {
        QTest::addColumn<int>("said");
        QTest::newRow("by the call") << 10;
        QTest::newRow("by the configuration") << 0;
    }
    void noAnswerInTimeIsATimeout()
    {
        QFETCH(int, said);
        ServerConfig config;
        config.serverRequests.timeout = said > 0 ? 1h : std::chrono::milliseconds(10);
        RoomsFixture f(config);
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer answered
            = f.client(ann)->request(u"ask"_s, QJsonValue::Undefined, std::chrono::milliseconds(said));
        const quint64 ackId = askedOf(f, ann);
        QTRY_VERIFY(answered.isFinished());
        QCOMPARE(failureOf(answered), ErrorCode::Timeout);
        QVERIFY(answered.result().error().message.contains(u"10 ms"_s));
        QCOMPARE(f.acks.counters().timedOut, 1);
        answer(f, ann, ackId, "[1]"); // Too late.
        QCOMPARE(f.acks.counters().unasked, 1);
    }

    void whoGoesBeforeItAnswersIsTold()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer first = f.client(ann)->request(u"ask"_s);
        const Answer second = f.client(ann)->request(u"ask"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::PingTimeout);
        QCOMPARE(failureOf(first), ErrorCode::ConnectionLost);
        QCOMPARE(failureOf(second), ErrorCode::ConnectionLost);
        QCOMPARE(f.acks.counters().clientsGone, 2);
        QCOMPARE(f.acks.counters().waiting, 0);
    }

    void whoGoesIsNotWaitedForThoughWhatItSaidGoesOn()
    {
        QPromise<Result<EventMessage>> judged;
        judged.start();
        ServerConfig config;
        config.rooms = {chatRoom()};
        RoomsFixture f(config,
                       {.beforeEachLater = [&](const EventMessage &, const QString &, const ClientSnapshot &,
                                               const std::stop_token &) { return judged.future(); }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        f.ask(ann, protocol::names::trigger, trigger(u"message"_s, textData(u"hi"_s)));
        const Answer first = f.client(ann)->request(u"ask"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QCOMPARE(failureOf(first), ErrorCode::ConnectionLost);
        QVERIFY(f.client(ann)); // Its event waits.
        const Answer second = f.client(ann)->request(u"ask"_s);
        judged.addResult(Result<EventMessage>(Error{ErrorCode::EventBlocked, u"not that"_s}));
        judged.finish();
        QTRY_VERIFY(second.isFinished());
        QCOMPARE(failureOf(second), ErrorCode::ConnectionLost);
        QCOMPARE(f.acks.counters().waiting, 0);
    }

    void whoIsGoneIsNotAsked()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        std::optional<Answer> answered;
        connect(&f.hub, &Hub::clientDisconnected, this,
                [&](ConnectedClient *client) { answered = client->request(u"ask"_s); });
        f.hub.socketDisconnected(ann, DisconnectReason::PingTimeout);
        QVERIFY(answered);
        QCOMPARE(failureOf(*answered), ErrorCode::ConnectionLost);
        QCOMPARE(f.acks.counters().asked, 0);
        QVERIFY(f.take(ann).isEmpty());
    }

    void oneClientIsAskedSoManyThings()
    {
        ServerConfig config;
        config.serverRequests.maxPendingPerClient = 2;
        RoomsFixture f(config);
        const SocketId ann = greeted(f, u"ann"_s);
        const SocketId bob = greeted(f, u"bob"_s);
        const Answer first = f.client(ann)->request(u"ask"_s);
        const quint64 ackId = askedOf(f, ann);
        const Answer second = f.client(ann)->request(u"ask"_s);
        f.take(ann);
        QCOMPARE(failureOf(f.client(ann)->request(u"ask"_s)), ErrorCode::LimitReached);
        QVERIFY(f.take(ann).isEmpty());
        QCOMPARE(f.acks.counters().refused, 1);
        QVERIFY(!f.client(bob)->request(u"ask"_s).isFinished()); // Another client has its own.
        answer(f, ann, ackId, "[]");
        QVERIFY(!f.client(ann)->request(u"ask"_s).isFinished());
        QVERIFY(!second.isFinished());
    }

    void allClientsAreAskedSoManyThings()
    {
        ServerConfig config;
        config.serverRequests.maxPending = 1;
        RoomsFixture f(config);
        const Answer first = f.client(greeted(f, u"ann"_s))->request(u"ask"_s);
        const SocketId bob = greeted(f, u"bob"_s);
        const Answer second = f.client(bob)->request(u"ask"_s);
        QVERIFY(!first.isFinished());
        QCOMPARE(failureOf(second), ErrorCode::LimitReached);
        QVERIFY(second.result().error().message.contains(u"serverRequests.maxPending"_s));
        QVERIFY(second.result().error().retryAfter);
        QVERIFY(f.take(bob).isEmpty());
    }

    void whatIsTooLargeIsNotAsked()
    {
        ServerConfig config;
        config.engine.maxPayload = 1000;
        RoomsFixture f(config);
        const SocketId ann = greeted(f, u"ann"_s);
        QCOMPARE(failureOf(f.client(ann)->request(u"ask"_s, QString(1000, u'x'))),
                 ErrorCode::PayloadTooLarge);
        QVERIFY(f.take(ann).isEmpty());
        QCOMPARE(f.acks.counters().waiting, 0);
    }

    void whatWaitsEndsWithTheServer()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const Answer waits = f.client(ann)->request(u"ask"_s);
        f.take(ann);
        f.acks.shutDown();
        QCOMPARE(failureOf(waits), ErrorCode::ServerDraining);
        QCOMPARE(failureOf(f.client(ann)->request(u"ask"_s)), ErrorCode::ServerDraining);
        QVERIFY(f.take(ann).isEmpty());
    }

    void whoHearsTheAnswerMayAskAgainOrEndTheClient()
    {
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        QStringList heard;
        Answer first = f.client(ann)->request(u"first"_s);
        const quint64 ackId = askedOf(f, ann);
        Answer second;
        first.then([&](const Result<QJsonArray> &) {
            heard.append(u"first"_s);
            second = f.client(ann)->request(u"second"_s);
            f.hub.socketDisconnected(ann, DisconnectReason::ServerDisconnect);
        });
        answer(f, ann, ackId, "[]");
        QCOMPARE(heard, QStringList{u"first"_s});
        QCOMPARE(failureOf(second), ErrorCode::ConnectionLost);
    }

    void aStructIsAnsweredByAStruct_data()
    {
        QTest::addColumn<QByteArray>("args");
        QTest::addColumn<int>("number");
        QTest::newRow("it fits") << QByteArray(R"([{"number": 42}])") << 42;
        QTest::newRow("it does not fit") << QByteArray(R"(["no number"])") << 0;
        QTest::newRow("nothing") << QByteArray("[]") << 0;
    }
    void aStructIsAnsweredByAStruct()
    {
        QFETCH(QByteArray, args);
        QFETCH(int, number);
        RoomsFixture f;
        const SocketId ann = greeted(f, u"ann"_s);
        const auto riddle = defineRequest<Riddle, Guess>("riddle");
        const auto answered = f.client(ann)->request(riddle, Riddle{.text = u"6 by 9"_s});
        const QList<Received> got = f.take(ann);
        QCOMPARE(got[0].payload, QJsonValue(QJsonObject{{u"text"_s, u"6 by 9"_s}}));
        answer(f, ann, *got[0].ackId, args);
        if (number == 0)
            QCOMPARE(failureOf(answered), ErrorCode::ValidationFailed);
        else
            QCOMPARE(answered.result()->number, number);
    }
};

DIALOGUE_TEST(TestAskingClients, QCoreApplication)
#include "tst_askingclients.moc"
