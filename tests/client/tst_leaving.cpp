#include "await.h"
#include "clientfixture.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include <QPointer>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** Rooms that are left while their join is on its way: the server lets in whom nobody sees any more. */
class TestLeaving : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<CuttingProxy> m_proxy;

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<Dialogue>(serverConfig());
        QVERIFY(m_server->start());
        m_proxy = std::make_unique<CuttingProxy>(m_server->port());
    }
    void cleanup()
    {
        m_proxy.reset();
        m_server.reset();
    }

    void duringTheRejoinLeavesNoGhost()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        const auto lab = await(client.join(u"lab"_s));
        QVERIFY(lab);
        const QPointer<RoomContext> room(*lab);
        QFuture<Result<void>> left;
        connect(&client, &DialogueClient::connected, this, [&] { left = room->leave(); });
        m_proxy->cutAll();
        QTRY_VERIFY(left.isValid());
        QVERIFY(await(left));
        QVERIFY(await(client.listRooms())); // the server did all that was asked before
        QCOMPARE(m_server->room(u"lab"_s)->size(), 0);
    }

    void duringTheFirstJoinLeavesNoGhost()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        QTRY_VERIFY(client.isConnected());
        const auto lab = client.join(u"lab"_s);
        delete client.findChild<RoomContext *>();
        QCOMPARE(await(lab).error().code, ErrorCode::ConnectionLost);
        QVERIFY(await(client.listRooms())); // the server did all that was asked before
        QCOMPARE(m_server->room(u"lab"_s)->size(), 0);
    }

    void duringTheRejoinAndBackAtOnceIsAJoinOfItsOwn()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        const auto first = await(client.join(u"lab"_s, {.subscriptions = QStringList{u"a"_s}}));
        QVERIFY(first);
        const QPointer<RoomContext> room(*first);
        QFuture<Result<RoomContext *>> second;
        connect(&client, &DialogueClient::connected, this, [&] {
            (void)room->leave();
            second = client.join(u"lab"_s, {.subscriptions = QStringList{u"x"_s}});
        });
        m_proxy->cutAll();
        QVERIFY(m_server->trigger(u"lab"_s, u"a"_s, u"missed by the first, not for the second"_s).result());
        QTRY_VERIFY(second.isValid());
        const auto lab = await(second);
        QVERIFY(lab);
        QStringList heard;
        (*lab)->onAny(this, [&](const EventMessage &message) { heard.append(message.event); });
        QVERIFY(await((*lab)->triggerWithAck(u"a"_s)));
        QVERIFY(await((*lab)->triggerWithAck(u"x"_s)));
        QTRY_COMPARE(heard, QStringList{u"x"_s});
        QVERIFY((*lab)->isJoined());
        QCOMPARE(m_server->room(u"lab"_s)->size(), 1);
    }
};

DIALOGUE_TEST(TestLeaving, QCoreApplication)
#include "tst_leaving.moc"
