#include "roomsfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QSignalSpy>
#include <QTest>
#include <QThreadPool>

#include <map>
#include <memory>
#include <stdexcept>
#include <utility>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Somebody who is asked who a client is, and answers when a test says so. */
class Authority
{
public:
    struct Question
    {
        QPromise<Result<Identity>> promise;
        std::stop_token stop;
    };

    Hooks hooks()
    {
        return {.authenticateLater = [this](ConnectRequest request, std::stop_token stop) {
            Question &question = questions[request.auth[u"userId"_s].toString()];
            question.stop = std::move(stop);
            question.promise.start();
            return question.promise.future();
        }};
    }

    void answer(const QString &about, const Result<Identity> &answer)
    {
        questions.at(about).promise.addResult(answer);
        questions.at(about).promise.finish();
    }

    std::map<QString, Question> questions;
};

} // namespace

class TestLaterAuthentication : public QObject
{
    Q_OBJECT

    static QString refusal(const RoomsFixture &f, SocketId socket)
    {
        return f.gateway.refused.value(socket).second[u"code"_s].toString();
    }
    /** What the event loop has waiting comes. */
    static void turn() { QCoreApplication::processEvents(); }

private Q_SLOTS:
    void aClientIsThereOnceTheAnswerIs()
    {
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        QSignalSpy connected(&f.hub, &Hub::clientConnected);
        const SocketId ann = f.connectAs(u"ann"_s);
        turn();
        QVERIFY(!f.client(ann));
        QVERIFY(!f.gateway.accepted.contains(ann));
        QCOMPARE(f.answers.counters().waiting, 1);
        QCOMPARE(f.gateway.holds.size(), 1); // What it says meanwhile.
        QVERIFY(f.gateway.released.isEmpty());

        authority.answer(u"ann"_s, Identity{.userId = u"user-1"_s, .meta = {{u"role"_s, u"admin"_s}}});
        QVERIFY(!f.client(ann)); // Not within somebody else's call.
        QTRY_VERIFY(f.client(ann));
        QCOMPARE(f.client(ann)->userId(), u"user-1"_s);
        QVERIFY(f.client(ann)->isVerified());
        QCOMPARE(f.client(ann)->meta(), (QJsonObject{{u"role"_s, u"admin"_s}}));
        QCOMPARE(f.client(ann)->handshakeAuth(), (QJsonObject{{u"userId"_s, u"ann"_s}}));
        QVERIFY(f.gateway.accepted.contains(ann));
        QCOMPARE(f.gateway.released, QList<SocketId>{ann});
        QCOMPARE(connected.count(), 1);
        QCOMPARE(f.answers.counters().waiting, 0);
        QCOMPARE(f.answers.counters().abandoned, 0);
    }

    void anAnswerThatIsThereIsTakenAtOnce()
    {
        RoomsFixture f({}, {.authenticateLater = [](const ConnectRequest &, const std::stop_token &) {
                           return later::ended<Identity>(Identity{.userId = u"ann"_s});
                       }});
        QVERIFY(f.client(f.connectAs(u"ann"_s)));
        QVERIFY(f.gateway.holds.isEmpty());
        QCOMPARE(f.answers.counters().mostWaiting, 0);
    }

    void nobodyWaitsForTheAnswerAboutAnother()
    {
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        authority.answer(u"bob"_s, Identity{.userId = u"bob"_s});
        QTRY_VERIFY(f.client(bob));
        QVERIFY(!f.client(ann));
        QCOMPARE(f.answers.counters().mostWaiting, 2);
    }

    void anAnswerMayComeFromAnyThread()
    {
        QThread *answeredIn = nullptr;
        QThreadPool pool;
        RoomsFixture f({}, {.authenticateLater = [&](const ConnectRequest &, const std::stop_token &) {
                           const auto promise = std::make_shared<QPromise<Result<Identity>>>();
                           promise->start();
                           pool.start([promise, &answeredIn] {
                               answeredIn = QThread::currentThread();
                               promise->addResult(Identity{.userId = u"ann"_s});
                               promise->finish();
                           });
                           return promise->future();
                       }});
        QThread *toldIn = nullptr;
        connect(&f.hub, &Hub::clientConnected, this, [&] { toldIn = QThread::currentThread(); });
        const SocketId ann = f.connectAs(u"ann"_s);
        QTRY_VERIFY(f.client(ann));
        pool.waitForDone();
        QVERIFY(answeredIn != QThread::currentThread());
        QCOMPARE(toldIn, QThread::currentThread());
    }

    void aRefusalReachesTheClientAsItIs()
    {
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        authority.answer(u"ann"_s, Error{ErrorCode::TokenExpired, u"Log in again"_s, {}, 5s});
        QTRY_COMPARE(refusal(f, ann), u"TOKEN_EXPIRED"_s);
        QCOMPARE(f.gateway.refused.value(ann).first, u"Log in again"_s);
        QCOMPARE(f.gateway.refused.value(ann).second[u"retryAfter"_s].toInt(), 5000);
        QVERIFY(!f.client(ann));
    }

    void whatAnAuthenticatorMayNotSayItMayNotSayLater_data()
    {
        QTest::addColumn<QString>("userId");
        QTest::newRow("nobody") << QString();
        QTest::newRow("the server") << u"System"_s;
        QTest::newRow("a name with a line in it") << u"ann\nbob"_s;
    }
    void whatAnAuthenticatorMayNotSayItMayNotSayLater()
    {
        QFETCH(QString, userId);
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        authority.answer(u"ann"_s, Identity{.userId = userId});
        QTRY_COMPARE(refusal(f, ann), u"UNAUTHORIZED"_s);
    }

    void noAnswerIsNoWayIn_data()
    {
        QTest::addColumn<int>("how");
        QTest::newRow("cancelled") << 0;
        QTest::newRow("finished without a result") << 1;
        QTest::newRow("the promise is dropped") << 2;
        QTest::newRow("an exception") << 3;
    }
    void noAnswerIsNoWayIn()
    {
        QFETCH(int, how);
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        QPromise<Result<Identity>> &promise = authority.questions.at(u"ann"_s).promise;
        if (how == 0)
            promise.future().cancel();
        if (how == 3)
            promise.setException(std::make_exception_ptr(std::runtime_error("no database")));
        if (how == 2)
            authority.questions.clear();
        else
            promise.finish();
        QTRY_COMPARE(refusal(f, ann), u"UNAVAILABLE"_s);
        QVERIFY(!f.client(ann));
    }

    void aFutureThatIsNoneIsNoWayIn()
    {
        RoomsFixture f({}, {.authenticateLater = [](const ConnectRequest &, const std::stop_token &) {
                           return QFuture<Result<Identity>>();
                       }});
        QCOMPARE(refusal(f, f.connectAs(u"ann"_s)), u"UNAVAILABLE"_s);
    }

    void whatTheHookThrowsRefusesTheClient()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"Hooks::authenticateLater.*no service"_s));
        RoomsFixture f({},
                       {.authenticateLater
                        = [](const ConnectRequest &, const std::stop_token &) -> QFuture<Result<Identity>> {
                           throw std::runtime_error("no service");
                       }});
        QCOMPARE(refusal(f, f.connectAs(u"ann"_s)), u"UNAUTHORIZED"_s);
    }

    void whoGoesMeanwhileIsNotAskedAboutAnyMore()
    {
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        QSignalSpy connected(&f.hub, &Hub::clientConnected);
        const SocketId ann = f.connectAs(u"ann"_s);
        const std::stop_token stop = authority.questions.at(u"ann"_s).stop;
        QVERIFY(!stop.stop_requested());
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(stop.stop_requested());
        QCOMPARE(f.answers.counters().abandoned, 1);
        authority.answer(u"ann"_s, Identity{.userId = u"ann"_s});
        turn();
        QVERIFY(!f.client(ann));
        QCOMPARE(connected.count(), 0);
    }

    void whoIsNotAnsweredInTimeIsToldToTryAgain()
    {
        Authority authority;
        RoomsFixture f({.hooks = {.timeout = 10ms}}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        QTRY_COMPARE(refusal(f, ann), u"UNAVAILABLE"_s);
        QVERIFY(f.gateway.refused.value(ann).second[u"retryAfter"_s].toInt() > 0);
        QVERIFY(authority.questions.at(u"ann"_s).stop.stop_requested());
        QCOMPARE(f.answers.counters().timedOut, 1);
        // And what comes then changes nothing.
        authority.answer(u"ann"_s, Identity{.userId = u"ann"_s});
        turn();
        QVERIFY(!f.client(ann));
    }

    void beyondWhatMayWaitNobodyIsAsked()
    {
        Authority authority;
        RoomsFixture f({.hooks = {.maxPending = 2}}, authority.hooks());
        f.connectAs(u"ann"_s);
        f.connectAs(u"bob"_s);
        const SocketId cat = f.connectAs(u"cat"_s);
        QCOMPARE(refusal(f, cat), u"UNAVAILABLE"_s);
        QVERIFY(f.gateway.refused.value(cat).first.contains(u"hooks.maxPending"_s));
        QVERIFY(!authority.questions.contains(u"cat"_s));
        QCOMPARE(f.answers.counters().refused, 1);
        authority.answer(u"ann"_s, Error{ErrorCode::Unauthorized, u"no"_s});
        QTRY_COMPARE(f.answers.counters().waiting, 1);
        f.connectAs(u"dan"_s);
        QVERIFY(authority.questions.contains(u"dan"_s));
    }

    void whoWaitsWhileTheServerShutsDownIsRefused()
    {
        Authority authority;
        RoomsFixture f({}, authority.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        f.hub.drain();
        QCOMPARE(refusal(f, ann), u"SERVER_DRAINING"_s);
        QVERIFY(authority.questions.at(u"ann"_s).stop.stop_requested());
        const SocketId bob = f.connectAs(u"bob"_s);
        QCOMPARE(refusal(f, bob), u"SERVER_DRAINING"_s);
        QVERIFY(!authority.questions.contains(u"bob"_s));
    }

    void theEndOfTheServerIsTheEndOfWaiting()
    {
        Authority authority;
        {
            RoomsFixture f({}, authority.hooks());
            f.connectAs(u"ann"_s);
        }
        QVERIFY(authority.questions.at(u"ann"_s).stop.stop_requested());
        authority.answer(u"ann"_s, Identity{.userId = u"ann"_s});
        turn();
    }
};

DIALOGUE_TEST(TestLaterAuthentication, QCoreApplication)
#include "tst_laterauthentication.moc"
