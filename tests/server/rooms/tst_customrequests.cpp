#include "lateranswers.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

#include <stdexcept>
#include <utility>
#include <vector>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** With an ack id, so that the answer can be told apart. */
void emitRequest(RoomsFixture &f, SocketId socket, const QString &name, const QByteArray &args,
                 std::optional<quint64> ackId = 7)
{
    f.hub.socketEvent(socket,
                      {.name = name, .args = JsonData::fromText(args), .attachments = {}, .ackId = ackId});
}

QString codeOf(const QJsonValue &ack) { return ack[u"error"_s][u"code"_s].toString(); }

} // namespace

class TestCustomRequests : public QObject
{
    Q_OBJECT

    /** The only thing that \a socket got. */
    static QJsonValue ackOf(RoomsFixture &f, SocketId socket)
    {
        const QList<Received> got = f.take(socket);
        return got.size() == 1 && got[0].name == u"ack" ? got[0].payload : QJsonValue(QJsonValue::Undefined);
    }

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
        RoomsFixture f;
        QVERIFY(
            f.hub.requestHandlers().add({.name = u"ask"_s}, [&](const ClientRequest &) { return answer; }));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[1]");
        QCOMPARE(ackOf(f, ann), answer);
    }

    void theHandlerIsToldWhoAsksWhat()
    {
        RoomsFixture f({}, {.authenticate = [](const ConnectRequest &) -> Result<Identity> {
                           return Identity{.userId = u"ann"_s,
                                           .meta = {{u"room"_s, 7}},
                                           .claims = {{u"role"_s, u"admin"_s}}};
                       }});
        ClientRequest seen;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, [&](const ClientRequest &request) {
            seen = request;
            return QJsonValue();
        }));
        const SocketId ann = f.connectAs(u"ann"_s);
        emitRequest(f, ann, u"ask"_s, R"([{"n": 12345678901234567890}, "more"])");
        QCOMPARE(seen.name, u"ask"_s);
        QCOMPARE(seen.data.text(), QByteArray(R"({"n": 12345678901234567890})")); // As it came.
        QCOMPARE(seen.args.size(), 2);
        QCOMPARE(seen.args[1].toString(), u"more"_s);
        QCOMPARE(seen.userId, u"ann"_s);
        QCOMPARE(seen.clientId, f.client(ann)->id());
        QVERIFY(seen.isVerified);
        QCOMPARE(seen.meta, (QJsonObject{{u"room"_s, 7}}));
        QCOMPARE(seen.claims, (QJsonObject{{u"role"_s, u"admin"_s}}));
        QCOMPARE(seen.client.data(), f.client(ann));

        emitRequest(f, ann, u"ask"_s, "[]");
        QVERIFY(seen.data.isNull());
        QVERIFY(seen.args.isEmpty());
    }

    void anErrorIsToldAsEveryOther()
    {
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, [](const ClientRequest &) {
            return Error{ErrorCode::PermissionDenied, u"not you"_s};
        }));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[]");
        const QList<Received> got = f.take(ann);
        QCOMPARE(got.size(), 2);
        QCOMPARE(got[0].name, u"dialogue:error"_s);
        QCOMPARE(codeOf(got[1].payload), u"PERMISSION_DENIED"_s);
        QCOMPARE(got[1].payload[u"ok"_s], QJsonValue(false));
    }

    void whatIsSaidFitsTheSchema()
    {
        int asked = 0;
        RoomsFixture f;
        const Schema schema = Schema::object({{"amount", Schema::number().min(1)}});
        QVERIFY(
            f.hub.requestHandlers().add({.name = u"quote"_s, .schema = schema}, [&](const ClientRequest &) {
                ++asked;
                return QJsonValue(true);
            }));
        const SocketId ann = f.connectAs(u"ann"_s);
        for (const char *const wrong : {R"([{"amount":0}])", R"([{}])", "[3]", "[]", "[null]"}) {
            f.take(ann);
            emitRequest(f, ann, u"quote"_s, wrong);
            QCOMPARE(codeOf(f.take(ann).constLast().payload), u"VALIDATION_FAILED"_s);
        }
        QCOMPARE(asked, 0);
        emitRequest(f, ann, u"quote"_s, R"([{"amount":2}])");
        QCOMPARE(ackOf(f, ann), QJsonValue(true));
        QCOMPARE(asked, 1);
    }

    void anAnswerMayComeLaterAndTheOthersPass()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[1]", 1);
        emitRequest(f, ann, u"ask"_s, "[2]", 2);
        QVERIFY(f.take(ann).isEmpty());
        later.answer(1, QJsonValue(u"second"_s));
        QTRY_COMPARE(f.peek(ann).size(), 1);
        QCOMPARE(ackOf(f, ann), QJsonValue(u"second"_s));
        later.answer(0, Error{ErrorCode::RoomNotFound, u"no such thing"_s});
        QTRY_COMPARE(f.peek(ann).size(), 2);
        QCOMPARE(codeOf(f.take(ann)[1].payload), u"ROOM_NOT_FOUND"_s);
        QCOMPARE(f.answers.counters().waiting, 0);
    }

    void whoAskedForNoAcknowledgementHearsOfErrorsAlone()
    {
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"good"_s},
                                            [](const ClientRequest &) { return QJsonValue(1); }));
        QVERIFY(f.hub.requestHandlers().add({.name = u"bad"_s}, [](const ClientRequest &) {
            return Error{ErrorCode::PermissionDenied, u"no"_s};
        }));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"good"_s, "[]", std::nullopt);
        QVERIFY(f.take(ann).isEmpty());
        emitRequest(f, ann, u"bad"_s, "[]", std::nullopt);
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:error"_s});
    }

    void whoLeavesIsNotAnsweredAnyMore()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[]");
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(later.asked[0].stop.stop_requested());
        QCOMPARE(f.answers.counters().waiting, 0);
        later.answer(0, QJsonValue(1));
        QCoreApplication::processEvents();
        QVERIFY(f.take(ann).isEmpty());
    }

    void whoIsDisconnectedByTheHandlerIsNotWaitedFor()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, [&](ClientRequest request) {
            f.hub.socketDisconnected(1, DisconnectReason::ServerDisconnect);
            return later.handler()(std::move(request));
        }));
        const SocketId ann = f.connectAs(u"ann"_s);
        QCOMPARE(ann, SocketId(1));
        emitRequest(f, ann, u"ask"_s, "[]");
        QVERIFY(later.asked[0].stop.stop_requested());
        QCOMPARE(f.answers.counters().waiting, 0);
    }

    void noAnswerInTimeIsUnavailable()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f({.hooks = {.timeout = 10ms}});
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[]");
        QTRY_COMPARE(f.peek(ann).size(), 2);
        QCOMPARE(codeOf(f.take(ann)[1].payload), u"UNAVAILABLE"_s);
        QVERIFY(later.asked[0].stop.stop_requested());
    }

    void oneClientHasSoManyWaiting()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f({.limits = {.inboundPerClient = 2}});
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        for (int i = 0; i < 3; ++i)
            emitRequest(f, ann, u"ask"_s, "[]");
        QCOMPARE(later.asked.size(), std::size_t(2));
        const QJsonValue refused = f.take(ann).constLast().payload;
        QCOMPARE(codeOf(refused), u"UNAVAILABLE"_s);
        QVERIFY(refused[u"error"_s][u"message"_s].toString().contains(u"limits.inboundPerClient"_s));
        // Another client has its own.
        emitRequest(f, f.connectAs(u"bob"_s), u"ask"_s, "[]");
        QCOMPARE(later.asked.size(), std::size_t(3));
    }

    void allClientsHaveSoManyWaiting()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f({.hooks = {.maxPending = 1}});
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        emitRequest(f, f.connectAs(u"ann"_s), u"ask"_s, "[]");
        const SocketId bob = f.connectAs(u"bob"_s);
        emitRequest(f, bob, u"ask"_s, "[]");
        QCOMPARE(codeOf(f.take(bob).constLast().payload), u"UNAVAILABLE"_s);
        QCOMPARE(later.asked.size(), std::size_t(1));
    }

    void howOftenIsLimited()
    {
        ServerConfig config;
        config.rateLimit.requests.custom = {.maxEvents = 2, .window = 1h};
        RoomsFixture f(config);
        int asked = 0;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s},
                                            [&](const ClientRequest &) { return QJsonValue(++asked); }));
        const SocketId ann = f.connectAs(u"ann"_s);
        for (int i = 0; i < 3; ++i)
            emitRequest(f, ann, u"ask"_s, "[]");
        QCOMPARE(asked, 2);
        QCOMPARE(codeOf(f.take(ann).constLast().payload), u"RATE_LIMITED"_s);
        QCOMPARE(f.budgets.counters().refusedOf(BudgetKind::Custom), 1);
    }

    void whatTheHandlerThrowsEndsTheRequestAlone()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"of the request ask.*oops"_s));
        RoomsFixture f;
        QVERIFY(
            f.hub.requestHandlers().add({.name = u"ask"_s}, [](const ClientRequest &) -> Answer<QJsonValue> {
                throw std::runtime_error("oops");
            }));
        const SocketId ann = f.connectAs(u"ann"_s);
        f.take(ann);
        emitRequest(f, ann, u"ask"_s, "[]");
        QCOMPARE(codeOf(f.take(ann).constLast().payload), u"IO_ERROR"_s);
    }

    void drainingAnswersWhatWaits()
    {
        LaterAnswers<ClientRequest> later;
        RoomsFixture f;
        QVERIFY(f.hub.requestHandlers().add({.name = u"ask"_s}, later.handler()));
        const SocketId ann = f.connectAs(u"ann"_s);
        emitRequest(f, ann, u"ask"_s, "[]");
        emitRequest(f, ann, u"ask"_s, "[]");
        f.take(ann);
        f.hub.drain();
        f.hub.close();
        QCOMPARE(f.takeNames(ann).count(u"ack"_s), 2);
        QVERIFY(later.asked[0].stop.stop_requested());
        emitRequest(f, ann, u"ask"_s, "[]");
        QCOMPARE(codeOf(f.take(ann).constLast().payload), u"SERVER_DRAINING"_s);
        QCOMPARE(later.asked.size(), std::size_t(2));
    }

    void whatNoClientCouldAskForIsRefused_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("none") << QString();
        QTest::newRow("Dialogue's own") << u"dialogue:join"_s;
        QTest::newRow("as Dialogue's own") << u"dialogue:mine"_s;
        QTest::newRow("Socket.IO's") << u"disconnect"_s;
        QTest::newRow("too long") << QString(257, u'x');
        QTest::newRow("there already") << u"there"_s;
    }
    void whatNoClientCouldAskForIsRefused()
    {
        QFETCH(QString, name);
        RoomsFixture f;
        const auto handler = [](const ClientRequest &) { return QJsonValue(1); };
        QVERIFY(f.hub.requestHandlers().add({.name = u"there"_s}, handler));
        const Result<void> added = f.hub.requestHandlers().add({.name = name}, handler);
        QVERIFY(!added);
        QCOMPARE(added.error().code, ErrorCode::ConfigError);
    }

    void aHandlerThatIsNoneIsRefused()
    {
        RoomsFixture f;
        QVERIFY(!f.hub.requestHandlers().add({.name = u"ask"_s}, {}));
    }
};

DIALOGUE_TEST(TestCustomRequests, QCoreApplication)
#include "tst_customrequests.moc"
