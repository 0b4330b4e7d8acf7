#include "server/qtwebsockets/heldmessages.h"

#include "testclasses.h"

#include <QTest>

using dialogue::qtwebsockets::HeldMessages;

class TestHeldMessages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comeOutAsTheyCame()
    {
        HeldMessages held;
        QVERIFY(held.isEmpty());
        held.add("one", false);
        held.add("", true);
        held.add("two", true);
        const HeldMessages::Message first = held.take();
        QCOMPARE(first.data, "one");
        QVERIFY(!first.binary);
        held.add("three", false);
        const HeldMessages::Message empty = held.take();
        QVERIFY(empty.data.isEmpty());
        QVERIFY(empty.binary);
        QCOMPARE(held.take().data, "two");
        QVERIFY(!held.isEmpty());
        QCOMPARE(held.take().data, "three");
        QVERIFY(held.isEmpty());
        QCOMPARE(held.bytes(), 0);
    }

    void areForgottenWhenCleared()
    {
        HeldMessages held;
        held.add("one", false);
        held.add("two", false);
        (void)held.take();
        QVERIFY(held.bytes() >= 6);
        held.clear();
        QVERIFY(held.isEmpty());
        held.add("three", true);
        QCOMPARE(held.take().data, "three");
    }
};

DIALOGUE_TEST(TestHeldMessages, QCoreApplication)
#include "tst_heldmessages.moc"
