#include "testclasses.h"

#include "console/lists/roomrates.h"
#include "console/lists/rowreader.h"

#include <QJsonArray>

using namespace dialogue::console;
using namespace Qt::StringLiterals;

class TestRowReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aRoomIsAsTheServerTellsIt()
    {
        const RoomRow row = roomRowOf({{u"id"_s, u"chat"_s},
                                       {u"name"_s, u"Chat"_s},
                                       {u"size"_s, 3},
                                       {u"maxSize"_s, 50},
                                       {u"offset"_s, 12},
                                       {u"keptBytes"_s, 4096},
                                       {u"dropped"_s, 2},
                                       {u"declared"_s, true}});
        QCOMPARE(row,
                 (RoomRow{.id = u"chat"_s,
                          .name = u"Chat"_s,
                          .size = 3,
                          .maxSize = 50,
                          .dropped = 2,
                          .lastOffset = 12,
                          .keptBytes = 4096,
                          .isDeclared = true}));
    }

    void whatIsMissingOrOfAnotherTypeIsAsInANewRow()
    {
        QCOMPARE(roomRowOf({{u"id"_s, 7}, {u"size"_s, u"many"_s}}), RoomRow());
        QCOMPARE(clientRowOf({{u"roundTrip"_s, u"long"_s}}).roundTrip, -1.0);
        QCOMPARE(auditRowOf({}).id, u"0"_s);
    }

    void textsOfStrangersAreSeenAndShort()
    {
        const QString longName(10'000, u'x');
        QCOMPARE(roomRowOf({{u"name"_s, longName}}).name.size(), LongestCell + 1);
        QCOMPARE(clientRowOf({{u"userId"_s, u"a\u202Eb"_s}}).user, u"a\\u202eb"_s);
        QCOMPARE(cellText(u"line\nbreak"_s), u"line\\u000abreak"_s);
    }

    void anAuditEntrySaysHowItEnded_data()
    {
        QTest::addColumn<QJsonObject>("entry");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("begun") << QJsonObject{{u"action"_s, u"banUser"_s}} << QString();
        QTest::newRow("well") << QJsonObject{{u"ended"_s, true}, {u"failed"_s, 0}} << u"Done"_s;
        QTest::newRow("in part") << QJsonObject{{u"ended"_s, true}, {u"failed"_s, 2}} << u"2 failed"_s;
        QTest::newRow("not") << QJsonObject{{u"ended"_s, true}, {u"failed"_s, 1}, {u"error"_s, u"gone"_s}}
                             << u"gone"_s;
    }
    void anAuditEntrySaysHowItEnded()
    {
        QFETCH(QJsonObject, entry);
        QTEST(auditRowOf(entry).outcome, "outcome");
    }

    void whatAnActionWasGivenIsJson()
    {
        QCOMPARE(auditRowOf({{u"args"_s, QJsonObject{{u"userId"_s, u"eve"_s}}}}).about,
                 u"{\"userId\":\"eve\"}"_s);
        QCOMPARE(
            auditRowOf({{u"each"_s, QJsonArray{QJsonObject{{u"a"_s, 1}}, QJsonObject{{u"a"_s, 2}}}}}).about,
            u"[{\"a\":1},{\"a\":2}]"_s);
    }

    void aSanctionSaysWhoWantedIt_data()
    {
        QTest::addColumn<QString>("by");
        QTest::addColumn<QString>("told");
        QTest::newRow("an account") << u"admin:olga"_s << u"olga (account)"_s;
        QTest::newRow("a moderator") << u"user:admin:x"_s << u"admin:x"_s;
        QTest::newRow("the application") << u"application"_s << u"The application"_s;
        QTest::newRow("something newer") << u"rule:flood"_s << u"rule:flood"_s;
        QTest::newRow("not said") << QString() << QString();
    }
    void aSanctionSaysWhoWantedIt()
    {
        QFETCH(QString, by);
        QTEST(sanctionRowOf({{u"by"_s, by}}).by, "told");
    }

    void aSanctionIsLiftedByWhatTheServerCallsIt()
    {
        const QString user = u"a\u202Eb"_s + QString(600, u'x');
        const SanctionRow row
            = sanctionRowOf({{u"kind"_s, u"ban"_s}, {u"userId"_s, user}, {u"roomId"_s, u"chat"_s}});
        QCOMPARE(row.userId, user);
        QVERIFY(row.user != user);
        // There is one of each kind, user and room.
        QVERIFY(row.id
                != sanctionRowOf({{u"kind"_s, u"mute"_s}, {u"userId"_s, user}, {u"roomId"_s, u"chat"_s}}).id);
        QVERIFY(row.id != sanctionRowOf({{u"kind"_s, u"ban"_s}, {u"userId"_s, user}}).id);
    }

    void aRateIsWhatCameBetweenTwoLooks()
    {
        RoomRates rates;
        QCOMPARE(rates.take(u"a"_s, 100, 0), 0.0);
        QCOMPARE(rates.take(u"a"_s, 150, 2000), 25.0);
        QCOMPARE(rates.take(u"b"_s, 7, 2000), 0.0);
        QCOMPARE(rates.take(u"a"_s, 151, 2100), 25.0); // Too soon to say anything else.
        QCOMPARE(rates.take(u"a"_s, 151, 4000), 0.5);
        QCOMPARE(rates.take(u"a"_s, 3, 6000), 0.0); // Another room of this id.
        QCOMPARE(rates.take(u"a"_s, 5, 8000), 1.0);
        rates.forgetOthers(); // Both were looked at.
        QCOMPARE(rates.take(u"a"_s, 9, 10'000), 2.0);
        rates.forgetOthers();
        QCOMPARE(rates.take(u"b"_s, 8, 11'000), 0.0); // It was not.
    }
};

DIALOGUE_TEST(TestRowReader, QCoreApplication)
#include "tst_rowreader.moc"
