#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Whatever somebody held who leaves is given back to the system: it is counted as freed. */
class TestLeaversMemory : public QObject
{
    Q_OBJECT

    static constexpr int Subscriptions = 100;
    static constexpr qint64 InAll = Subscriptions * 256 * qint64(sizeof(QChar)); // And what holds them.

    static ServerConfig config() { return {.rooms = {{.id = u"open"_s, .name = u"Open"_s}}}; }
    static QString name(int i) { return QString::number(i).leftJustified(256, u'n'); }
    static SocketId subscribed(RoomsFixture &f)
    {
        const SocketId ann = f.connectAs(u"ann"_s);
        QJsonArray events;
        for (int i = 0; i < Subscriptions; ++i)
            events.append(name(i));
        const QJsonObject joined
            = f.ask(ann, names::join, QJsonObject{{u"roomId"_s, u"open"_s}, {u"subscriptions"_s, events}});
        return joined[u"ok"_s].toBool() ? ann : 0;
    }
    static qint64 owed(RoomsFixture &f) { return f.rooms.memoryReturn().owed(); }

private Q_SLOTS:
    void ofWhoDisconnects()
    {
        RoomsFixture f(config());
        const SocketId ann = subscribed(f);
        QCOMPARE(owed(f), 0);
        f.hub.socketDisconnected(ann, DisconnectReason::ConnectionLost);
        QVERIFY(owed(f) > InAll);
    }

    void ofWhoSaidMuchOfItself()
    {
        RoomsFixture f(config());
        ConnectRequest request{
            .nsp = "/", .auth = {{u"userId"_s, u"ann"_s}, {u"word"_s, QString(3000, u'x')}}, .handshake = {}};
        f.hub.socketConnecting(1, std::move(request));
        QVERIFY(f.client(1));
        f.hub.socketDisconnected(1, DisconnectReason::TransportClosed);
        QVERIFY(owed(f) > 3000);
    }

    void ofWhoLeavesTheRoom()
    {
        RoomsFixture f(config());
        const SocketId ann = subscribed(f);
        f.ask(ann, names::leave, QJsonObject{{u"roomId"_s, u"open"_s}});
        QVERIFY(owed(f) > InAll);
    }

    void ofWhoUnsubscribes()
    {
        RoomsFixture f(config());
        const SocketId ann = subscribed(f);
        for (int i = 0; i < Subscriptions; ++i) {
            for (int times = 0; times < 2; ++times) // It frees nothing twice.
                f.ask(ann, names::unsubscribe,
                      QJsonObject{{u"roomId"_s, u"open"_s}, {u"eventName"_s, name(i)}});
        }
        QVERIFY(owed(f) > InAll);
        QVERIFY(owed(f) < 3 * InAll);
    }
};

DIALOGUE_TEST(TestLeaversMemory, QCoreApplication)
#include "tst_leaversmemory.moc"
