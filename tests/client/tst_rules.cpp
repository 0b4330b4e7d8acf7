#include "await.h"
#include "clientfixture.h"
#include "cuttingproxy.h"
#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** A room that comes to have rules while a client is in it. */
class TestRules : public QObject
{
    Q_OBJECT

    std::unique_ptr<Dialogue> m_server;
    std::unique_ptr<CuttingProxy> m_proxy;

    /** The room `chat` has these from now on. */
    void rule(const RoomRules &rules)
    {
        RoomConfig room = serverConfig().rooms.constFirst();
        room.rules = rules;
        QVERIFY(m_server->updateRoom(room));
    }
    RoomContext *joined(DialogueClient &client)
    {
        const auto room
            = await(client.join(u"chat"_s, {.subscriptions = QStringList{u"message"_s, u"typing"_s}}));
        return room ? *room : nullptr;
    }

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

    void aSubscriptionThatHasEndedIsNotAskedForAgain()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        RoomContext *const room = joined(client);
        QVERIFY(room);
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        rule({.subscribe = {.byEvent = {{u"typing"_s, Who{}}}}});
        QTRY_COMPARE(room->subscriptions(), QStringList{u"message"_s});
        QCOMPARE(errors.size(), 1);
        QCOMPARE(errors.constFirst().constFirst().value<Error>().code, ErrorCode::PermissionDenied);
        QSignalSpy joins(room, &RoomContext::joinedChanged);
        m_proxy->cutAll();
        QTRY_VERIFY(!joins.isEmpty() && room->isJoined());
        QCOMPARE(room->subscriptions(), QStringList{u"message"_s});
        for (qsizetype later = 1; later < errors.size(); ++later) // That the connection was lost.
            QVERIFY(errors[later].constFirst().value<Error>().code != ErrorCode::PermissionDenied);
    }

    void whoComesBackToLessGetsWhatTheRoomGives()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        RoomContext *const room = joined(client);
        QVERIFY(room);
        m_proxy->setAccepting(false);
        m_proxy->cutAll();
        QTRY_VERIFY(!client.isConnected());
        QTRY_COMPARE(m_server->room(u"chat"_s)->size(), 0);
        rule({.subscribe = {.byEvent = {{u"typing"_s, Who{}}}}});
        QSignalSpy joins(room, &RoomContext::joinedChanged);
        m_proxy->setAccepting(true);
        QTRY_VERIFY(!joins.isEmpty() && room->isJoined());
        QTRY_COMPARE(room->subscriptions(), QStringList{u"message"_s});
    }

    void whoMayNotBeThereAnyMoreIsToldThatItLeft()
    {
        DialogueClient client(clientConfig(m_proxy->port(), u"ann"_s));
        RoomContext *const room = joined(client);
        QVERIFY(room);
        QSignalSpy left(room, &RoomContext::left);
        QSignalSpy errors(&client, &DialogueClient::errorOccurred);
        rule({.join = Who{}});
        QTRY_COMPARE(left.size(), 1);
        QCOMPARE(errors.constFirst().constFirst().value<Error>().code, ErrorCode::PermissionDenied);
        QVERIFY(!await(client.join(u"chat"_s)));
    }
};

DIALOGUE_TEST(TestRules, QCoreApplication)
#include "tst_rules.moc"
