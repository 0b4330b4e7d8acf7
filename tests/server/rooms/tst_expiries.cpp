#include "roomsfixture.h"
#include "testclasses.h"

#include "core/base/answer.h"

#include <QPromise>
#include <QTest>

#include <memory>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace std::chrono_literals;

namespace names = protocol::names;

namespace {

using Clock = std::chrono::system_clock;

/** The token "ann 60000 editor" is of ann, for so many milliseconds, in that role. */
Result<Identity> authenticated(const ConnectRequest &request)
{
    const QStringList words
        = request.auth[request.auth.contains(u"token"_s) ? u"token"_s : u"userId"_s].toString().split(u' ');
    if (words.first() == u"forged")
        return Error{ErrorCode::Unauthorized, u"The token is not accepted"_s};
    Identity identity{.userId = words.first(), .claims = {{u"words"_s, int(words.size())}}};
    if (words.size() > 1)
        identity.expiresAt = Clock::now() + std::chrono::milliseconds(words[1].toLongLong());
    identity.roles = words.mid(2);
    return identity;
}

ServerConfig config(std::chrono::milliseconds grace = 25s)
{
    ServerConfig config{.rooms = {chatRoom()}};
    config.auth.grace = grace;
    return config;
}

QJsonObject token(const QString &text) { return {{u"token"_s, text}}; }

QString codeOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }

} // namespace

class TestExpiries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoComesInHearsForHowLong()
    {
        RoomsFixture f(config(), {.authenticate = authenticated});
        const QJsonValue greeting = f.peek(f.connectAs(u"ann 60000"_s)).constFirst().payload;
        const qint64 left = greeting[u"expiresIn"_s].toInteger(-1);
        QVERIFY2(left > 0 && left <= 60000, qPrintable(QString::number(left)));
        const QJsonObject forGood = f.peek(f.connectAs(u"bob"_s)).constFirst().payload.toObject();
        QVERIFY(!forGood.contains(u"expiresIn"_s));
    }

    void whoBringsNoNewTokenIsToldAndItsTransportClosed()
    {
        RoomsFixture f(config(0ms), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 20"_s);
        const SocketId bob = f.connectAs(u"bob 60000"_s);
        QTRY_VERIFY(f.gateway.closed.contains(ann));
        QCOMPARE(f.gateway.reasons.value(ann), DisconnectReason::TokenExpired);
        const Received last = f.peek(ann).constLast();
        QCOMPARE(last.name, names::error);
        QCOMPARE(last.payload[u"code"_s].toString(), u"TOKEN_EXPIRED"_s);
        QVERIFY(!f.gateway.disconnected.contains(bob));
    }

    void whoseTokenHasExpiredStaysForTheGrace()
    {
        RoomsFixture f(config(10min), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann -1000"_s);
        QCOMPARE(f.peek(ann).constFirst().payload[u"expiresIn"_s].toInteger(-1), 0);
        QTest::qWait(20);
        QVERIFY(!f.gateway.disconnected.contains(ann));
        QVERIFY(f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"chat"_s}})[u"ok"_s].toBool());
    }

    void whoIsGoneIsNotLookedAfter()
    {
        RoomsFixture f(config(0ms), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 20"_s);
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        const SocketId bob = f.connectAs(u"bob 60"_s);
        QTRY_VERIFY(f.gateway.closed.contains(bob));
        QVERIFY(!f.gateway.closed.contains(ann));
    }

    void aNewTokenProlongsIt()
    {
        RoomsFixture f(config(0ms), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 300 member"_s);
        QCOMPARE(f.client(ann)->roles(), QStringList{u"member"_s});
        const QJsonObject ack = f.ask(ann, names::refresh, token(u"ann 3600000 editor admin"_s));
        QVERIFY(ack[u"ok"_s].toBool());
        QVERIFY(ack[u"expiresIn"_s].toInteger() > 60000);
        QCOMPARE(f.client(ann)->roles(), QStringList({u"editor"_s, u"admin"_s}));
        QCOMPARE(f.client(ann)->claims()[u"words"_s].toInt(), 4);
        const SocketId bob = f.connectAs(u"bob 500"_s);
        QTRY_VERIFY(f.gateway.closed.contains(bob)); // By then the first token has expired as well.
        QVERIFY(!f.gateway.closed.contains(ann));
    }

    void aNewTokenWithoutAnEndIsForGood()
    {
        RoomsFixture f(config(0ms), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 300"_s);
        const QJsonObject ack = f.ask(ann, names::refresh, token(u"ann"_s));
        QVERIFY(ack[u"ok"_s].toBool());
        QVERIFY(!ack.contains(u"expiresIn"_s));
        const SocketId bob = f.connectAs(u"bob 500"_s);
        QTRY_VERIFY(f.gateway.closed.contains(bob));
        QVERIFY(!f.gateway.closed.contains(ann));
    }

    void aTokenThatIsRefusedChangesNothing_data()
    {
        QTest::addColumn<QJsonObject>("request");
        QTest::addColumn<QString>("code");
        QTest::newRow("another user's") << token(u"bob 3600000"_s) << u"UNAUTHORIZED"_s;
        QTest::newRow("forged") << token(u"forged"_s) << u"UNAUTHORIZED"_s;
        QTest::newRow("none") << QJsonObject() << u"INVALID_REQUEST"_s;
        QTest::newRow("an empty one") << token(u""_s) << u"INVALID_REQUEST"_s;
        QTest::newRow("a number") << QJsonObject{{u"token"_s, 1}} << u"INVALID_REQUEST"_s;
    }
    void aTokenThatIsRefusedChangesNothing()
    {
        QFETCH(QJsonObject, request);
        RoomsFixture f(config(), {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 60000 member"_s);
        QTEST(codeOf(f.ask(ann, names::refresh, request)), "code");
        QCOMPARE(f.client(ann)->userId(), u"ann"_s);
        QCOMPARE(f.client(ann)->roles(), QStringList{u"member"_s});
        QVERIFY(!f.gateway.disconnected.contains(ann));
    }

    void nobodysWordIsRefreshed()
    {
        RoomsFixture f(config());
        const QJsonObject ack = f.ask(f.connectAs(u"ann"_s), names::refresh, token(u"ann"_s));
        QCOMPARE(codeOf(ack), u"INVALID_REQUEST"_s);
    }

    void isAskedForSoOftenAtMost()
    {
        ServerConfig rare = config();
        rare.rateLimit.requests.refresh = {1, 1min};
        RoomsFixture f(rare, {.authenticate = authenticated});
        const SocketId ann = f.connectAs(u"ann 60000"_s);
        QVERIFY(f.ask(ann, names::refresh, token(u"ann 60000"_s))[u"ok"_s].toBool());
        QCOMPARE(codeOf(f.ask(ann, names::refresh, token(u"ann 60000"_s))), u"RATE_LIMITED"_s);
    }

    void waitsForAnAuthenticatorThatAnswersLater()
    {
        std::vector<std::shared_ptr<QPromise<Result<Identity>>>> asked;
        RoomsFixture f(config(),
                       {.authenticateLater = [&asked](const ConnectRequest &request, std::stop_token) {
                           auto promise = std::make_shared<QPromise<Result<Identity>>>();
                           promise->start();
                           if (!request.auth.contains(u"token"_s))
                               return later::ended<Identity>(authenticated(request));
                           asked.push_back(promise);
                           return promise->future();
                       }});
        const auto answer = [&asked](const Result<Identity> &identity) {
            asked.back()->addResult(identity);
            asked.back()->finish();
        };
        const SocketId ann = f.connectAs(u"ann 60000"_s);
        f.take(ann);
        f.ask(ann, names::refresh, token(u"t"_s));
        QVERIFY(f.take(ann).isEmpty());
        // One at a time.
        QCOMPARE(codeOf(f.ask(ann, names::refresh, token(u"u"_s))), u"UNAVAILABLE"_s);
        QCOMPARE(asked.size(), std::size_t(1));
        f.take(ann);
        answer(Identity{.userId = u"ann"_s, .roles = {u"editor"_s}});
        QTRY_VERIFY(!f.peek(ann).isEmpty());
        QCOMPARE(f.takeNames(ann), QStringList{u"ack"_s});
        QCOMPARE(f.client(ann)->roles(), QStringList{u"editor"_s});

        // And of one that is gone meanwhile nothing becomes.
        f.ask(ann, names::refresh, token(u"v"_s));
        QCOMPARE(asked.size(), std::size_t(2));
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        answer(Identity{.userId = u"ann"_s});
        QTRY_COMPARE(f.answers.counters().waiting, 0);
        QVERIFY(f.take(ann).isEmpty());
    }
};

DIALOGUE_TEST(TestExpiries, QCoreApplication)
#include "tst_expiries.moc"
