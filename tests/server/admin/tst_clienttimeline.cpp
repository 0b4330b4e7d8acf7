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
        QCOMPARE(timeline.subscriptionsAt(stretch, 8, 0).names, QStringList{u"a"_s});
        QCOMPARE(timeline.subscriptionsAt(stretch, 9, 0).names, (QStringList{u"a"_s, u"b"_s}));
    }

    void whatItWasSubscribedToIsOfThatStretch()
    {
        ClientTimeline timeline({});
        const auto add = [&](Kind kind, qint64 time, quint64 offset, const QStringList &names) {
            timeline.add({.kind = kind,
                          .time = time,
                          .roomId = u"chat"_s,
                          .room = 1,
                          .offset = offset,
                          .subscriptions = names});
        };
        add(Kind::Followed, 10, 5, {u"a"_s});
        add(Kind::Left, 20, 9, {});
        add(Kind::Followed, 30, 12, {});
        add(Kind::Subscribed, 40, 15, {u"b"_s});
        const auto stretches = timeline.membershipsOf(u"chat"_s);
        QCOMPARE(stretches.size(), 2U);
        QCOMPARE(timeline.subscriptionsAt(stretches[0], 8, 0).names, QStringList{u"a"_s});
        QCOMPARE(timeline.subscriptionsAt(stretches[1], 14, 0).names, QStringList());
        // Of an event without an offset its time counts.
        QCOMPARE(timeline.subscriptionsAt(stretches[1], 0, 39).names, QStringList());
        QCOMPARE(timeline.subscriptionsAt(stretches[1], 0, 41).names, QStringList{u"b"_s});
    }

    void aRoomThatIsMadeAnewIsAnother()
    {
        ClientTimeline timeline({});
        timeline.add({.kind = Kind::Followed, .time = 1, .roomId = u"chat"_s, .room = 1, .offset = 0});
        timeline.add({.kind = Kind::Followed, .time = 2, .roomId = u"chat"_s, .room = 2, .offset = 0});
        timeline.add({.kind = Kind::Left,
                      .time = 3,
                      .roomId = u"chat"_s,
                      .room = 1,
                      .offset = 7}); // Over several turns.
        const auto stretches = timeline.membershipsOf(u"chat"_s);
        QCOMPARE(stretches.size(), 2U);
        QCOMPARE(stretches[0].last.value_or(0), 7U);
        QVERIFY(!stretches[1].last);
    }

    void whereItsBeginningIsForgottenAStretchIsCut()
    {
        ClientTimeline timeline({});
        timeline.add({.kind = Kind::Left, .time = 3, .roomId = u"chat"_s, .room = 1, .offset = 7});
        QVERIFY(timeline.membershipsOf(u"chat"_s).front().isCut);
    }

    void keepsWhatItsConnectionsLeftBehind()
    {
        ClientTimeline timeline({.socket = 1});
        auto first = std::make_shared<SendRecord>();
        first->spans.push_back({.stream = u"chat"_s, .from = 1, .to = 5, .time = 10});
        timeline.keep(first);
        timeline.cameBack(2, 20);
        auto second = std::make_shared<SendRecord>();
        second->spans.push_back(
            {.stream = u"chat"_s, .kind = EventFate::Kind::Unsent, .from = 8, .to = 9, .time = 30});
        timeline.keep(second);
        QCOMPARE(timeline.record()->find(u"chat", 3)->kind, EventFate::Kind::Dropped);
        QCOMPARE(timeline.record()->find(u"chat", 8)->kind, EventFate::Kind::Unsent);
        QCOMPARE(timeline.socketAt(25), 2U);
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
        timeline.add({.kind = Kind::Followed, .time = 1, .roomId = u"chat"_s, .room = 1, .offset = 5});
        timeline.add({.kind = Kind::Subscribed,
                      .time = 1,
                      .roomId = u"chat"_s,
                      .room = 1,
                      .offset = 5,
                      .subscriptions = {u"a"_s}});
        timeline.add({.kind = Kind::Subscribed,
                      .time = 1,
                      .roomId = u"chat"_s,
                      .room = 1,
                      .offset = 5,
                      .subscriptions = {u"b"_s}});
        timeline.add({.kind = Kind::Followed, .time = 2, .roomId = u"past"_s, .room = 2, .offset = 5});
        timeline.add({.kind = Kind::Left, .time = 3, .roomId = u"past"_s, .room = 2, .offset = 6});
        for (int i = 0; i < 2000; ++i) {
            TimelineEntry refusal = refusalOf(u"r"_s, QString::number(i));
            refusal.time = 10 + i;
            timeline.add(std::move(refusal));
        }
        QVERIFY(timeline.entries().size() <= ClientTimeline::MostEntries);
        QCOMPARE(timeline.membershipsOf(u"chat"_s).size(), 1U);
        QCOMPARE(timeline.subscriptionsAt(timeline.membershipsOf(u"chat"_s)[0], 6, 0).names,
                 QStringList{u"b"_s});
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
