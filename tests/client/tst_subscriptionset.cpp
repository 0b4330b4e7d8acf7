#include "client/connection/subscriptionset.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue::client;
using namespace Qt::StringLiterals;

class TestSubscriptionSet : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void isNotKnownBeforeTheServerTells()
    {
        SubscriptionSet set;
        set.add(u"typing"_s);
        QVERIFY(!set.all());
        QCOMPARE(set.added(), QStringList{u"typing"_s});
        set.learn({u"message"_s});
        QCOMPARE(set.all(), (QStringList{u"message"_s, u"typing"_s}));
    }

    void whatTheJoinAskedForIsNotLearnt()
    {
        SubscriptionSet set(QStringList{u"typing"_s});
        set.learn({u"message"_s});
        QCOMPARE(set.all(), QStringList{u"typing"_s});
    }

    void removesFromTheDefaultsToo()
    {
        SubscriptionSet set;
        set.learn({u"message"_s, u"typing"_s});
        set.remove(u"typing"_s);
        QCOMPARE(set.all(), QStringList{u"message"_s});
        QCOMPARE(set.removed(), QStringList{u"typing"_s});
        set.add(u"typing"_s);
        QCOMPARE(set.all(), (QStringList{u"message"_s, u"typing"_s}));
    }

    void twiceIsOnce()
    {
        SubscriptionSet set(QStringList{u"a"_s});
        set.add(u"a"_s);
        set.add(u"b"_s);
        set.add(u"b"_s);
        QCOMPARE(set.all(), (QStringList{u"a"_s, u"b"_s}));
    }
};

DIALOGUE_TEST(TestSubscriptionSet, NoApplication)
#include "tst_subscriptionset.moc"
