#include "client/engineio/inbox.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;

/** What waits to be told, and how much that is. */
class TestInbox : public QObject
{
    Q_OBJECT

    static engineio::Packet of(qsizetype size)
    {
        return {.type = engineio::PacketType::Message, .data = QByteArray(size, 'x')};
    }

private Q_SLOTS:
    void givesBackInOrder()
    {
        Inbox inbox(1000);
        QVERIFY(inbox.isEmpty());
        inbox.push(Inbox::Opened());
        inbox.push(of(3));
        inbox.push(Inbox::Ended{Error{ErrorCode::Timeout, QStringLiteral("late")}, true});
        QVERIFY(std::holds_alternative<Inbox::Opened>(inbox.pop()));
        QCOMPARE(std::get<engineio::Packet>(inbox.pop()).data, "xxx");
        QVERIFY(std::get<Inbox::Ended>(inbox.pop()).byServer);
        QVERIFY(inbox.isEmpty());
        QCOMPARE(inbox.bytes(), 0);
    }

    void isFullAboveItsBoundUntilHalfIsTold()
    {
        Inbox inbox(10'000);
        int pushed = 0;
        for (; !inbox.isFull(); ++pushed)
            inbox.push(of(1000));
        QVERIFY(inbox.bytes() > 10'000);
        QVERIFY(pushed <= 10);
        while (inbox.isFull()) {
            QVERIFY(inbox.bytes() > 5000);
            inbox.pop();
        }
        QVERIFY(inbox.bytes() <= 5000);
        QVERIFY(!inbox.isEmpty());
        inbox.push(of(1000));
        QVERIFY(!inbox.isFull());
        inbox.push(of(10'000));
        QVERIFY(inbox.isFull());
        inbox.clear();
        QVERIFY(!inbox.isFull());
        QCOMPARE(inbox.bytes(), 0);
    }

    void thousandsOfNothingsAreMuch()
    {
        Inbox inbox(10'000);
        for (int i = 0; i < 200; ++i)
            inbox.push(of(0));
        QVERIFY(inbox.isFull());
    }
};

DIALOGUE_TEST(TestInbox, QCoreApplication)
#include "tst_inbox.moc"
