#include "client/connection/outbox.h"

#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::client;
using namespace Qt::StringLiterals;

class TestOutbox : public QObject
{
    Q_OBJECT

    static OutgoingTrigger message(const QString &id, const QString &room = u"chat"_s, qint64 size = 10)
    {
        return {.request = {.roomId = room, .event = u"message"_s, .id = id}, .size = {.text = size}};
    }
    static QStringList ids(const std::list<OutgoingTrigger> &triggers)
    {
        QStringList found;
        for (const OutgoingTrigger &trigger : triggers)
            found.append(trigger.request.id);
        return found;
    }
    static QStringList sendAll(Outbox &outbox, const QString &room = u"chat"_s)
    {
        QStringList sent;
        while (const OutgoingTrigger *const next = outbox.send(room))
            sent.append(next->request.id);
        return sent;
    }

private Q_SLOTS:
    void sendsInOrderAndOnce()
    {
        Outbox outbox({});
        for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
            QVERIFY(outbox.add(message(id)));
        QCOMPARE(sendAll(outbox), (QStringList{u"1"_s, u"2"_s, u"3"_s}));
        QCOMPARE(sendAll(outbox), QStringList());
        QCOMPARE(outbox.size(), 3);
    }

    void sendsAgainWhatWasNotAcknowledgedBeforeWhatWaited()
    {
        Outbox outbox({});
        for (const QString &id : {u"1"_s, u"2"_s, u"3"_s})
            QVERIFY(outbox.add(message(id)));
        (void)outbox.send(u"chat"_s);
        (void)outbox.send(u"chat"_s);
        QVERIFY(outbox.take(u"1"_s));
        (void)outbox.connectionLost(Outbox::End::Broken);
        QVERIFY(outbox.add(message(u"4"_s)));
        QCOMPARE(sendAll(outbox), (QStringList{u"2"_s, u"3"_s, u"4"_s}));
    }

    void roomsDoNotWaitForEachOther()
    {
        Outbox outbox({});
        QVERIFY(outbox.add(message(u"1"_s, u"chat"_s)));
        QVERIFY(outbox.add(message(u"2"_s, u"lab"_s)));
        QCOMPARE(sendAll(outbox, u"lab"_s), QStringList{u"2"_s});
        QCOMPARE(sendAll(outbox, u"chat"_s), QStringList{u"1"_s});
    }

    void anAckTakesOutOnce()
    {
        Outbox outbox({});
        QVERIFY(outbox.add(message(u"1"_s)));
        (void)sendAll(outbox);
        QVERIFY(outbox.take(u"1"_s));
        QVERIFY(!outbox.take(u"1"_s));
        QVERIFY(!outbox.take(u"unknown"_s));
        QCOMPARE(outbox.bytes(), 0);
    }

    void isBounded_data()
    {
        QTest::addColumn<int>("messages");
        QTest::addColumn<qint64>("bytes");
        QTest::newRow("in messages") << 2 << qint64(1000);
        QTest::newRow("in bytes") << 1000 << qint64(25);
    }
    void isBounded()
    {
        QFETCH(int, messages);
        QFETCH(qint64, bytes);
        Outbox outbox({.messages = messages, .bytes = bytes});
        QVERIFY(outbox.add(message(u"1"_s)));
        QVERIFY(outbox.add(message(u"2"_s)));
        const auto third = outbox.add(message(u"3"_s));
        QVERIFY(!third);
        QCOMPARE(third.error().code, ErrorCode::LimitReached);
        QVERIFY(outbox.take(u"1"_s));
        QVERIFY(outbox.add(message(u"4"_s)));
    }

    void tellsWhatMayHaveBeenApplied()
    {
        Outbox outbox({});
        QVERIFY(outbox.add(message(u"1"_s)));
        (void)sendAll(outbox);
        (void)outbox.connectionLost(Outbox::End::Broken);
        QVERIFY(outbox.add(message(u"2"_s)));
        QCOMPARE(ids(outbox.takeUncertain()), QStringList{u"1"_s});
        QCOMPARE(sendAll(outbox), QStringList{u"2"_s});
    }

    void whatWasRefusedForNowWaitsForTheNextConnectionAndIsCertain()
    {
        Outbox outbox({});
        QVERIFY(outbox.add(message(u"1"_s)));
        QVERIFY(outbox.add(message(u"2"_s)));
        (void)sendAll(outbox);
        outbox.notNow(u"1"_s);
        QCOMPARE(sendAll(outbox), QStringList());
        (void)outbox.connectionLost(Outbox::End::ByServer);
        QCOMPARE(ids(outbox.takeUncertain()), QStringList{u"2"_s});
        QCOMPARE(sendAll(outbox), QStringList{u"1"_s});
        outbox.notNow(u"gone"_s);
    }

    void aLeftRoomsTriggersGoUnlessTheyAreOnTheirWay()
    {
        Outbox outbox({});
        QVERIFY(outbox.add(message(u"1"_s)));
        (void)sendAll(outbox);
        QVERIFY(outbox.add(message(u"2"_s)));
        QVERIFY(outbox.add(message(u"3"_s, u"lab"_s)));
        QCOMPARE(ids(outbox.takeWaiting(u"chat"_s)), QStringList{u"2"_s});
        (void)outbox.connectionLost(Outbox::End::Broken);
        QCOMPARE(ids(outbox.takeOutside({u"lab"_s})), QStringList{u"1"_s});
        QCOMPARE(ids(outbox.takeAll()), QStringList{u"3"_s});
    }

    void attachmentsCountAllOfThem()
    {
        Outbox outbox({.bytes = 100});
        OutgoingTrigger pictures = message(u"1"_s);
        pictures.size = {.text = 10, .attachments = 91, .largestAttachment = 10};
        QCOMPARE(outbox.add(pictures).error().code, ErrorCode::LimitReached);
        pictures.size.attachments = 90;
        QVERIFY(outbox.add(pictures));
        QCOMPARE(outbox.bytes(), 100);
    }

    void whatTheServerClosesOnAgainAndAgainGoes()
    {
        Outbox outbox({});
        for (const QString &id : {u"1"_s, u"poison"_s, u"3"_s})
            QVERIFY(outbox.add(message(id)));
        QVERIFY(outbox.add(message(u"elsewhere"_s, u"lab"_s)));
        for (int closing = 1; closing <= 2; ++closing) {
            QCOMPARE(sendAll(outbox), (QStringList{u"1"_s, u"poison"_s, u"3"_s}));
            QCOMPARE(ids(outbox.connectionLost(Outbox::End::ByServer)), QStringList());
        }
        // Who is it? From now on one after the other.
        QVERIFY(outbox.holdsBack());
        QCOMPARE(sendAll(outbox), QStringList{u"1"_s});
        QCOMPARE(sendAll(outbox, u"lab"_s), QStringList());
        QVERIFY(outbox.take(u"1"_s));
        QCOMPARE(sendAll(outbox, u"lab"_s), QStringList{u"elsewhere"_s});
        QCOMPARE(sendAll(outbox), QStringList());
        QVERIFY(outbox.take(u"elsewhere"_s));
        QCOMPARE(sendAll(outbox), QStringList{u"poison"_s});
        QCOMPARE(ids(outbox.connectionLost(Outbox::End::ByServer)), QStringList{u"poison"_s});
        QCOMPARE(sendAll(outbox), QStringList{u"3"_s});
        QVERIFY(outbox.take(u"3"_s));
        QVERIFY(!outbox.holdsBack());
    }

    void whatNoConnectionSurvivesGoes()
    {
        Outbox outbox({.brokenConnections = 5});
        for (const QString &id : {u"1"_s, u"poison"_s, u"3"_s})
            QVERIFY(outbox.add(message(id)));
        for (int broken = 1; broken <= 2; ++broken) {
            QCOMPARE(sendAll(outbox), (QStringList{u"1"_s, u"poison"_s, u"3"_s}));
            QCOMPARE(ids(outbox.connectionLost(Outbox::End::Broken)), QStringList());
        }
        QVERIFY(outbox.holdsBack());
        QCOMPARE(sendAll(outbox), QStringList{u"1"_s});
        QVERIFY(outbox.take(u"1"_s));
        for (int broken = 3; broken <= 5; ++broken) {
            QCOMPARE(sendAll(outbox), QStringList{u"poison"_s});
            QCOMPARE(ids(outbox.connectionLost(Outbox::End::Broken)),
                     broken < 5 ? QStringList() : QStringList{u"poison"_s});
        }
        QCOMPARE(sendAll(outbox), QStringList{u"3"_s});
        QVERIFY(outbox.take(u"3"_s));
        QVERIFY(!outbox.holdsBack());
    }

    void theNetworkIsNobodysFault()
    {
        // Who waits for others, and who is acknowledged in between, has no part in it.
        Outbox outbox({.brokenConnections = 6});
        for (int cut = 0; cut < 20; ++cut) {
            const QString id = QString::number(cut);
            QVERIFY(outbox.add(message(id)));
            QCOMPARE(sendAll(outbox).constLast(), id);
            if (cut > 0)
                QVERIFY(outbox.take(QString::number(cut - 1)));
            QCOMPARE(ids(outbox.connectionLost(Outbox::End::Broken)), QStringList());
        }
    }

    void aConnectionThatBreaksByItselfBeginsTheRowAnew()
    {
        Outbox outbox({.brokenConnections = 4});
        QVERIFY(outbox.add(message(u"1"_s)));
        for (int cut = 0; cut < 20; ++cut) {
            for (int i = 0; i < 3; ++i) {
                QCOMPARE(sendAll(outbox), QStringList{u"1"_s});
                QCOMPARE(ids(outbox.connectionLost(Outbox::End::Broken)), QStringList());
            }
            QVERIFY(outbox.holdsBack());
            QCOMPARE(ids(outbox.connectionLost(Outbox::End::Broken)), QStringList());
            QVERIFY(!outbox.holdsBack());
        }
    }

    void withoutANumberItGoesOnForEver_data()
    {
        QTest::addColumn<int>("limit");
        QTest::addColumn<bool>("byUs");
        QTest::newRow("no limit") << 0 << false;
        QTest::newRow("we ended it") << 3 << true;
    }
    void withoutANumberItGoesOnForEver()
    {
        QFETCH(int, limit);
        QFETCH(bool, byUs);
        Outbox outbox({.brokenConnections = limit});
        for (const QString &id : {u"1"_s, u"2"_s})
            QVERIFY(outbox.add(message(id)));
        for (int cut = 0; cut < 10; ++cut) {
            QCOMPARE(sendAll(outbox), (QStringList{u"1"_s, u"2"_s}));
            QCOMPARE(ids(outbox.connectionLost(byUs ? Outbox::End::ByUs : Outbox::End::Broken)),
                     QStringList());
        }
        QVERIFY(!outbox.holdsBack());
    }

    void whatIsOverdueGoes()
    {
        Outbox outbox({});
        OutgoingTrigger late = message(u"1"_s);
        late.deadline = QDeadlineTimer(0);
        QVERIFY(outbox.add(std::move(late)));
        QVERIFY(outbox.add(message(u"2"_s)));
        QVERIFY(outbox.nextDeadline().hasExpired());
        QCOMPARE(ids(outbox.takeOverdue()), QStringList{u"1"_s});
        QVERIFY(outbox.nextDeadline().isForever());
    }
};

DIALOGUE_TEST(TestOutbox, NoApplication)
#include "tst_outbox.moc"
