#include "namespacesfixture.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

#include <stdexcept>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** Namespaces of an application: who is in them, and what they are sent. */
class TestNamespaces : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aNameGivesOneNamespace()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        QCOMPARE(orders.name(), u"/orders"_s);
        QCOMPARE(&f.opened(u"/orders"_s), &orders);
        QCOMPARE(&f.opened(u"orders"_s), &orders); // As Socket.IO's servers take it.
        QVERIFY(&f.opened(u"/others"_s) != &orders);
    }

    void whatCannotBeOpenedIsAnError_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("now");
        QTest::addColumn<bool>("later");
        QTest::newRow("the main one") << u"/"_s << false << false;
        QTest::newRow("open, with hooks") << u"/open"_s << true << false;
        QTest::newRow("two who say who it is") << u"/new"_s << true << true;
    }
    void whatCannotBeOpenedIsAnError()
    {
        QFETCH(QString, name);
        QFETCH(bool, now);
        QFETCH(bool, later);
        NamespacesFixture f;
        f.opened(u"/open"_s);
        NamespaceHooks hooks;
        if (now)
            hooks.authenticate = [](const ConnectRequest &) { return Identity{.userId = u"x"_s}; };
        if (later)
            hooks.authenticateLater
                = [](const ConnectRequest &, const std::stop_token &) { return QFuture<Result<Identity>>(); };
        const Result<Namespace *> opened = f.namespaces.of(name, hooks);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::ConfigError);
    }

    void whoComesAndGoesIsTold()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        const QSignalSpy connected(&orders, &Namespace::socketConnected);
        const QSignalSpy disconnected(&orders, &Namespace::socketDisconnected);
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        QCOMPARE(connected.size(), 1);
        QCOMPARE(orders.sockets().size(), 1);
        const NamespaceSocket *const socket = orders.sockets().first();
        QCOMPARE(socket->userId(), u"ann"_s);
        QCOMPARE(socket->id().toLatin1(), f.gateway.accepted.value(ann));
        QCOMPARE(orders.socket(socket->id()), socket);
        QCOMPARE(f.client(ann), nullptr); // It is no client of the rooms.

        f.listeners.value("/orders")->socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QCOMPARE(disconnected.size(), 1);
        QCOMPARE(disconnected[0][1].toString(), u"client namespace disconnect"_s);
        QVERIFY(orders.sockets().isEmpty());
        f.listeners.value("/orders")->socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QCOMPARE(disconnected.size(), 1);
    }

    void eachHearsWhatIsSaidInItsOwn()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        Namespace &others = f.opened(u"/others"_s);
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        const SocketId bob = f.connectTo("/orders", u"bob"_s);
        const SocketId eve = f.connectTo("/others", u"eve"_s);
        const int before = f.gateway.publications;
        orders.broadcast(u"changed"_s, 3);
        QCOMPARE(f.gateway.publications, before + 1); // One frame for all.
        for (const SocketId socket : {ann, bob}) {
            const FramePtr frame = f.gateway.sent.value(socket).value(0);
            QVERIFY(frame);
            QCOMPARE(frame->payload(frame->messages()[0]).toByteArray(),
                     QByteArray("42/orders,[\"changed\",3]"));
            f.take(socket);
        }
        QVERIFY(f.take(eve).isEmpty());
        others.sockets().first()->send(u"hello"_s);
        QCOMPARE(f.takeNames(eve), QStringList{u"hello"_s});
        QVERIFY(f.take(ann).isEmpty());
    }

    void theServerEndsOneSocketOrItsConnection()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        const SocketId bob = f.connectTo("/orders", u"bob"_s);
        for (const NamespaceSocket *socket : orders.sockets()) {
            if (socket->userId() == u"ann")
                orders.socket(socket->id())->disconnect();
            else
                orders.socket(socket->id())->disconnectAll();
        }
        QCOMPARE(f.gateway.disconnected, (QSet<SocketId>{ann, bob}));
        QCOMPARE(f.gateway.closed, QSet<SocketId>{bob});
    }

    void allSocketsAreDisconnected()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        f.connectTo("/orders", u"ann"_s);
        f.connectTo("/orders", u"bob"_s);
        orders.disconnectSockets();
        QCOMPARE(f.gateway.disconnected.size(), 2);
        QVERIFY(f.gateway.closed.isEmpty());
    }

    void whatIsKeptOfAClientIsCharged()
    {
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        const qint64 before = f.memory.counters().used;
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        const qint64 kept = f.memory.counters().used - before;
        QVERIFY(kept > 0);
        orders.sockets().first()->setMeta({{u"note"_s, QString(1000, u'x')}});
        QVERIFY(f.memory.counters().used - before > kept + 1000);
        f.listeners.value("/orders")->socketDisconnected(ann, DisconnectReason::TransportClosed);
        QCOMPARE(f.memory.counters().used, before);
    }

    void whatASlotThrowsEndsNothing()
    {
        QTest::ignoreMessage(QtCriticalMsg, QRegularExpression(u"Namespace::socketConnected.*oops"_s));
        NamespacesFixture f;
        Namespace &orders = f.opened(u"/orders"_s);
        connect(&orders, &Namespace::socketConnected, this, [] { throw std::runtime_error("oops"); });
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        QVERIFY(f.gateway.accepted.contains(ann));
        QCOMPARE(orders.sockets().size(), 1);
    }

    void drainingTellsAndRefuses()
    {
        NamespacesFixture f;
        f.opened(u"/orders"_s);
        const SocketId ann = f.connectTo("/orders", u"ann"_s);
        f.namespaces.drain();
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:error"_s});
        const SocketId late = f.connectTo("/orders", u"late"_s);
        QCOMPARE(f.gateway.refused.value(late).second[u"code"_s].toString(), u"SERVER_DRAINING"_s);
        // Also in one that is opened then.
        f.opened(u"/new"_s);
        const SocketId later = f.connectTo("/new", u"later"_s);
        QVERIFY(f.gateway.refused.contains(later));
    }
};

DIALOGUE_TEST(TestNamespaces, QCoreApplication)
#include "tst_namespaces.moc"
