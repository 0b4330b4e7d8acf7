#include "core/protocol/dialogue/presence.h"
#include "core/protocol/dialogue/replies.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace dialogue::protocol;
using namespace Qt::StringLiterals;

/** Who is in a room, as it is asked and told. */
class TestPresencePayloads : public QObject
{
    Q_OBJECT

    static QJsonValue parse(const QByteArray &json) { return QJsonDocument::fromJson(json).object(); }

private Q_SLOTS:
    void readsWhatItWrites()
    {
        const GetParticipants request{.roomId = u"a"_s, .after = u"ann"_s, .limit = 3, .watch = false};
        QCOMPARE(*GetParticipants::fromJson(request.toJson()), request);
        QVERIFY(GetParticipants::fromJson(QJsonObject{{u"roomId"_s, u"a"_s}})->watch);
        for (const Presence presence : {Presence::Off, Presence::Counts, Presence::Users}) {
            QCOMPARE(presenceOf(presenceName(presence)), presence);
            const Joined joined{.roomId = u"a"_s, .roomName = u"A"_s, .presence = presence};
            QCOMPARE(*Joined::fromJson(QJsonDocument::fromJson(joined.write().take()).object()), joined);
            const RoomInfo info{.id = u"a"_s, .name = u"A"_s, .presence = presence};
            QCOMPARE(*RoomInfo::fromJson(QJsonDocument::fromJson(info.write().take()).object()), info);
        }
        QCOMPARE(presenceOf(u"of the future"_s), Presence::Off);
    }

    void readsAPage()
    {
        const auto page = ParticipantsPage::fromJson(
            parse(R"({"roomId":"a","rev":7,"users":2,"connections":3,"participants":)"
                  R"([{"userId":"ann","connections":2},{"userId":"bob","connections":1}],"next":"bob"})"));
        QVERIFY(page);
        QCOMPARE(page->rev, 7U);
        QCOMPARE(page->counts, (PresenceCounts{.users = 2, .connections = 3}));
        QCOMPARE(page->users->size(), 2);
        QCOMPARE(page->next, u"bob"_s);
        QVERIFY(
            !ParticipantsPage::fromJson(parse(R"({"roomId":"a","rev":7,"users":2,"connections":3})"))->users);
    }

    void readsANotice()
    {
        const auto notice = PresenceNotice::fromJson(parse(
            R"({"roomId":"a","rev":8,"users":1,"connections":1,"changes":[{"userId":"bob","connections":0}]})"));
        QVERIFY(notice);
        QCOMPARE(notice->changes, (QList<PresentUser>{{u"bob"_s, 0}}));
        QVERIFY(!PresenceNotice::fromJson(parse(R"({"roomId":"a","rev":9})"))->counts);
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("path");
        QTest::newRow("rev") << QByteArray(R"({"roomId":"a","rev":-1,"users":1,"connections":1})")
                             << u"rev"_s;
        QTest::newRow("half") << QByteArray(R"({"roomId":"a","rev":1.5,"users":1,"connections":1})")
                              << u"rev"_s;
        QTest::newRow("users") << QByteArray(R"({"roomId":"a","rev":1,"users":"1","connections":1})")
                               << u"users"_s;
        QTest::newRow("too many") << QByteArray(R"({"roomId":"a","rev":1,"users":1,"connections":1e10})")
                                  << u"connections"_s;
        QTest::newRow("nobody") << QByteArray(
            R"({"roomId":"a","rev":1,"users":1,"connections":1,"changes":[{"connections":1}],"participants":[{"connections":1}]})")
                                << u"[0].userId"_s;
        QTest::newRow("no list") << QByteArray(
            R"({"roomId":"a","rev":1,"users":1,"connections":1,"changes":{},"participants":{}})")
                                 << QString();
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, path);
        const auto page = ParticipantsPage::fromJson(parse(json));
        QVERIFY(!page);
        QVERIFY2(page.error().path.endsWith(path), qPrintable(page.error().path));
        const auto notice = PresenceNotice::fromJson(parse(json));
        QVERIFY(!notice);
        QVERIFY2(notice.error().path.endsWith(path), qPrintable(notice.error().path));
    }
};

DIALOGUE_TEST(TestPresencePayloads, NoApplication)
#include "tst_presencepayloads.moc"
