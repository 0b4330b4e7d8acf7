#include "namespacesfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

QString refusalOf(const NamespacesFixture &f, SocketId socket)
{
    return f.gateway.refused.value(socket).second[u"code"_s].toString();
}

Result<Identity> nobody(const ConnectRequest &) { return Error{ErrorCode::Unauthorized, u"no"_s}; }

} // namespace

/** Who comes into a namespace. */
class TestNamespaceArrivals : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theServersAuthenticatorDecidesByDefault()
    {
        QByteArray asked;
        NamespacesFixture f({}, {.authenticate = [&asked](const ConnectRequest &request) -> Result<Identity> {
                                asked = request.nsp;
                                if (request.auth[u"userId"_s] == u"eve"_s)
                                    return Error{ErrorCode::Unauthorized, u"not you"_s};
                                return Identity{.userId = u"ann"_s, .claims = {{u"role"_s, u"cook"_s}}};
                            }});
        Namespace &orders = f.opened(u"/orders"_s);
        f.connectTo("/orders", u"whoever"_s);
        QCOMPARE(asked, QByteArray("/orders"));
        QCOMPARE(orders.sockets().first()->userId(), u"ann"_s);
        QVERIFY(orders.sockets().first()->isVerified());
        QCOMPARE(orders.sockets().first()->claims(), (QJsonObject{{u"role"_s, u"cook"_s}}));
        QCOMPARE(refusalOf(f, f.connectTo("/orders", u"eve"_s)), u"UNAUTHORIZED"_s);
        QCOMPARE(orders.sockets().size(), 1);
    }

    void itsOwnDecidesInTheServersPlace()
    {
        NamespacesFixture f({}, {.authenticate = nobody});
        Namespace &orders = f.opened(u"/orders"_s, {.authenticate = [](const ConnectRequest &) {
                                         return Identity{.userId = u"cook"_s};
                                     }});
        f.opened(u"/others"_s);
        f.connectTo("/orders", u"whoever"_s);
        QCOMPARE(orders.sockets().first()->userId(), u"cook"_s);
        QCOMPARE(refusalOf(f, f.connectTo("/others", u"whoever"_s)), u"UNAUTHORIZED"_s);
        const SocketId main = f.connectAs(u"whoever"_s);
        QCOMPARE(refusalOf(f, main), u"UNAUTHORIZED"_s);
    }

    void itsOwnMayTakeTime()
    {
        QPromise<Result<Identity>> promise;
        promise.start();
        NamespacesFixture f;
        Namespace &orders = f.opened(
            u"/orders"_s, {.authenticateLater = [&](const ConnectRequest &, const std::stop_token &) {
                return promise.future();
            }});
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        QVERIFY(orders.sockets().isEmpty());
        QCOMPARE(f.gateway.holds.size(), 1);
        promise.addResult(Identity{.userId = u"ann"_s});
        promise.finish();
        QTRY_COMPARE(orders.sockets().size(), 1);
        QCOMPARE(f.gateway.released, QList<SocketId>{ann});
    }

    void whoLeavesMeanwhileDoesNotComeIn()
    {
        std::stop_token stop;
        QPromise<Result<Identity>> promise;
        promise.start();
        NamespacesFixture f;
        Namespace &orders = f.opened(
            u"/orders"_s, {.authenticateLater = [&](const ConnectRequest &, const std::stop_token &token) {
                stop = token;
                return promise.future();
            }});
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.listeners.value("/orders")->socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QVERIFY(stop.stop_requested());
        promise.addResult(Identity{.userId = u"ann"_s});
        promise.finish();
        QCoreApplication::processEvents();
        QVERIFY(orders.sockets().isEmpty());
        QVERIFY(f.gateway.accepted.isEmpty());
    }

    void connectsAreCountedOverAllNamespaces()
    {
        ServerConfig config;
        config.rateLimit.requests.connect = {.maxEvents = 3, .window = 1h};
        NamespacesFixture f(config);
        f.opened(u"/orders"_s);
        f.opened(u"/others"_s);
        f.connectAs(u"ann"_s);
        f.connectTo("/orders", u"ann"_s);
        f.connectTo("/others", u"ann"_s);
        QCOMPARE(f.gateway.accepted.size(), 3);
        QCOMPARE(refusalOf(f, f.connectTo("/orders", u"ann"_s)), u"RATE_LIMITED"_s);
        const SocketId main = f.connectAs(u"ann"_s);
        QCOMPARE(refusalOf(f, main), u"RATE_LIMITED"_s);
    }

    void nobodyGoesByAnIdThatAnotherNamespaceHasGiven()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        f.connectTo("/orders", {});
        const QString given = orders.sockets().first()->userId();
        QCOMPARE(given, orders.sockets().first()->id());
        const SocketId main = f.connectAs(given);
        QCOMPARE(refusalOf(f, main), u"UNAUTHORIZED"_s);
    }

    void whatWouldBeTooMuchToKeepIsRefused()
    {
        ServerConfig config;
        config.memory.perUser = 2048;
        NamespacesFixture f(config);
        Namespace &orders
            = f.opened(u"/orders"_s, {.authenticate = [](const ConnectRequest &) {
                           return Identity{.userId = u"ann"_s, .meta = {{u"text"_s, QString(1000, u'x')}}};
                       }});
        QCOMPARE(refusalOf(f, f.connectTo("/orders", u"ann"_s)), u"LIMIT_REACHED"_s);
        QVERIFY(orders.sockets().isEmpty());
    }
};

DIALOGUE_TEST(TestNamespaceArrivals, QCoreApplication)
#include "tst_namespacearrivals.moc"
