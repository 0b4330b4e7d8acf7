#include "askingfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** What the server asks everybody in a room. */
class TestAskingRooms : public QObject
{
    Q_OBJECT

    using Answers = QList<ParticipantAnswer>;

    static ServerConfig withChat()
    {
        ServerConfig config;
        config.rooms = {chatRoom()};
        return config;
    }
    /** So many participants, in the order they came. */
    static QList<SocketId> crowd(RoomsFixture &f, int count)
    {
        QList<SocketId> sockets;
        for (int i = 0; i < count; ++i)
            sockets.append(f.joined(u"user-%1"_s.arg(i), u"chat"_s));
        for (const SocketId socket : std::as_const(sockets))
            f.take(socket);
        return sockets;
    }

private Q_SLOTS:
    void eachParticipantAnswersTheSameFrame()
    {
        RoomsFixture f(withChat());
        const QList<SocketId> all = crowd(f, 3);
        const SocketId outsider = greeted(f, u"outsider"_s);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s, 7);
        for (const SocketId each : all) {
            QCOMPARE(f.gateway.sent.value(each).size(), 1);
            QCOMPARE(f.gateway.sent.value(each).first(), f.gateway.sent.value(all[0]).first());
        }
        QVERIFY(f.take(outsider).isEmpty());
        const quint64 ackId = askedOf(f, all[0]);
        answer(f, all[2], ackId, "[3]");
        answer(f, all[0], ackId, "[1]");
        answer(f, outsider, ackId, "[4]");
        QVERIFY(!answered.isFinished());
        answer(f, all[1], ackId, "[2]");
        QVERIFY(answered.isFinished());
        const Answers answers = *answered.result();
        QCOMPARE(answers.size(), 3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(answers[i].userId, u"user-%1"_s.arg(i));
            QCOMPARE(answers[i].clientId, f.client(all[i])->id());
            QCOMPARE(*answers[i].answer, QJsonArray{i + 1});
        }
        QCOMPARE(f.acks.counters().waiting, 0);
        QCOMPARE(f.acks.counters().answerBytes, 0);
        QCOMPARE(f.acks.counters().unasked, 1);
    }

    void whoGoesOrSaysNothingHasItsError()
    {
        RoomsFixture f(withChat());
        const QList<SocketId> all = crowd(f, 4);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s, QJsonValue::Undefined, 10ms);
        const quint64 ackId = askedOf(f, all[0]);
        answer(f, all[0], ackId, "[]");
        f.hub.socketDisconnected(all[1], DisconnectReason::TransportClosed);
        f.hub.socketAck(all[2], ackId, JsonData::fromText("[]"), {"x"});
        QTRY_VERIFY(answered.isFinished());
        const Answers answers = *answered.result();
        QVERIFY(answers[0].answer);
        QCOMPARE(answers[1].answer.error().code, ErrorCode::ConnectionLost);
        QCOMPARE(answers[2].answer.error().code, ErrorCode::ValidationFailed);
        QCOMPARE(answers[3].answer.error().code, ErrorCode::Timeout);
        answer(f, all[3], ackId, "[]");
        QCOMPARE(f.acks.counters().unasked, 1);
    }

    void manyAreAskedAndGivenUpInSeveralTurns()
    {
        RoomsFixture f(withChat());
        constexpr int many = 1000;
        const QList<SocketId> all = crowd(f, many);
        const qint64 slices = f.rooms.slicedWork().slices;
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s, QJsonValue::Undefined, 10ms);
        QCOMPARE(f.acks.counters().asked, SlicedWork::StepsPerSlice);
        f.hub.socketDisconnected(all.last(), DisconnectReason::TransportClosed); // Before it is asked.
        QTRY_VERIFY(answered.isFinished());
        QCOMPARE(answered.result()->size(), many - 1);
        QCOMPARE(f.acks.counters().timedOut, many - 1);
        QCOMPARE(f.acks.counters().waiting, 0);
        QVERIFY(f.rooms.slicedWork().slices - slices >= 2 * many / SlicedWork::StepsPerSlice);
        QVERIFY(f.rooms.slicedWork().longestSlice <= SlicedWork::StepsPerSlice);
    }

    void whoAnswersBeforeAllAreAskedIsHeard()
    {
        RoomsFixture f(withChat());
        const QList<SocketId> all = crowd(f, SlicedWork::StepsPerSlice + 2);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        const quint64 ackId = askedOf(f, all[0]);
        for (int i = 0; i < SlicedWork::StepsPerSlice; ++i)
            answer(f, all[i], ackId, "[]");
        QVERIFY(!answered.isFinished());
        QTRY_COMPARE(f.peek(all.last()).size(), 1);
        answer(f, all.last(), ackId, "[]");
        QVERIFY(!answered.isFinished());
        answer(f, all[all.size() - 2], ackId, "[]");
        QVERIFY(answered.isFinished());
        QCOMPARE(answered.result()->size(), all.size());
    }

    void whoHasMuchToAnswerAlreadyIsNotAsked()
    {
        ServerConfig config = withChat();
        config.serverRequests.maxPendingPerClient = 1;
        RoomsFixture f(config);
        const QList<SocketId> all = crowd(f, 2);
        const auto busy = f.client(all[0])->request(u"first"_s);
        f.take(all[0]);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        QVERIFY(f.take(all[0]).isEmpty());
        answer(f, all[1], askedOf(f, all[1]), "[]");
        QVERIFY(answered.isFinished());
        QCOMPARE(answered.result()->at(0).answer.error().code, ErrorCode::LimitReached);
        QVERIFY(answered.result()->at(1).answer);
        QVERIFY(!busy.isFinished());
    }

    void moreThanMayBeWaitedForAreNotAsked()
    {
        ServerConfig config = withChat();
        config.serverRequests.maxPending = 2;
        RoomsFixture f(config);
        const QList<SocketId> all = crowd(f, 3);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        QCOMPARE(failureOf(answered), ErrorCode::LimitReached);
        QVERIFY(f.take(all[0]).isEmpty());
    }

    void answersThatAreTooMuchTogetherAreDropped()
    {
        ServerConfig config = withChat();
        config.serverRequests.answerBytes = 100;
        RoomsFixture f(config);
        const QList<SocketId> all = crowd(f, 3);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        const quint64 ackId = askedOf(f, all[0]);
        const QByteArray large = "[\"" + QByteArray(60, 'x') + "\"]";
        answer(f, all[0], ackId, large);
        answer(f, all[1], ackId, large);
        QCOMPARE(f.acks.counters().answerBytes, large.size());
        answer(f, all[2], ackId, "[]");
        const Answers answers = *answered.result();
        QVERIFY(answers[0].answer);
        QCOMPARE(answers[1].answer.error().code, ErrorCode::LimitReached);
        QVERIFY(answers[2].answer);
        QCOMPARE(f.acks.counters().answersDropped, 1);
        QCOMPARE(f.acks.counters().answerBytes, 0);
    }

    void nobodyIsAskedWhereNobodyIs()
    {
        RoomsFixture f(withChat());
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        QVERIFY(answered.isFinished());
        QVERIFY(answered.result()->isEmpty());
    }

    void aRoomThatIsDeletedIsNotAsked()
    {
        RoomsFixture f(withChat());
        const QList<SocketId> all = crowd(f, SlicedWork::StepsPerSlice + 1);
        Room *const room = f.rooms.find(u"chat"_s);
        const auto begun = room->request(u"ready"_s, QJsonValue::Undefined, 10ms);
        QVERIFY(f.rooms.remove(u"chat"_s));
        QCOMPARE(failureOf(room->request(u"ready"_s)), ErrorCode::RoomNotFound);
        QTRY_VERIFY(begun.isFinished());
        QCOMPARE(begun.result()->size(), SlicedWork::StepsPerSlice); // The last was out of it by its turn.
    }

    void theServersEndIsToldToAll()
    {
        RoomsFixture f(withChat());
        const QList<SocketId> all = crowd(f, 2);
        const auto answered = f.rooms.find(u"chat"_s)->request(u"ready"_s);
        f.acks.shutDown();
        QVERIFY(answered.isFinished());
        QCOMPARE(answered.result()->at(1).answer.error().code, ErrorCode::ServerDraining);
        QCOMPARE(failureOf(f.rooms.find(u"chat"_s)->request(u"ready"_s)), ErrorCode::ServerDraining);
    }
};

DIALOGUE_TEST(TestAskingRooms, QCoreApplication)
#include "tst_askingrooms.moc"
