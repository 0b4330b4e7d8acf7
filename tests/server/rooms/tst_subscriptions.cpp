#include "fakegateway.h"
#include "server/rooms/subscriptions.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

class TestSubscriptions : public QObject
{
    Q_OBJECT

    FakeGateway m_gateway;
    const Encodings m_encodings{.kept = socketio::eventEncoding()};

    PublicationPtr of(const QString &event) const
    {
        return std::make_shared<Publication>(m_encodings, Position(), event, Frame::create("42[]"));
    }

    qsizetype delivered(SocketId socket) { return m_gateway.sent.take(socket).size(); }

private Q_SLOTS:
    void init() { m_gateway = {}; }

    void deliversOnlyWhatWasAskedFor()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(2, u"typing"_s);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 1);
        QCOMPARE(delivered(2), 0);
    }

    void deliversAnEventOnceToWhoAskedForAllAndForIt()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(1, u"*"_s);
        subscriptions.publish(of(u"message"_s), {});
        subscriptions.publish(of(u"typing"_s), {});
        QCOMPARE(delivered(1), 2);
    }

    void takesItsTopicsAlong()
    {
        {
            Subscriptions subscriptions(m_gateway);
            subscriptions.add(1, u"message"_s);
            subscriptions.add(2, u"*"_s);
            QCOMPARE(m_gateway.topics.size(), 2);
        }
        QCOMPARE(m_gateway.topics.size(), 0);
    }

    void deliversAnEventThatIsNamedLikeTheWildcardOnce()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"*"_s);
        subscriptions.publish(of(u"*"_s), {});
        QCOMPARE(delivered(1), 1);
    }

    void keepsTheNamesWhenTheWildcardGoes()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"*"_s);
        subscriptions.add(1, u"message"_s);
        subscriptions.remove(1, u"*"_s);
        subscriptions.publish(of(u"typing"_s), {});
        QCOMPARE(delivered(1), 0);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 1);
        QCOMPARE(subscriptions.names(1), QStringList{u"message"_s});
    }

    void publishesNothingToWhoIsHeld()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(1, u"typing"_s);
        subscriptions.hold(1);
        subscriptions.hold(1);
        subscriptions.remove(1, u"typing"_s);
        subscriptions.add(1, u"news"_s);
        subscriptions.add(2, u"message"_s);
        QCOMPARE(m_gateway.topics.size(), 1);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 0);
        QCOMPARE(delivered(2), 1);
        QCOMPARE(subscriptions.names(1), QStringList({u"message"_s, u"news"_s}));
        subscriptions.release(1);
        subscriptions.release(1);
        subscriptions.publish(of(u"message"_s), {});
        subscriptions.publish(of(u"news"_s), {});
        subscriptions.publish(of(u"typing"_s), {});
        QCOMPARE(delivered(1), 2);
    }

    void holdsTheWildcardToo()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.hold(1);
        subscriptions.add(1, u"*"_s);
        subscriptions.add(1, u"message"_s);
        QVERIFY(m_gateway.topics.isEmpty());
        subscriptions.release(1);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 1);
        subscriptions.hold(1);
        QVERIFY(m_gateway.topics.isEmpty());
        subscriptions.remove(1, u"*"_s);
        subscriptions.release(1);
        subscriptions.publish(of(u"message"_s), {});
        subscriptions.publish(of(u"typing"_s), {});
        QCOMPARE(delivered(1), 1);
    }

    void whoGoesWhileHeldLeavesNothingBehind()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.hold(1);
        subscriptions.removeAll(1);
        subscriptions.add(1, u"message"_s);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 1);
    }

    void subscribingTwiceIsSubscribingOnce()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(1, u"message"_s);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 1);
        subscriptions.remove(1, u"message"_s);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(delivered(1), 0);
    }

    void sparesTheExcepted()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(2, u"*"_s);
        subscriptions.publish(of(u"message"_s), {1, 2});
        QCOMPARE(delivered(1), 0);
        QCOMPARE(delivered(2), 0);
    }

    void dropsTopicsWithTheirLastSubscriber()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.add(1, u"message"_s);
        subscriptions.add(2, u"message"_s);
        subscriptions.add(2, u"typing"_s);
        QCOMPARE(m_gateway.topics.size(), 2);
        subscriptions.removeAll(2);
        QCOMPARE(m_gateway.topics.size(), 1);
        subscriptions.removeAll(1);
        QCOMPARE(m_gateway.topics.size(), 0);
        subscriptions.removeAll(1);
    }

    void dropsItsTopicsWhenItGoes()
    {
        {
            Subscriptions subscriptions(m_gateway);
            subscriptions.add(1, u"message"_s);
        }
        QCOMPARE(m_gateway.topics.size(), 0);
    }

    void publishesNothingForAnEventNobodyWants()
    {
        Subscriptions subscriptions(m_gateway);
        subscriptions.publish(of(u"message"_s), {});
        QCOMPARE(m_gateway.publications, 0);
    }
};

DIALOGUE_TEST(TestSubscriptions, QCoreApplication)
#include "tst_subscriptions.moc"
