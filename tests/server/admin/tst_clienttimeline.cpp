#include "server/timeline/clienttimeline.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using Kind = TimelineEntry::Kind;

namespace {

TimelineEntry refusalOf(const QString &room, const QString &message = u"no"_s)
{
    return {.kind = Kind::Refused,
            .roomId = room,
            .refused = std::make_shared<const RefusedRequest>(RefusedRequest{
                .request = u"dialogue:join"_s, .code = ErrorCode::PermissionDenied, .message = message})};
}

} // namespace

/** What is remembered of one client. */
class TestClientTimeline : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void knowsWhenItWasInARoom()
    {
        ClientTimeline timeline({.since = 1});
        timeline.add({.kind = Kind::Connected, .time = 1});
        timeline.add({.kind = Kind::Followed, .time = 2, .roomId = u"chat"_s, .offset = 5});
        timeline.add({.kind = Kind::Followed, .time = 3, .roomId = u"other"_s, .offset = 0});
        timeline.add(
            {.kind = Kind::Followed, .time = 4, .roomId = u"chat"_s, .offset = 3}); // And what it missed.
        timeline.add({.kind = Kind::Left, .time = 5, .roomId = u"chat"_s, .offset = 9});
        timeline.add({.kind = Kind::Followed, .time = 6, .roomId = u"chat"_s, .offset = 12});
        timeline.gone(7, u"ping timeout"_s);
        timeline.add({.kind = Kind::Left, .time = 8, .roomId = u"chat"_s, .offset = 20});
        const auto stretches = timeline.membershipsOf(u"chat"_s);
        QCOMPARE(stretches.size(), 2U);
        QCOMPARE(stretches[0].after, 3U);
        QCOMPARE(*stretches[0].last, 9U);
        QVERIFY(!stretches[0].byDisconnect);
        QCOMPARE(stretches[1].after, 12U);
        QCOMPARE(*stretches[1].last, 20U);
        QVERIFY(stretches[1].byDisconnect);
        QVERIFY(!timeline.membershipsOf(u"other"_s)[0].last);
        QVERIFY(timeline.membershipsOf(u"none"_s).empty());
    }

    void knowsWhatItWasSubscribedTo()
    {
        ClientTimeline timeline({});
        timeline.add(
            {.kind = Kind::Followed, .time = 2, .roomId = u"chat"_s, .offset = 5, .subscriptions = {u"a"_s}});
        timeline.add({.kind = Kind::Subscribed,
                      .time = 3,
                      .roomId = u"chat"_s,
                      .offset = 8,
                      .subscriptions = {u"a"_s, u"b"_s}});
        const Membership stretch = timeline.membershipsOf(u"chat"_s)[0];
        QCOMPARE(timeline.subscriptionsAt(u"chat"_s, 8, stretch), QStringList{u"a"_s});
        QCOMPARE(timeline.subscriptionsAt(u"chat"_s, 9, stretch), (QStringList{u"a"_s, u"b"_s}));
    }

    void countsARefusalThatComesAgain()
    {
        ClientTimeline timeline({});
        for (int i = 0; i < 1000; ++i)
            timeline.add(refusalOf(u"chat"_s));
        QCOMPARE(timeline.entries().size(), 1U);
        QCOMPARE(timeline.entries()[0].times, 1000);
        timeline.add(refusalOf(u"other"_s));
        QCOMPARE(timeline.entries().size(), 2U);
        QVERIFY(timeline.refusalOf({u"dialogue:join"_s}, u"other"_s, 0));
        QVERIFY(!timeline.refusalOf({u"dialogue:subscribe"_s}, u"other"_s, 0));
    }

    void forgetsTheOldestButWhereItIs()
    {
        ClientTimeline timeline({});
        timeline.add({.kind = Kind::Followed, .time = 1, .roomId = u"chat"_s, .offset = 5});
        timeline.add({.kind = Kind::Followed, .time = 2, .roomId = u"past"_s, .offset = 5});
        timeline.add({.kind = Kind::Left, .time = 3, .roomId = u"past"_s, .offset = 6});
        for (int i = 0; i < 2000; ++i) {
            TimelineEntry refusal = refusalOf(u"r"_s, QString::number(i));
            refusal.time = 10 + i;
            timeline.add(std::move(refusal));
        }
        QVERIFY(timeline.entries().size() <= ClientTimeline::MostEntries);
        QCOMPARE(timeline.membershipsOf(u"chat"_s).size(), 1U);
        QVERIFY(timeline.membershipsOf(u"past"_s).empty());
        QVERIFY(timeline.forgottenUntil() > 10);
        qint64 bytes = 0;
        for (const TimelineEntry &entry : timeline.entries())
            bytes += entry.bytes();
        QVERIFY(timeline.bytes() > bytes);
        QVERIFY(timeline.bytes() < bytes + 1000);
    }

    void knowsWhenItWasConnected()
    {
        ClientTimeline timeline({.since = 10});
        timeline.add({.kind = Kind::Connected, .time = 10});
        timeline.gone(20, u"transport close"_s);
        timeline.cameBack(7, 30);
        QVERIFY(!timeline.isConnectedAt(9));
        QVERIFY(timeline.isConnectedAt(15));
        QVERIFY(!timeline.isConnectedAt(25));
        QVERIFY(timeline.isConnectedAt(30));
        QCOMPARE(timeline.owner().until, 0);
        QCOMPARE(timeline.owner().socket, 7U);
    }
};

DIALOGUE_TEST(TestClientTimeline, NoApplication)
#include "tst_clienttimeline.moc"
