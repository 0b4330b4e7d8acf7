#include "server/timeline/clienttimeline.h"
#include "server/timeline/judgement.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
using Kind = TimelineEntry::Kind;

namespace {

const QString Chat = u"chat"_s;

/** In the room from offset 10 on, at time 1000, subscribed to "message". */
ClientTimeline joined()
{
    ClientTimeline timeline({.clientId = u"c"_s, .userId = u"ada"_s, .socket = 7, .since = 900});
    timeline.add({.kind = Kind::Connected, .time = 900});
    timeline.add({.kind = Kind::Followed,
                  .time = 1000,
                  .roomId = Chat,
                  .offset = 10,
                  .subscriptions = {u"message"_s}});
    return timeline;
}

EventInQuestion eventAt(quint64 offset, qint64 time = 2000)
{
    return {.roomId = Chat, .event = u"message"_s, .offset = offset, .seq = offset, .time = time};
}

SentState there(std::optional<EventFate> fate = {}) { return {.isThere = true, .fate = fate}; }

QString verdictOf(const EventInQuestion &asked, const Facts &facts)
{
    return verdictName(judge(asked, facts).verdict);
}

TimelineEntry refusal(const QString &request, qint64 time)
{
    return {.kind = Kind::Refused,
            .time = time,
            .roomId = Chat,
            .refused = std::make_shared<const RefusedRequest>(RefusedRequest{
                .request = request, .code = ErrorCode::RoomFull, .message = u"full"_s, .path = u"roomId"_s})};
}

} // namespace

/** From what is known of a client to why it did not get an event. */
class TestJudgement : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsInTheRoomGetsWhatComesAfterItsJoin()
    {
        const ClientTimeline timeline = joined();
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
        const Judgement before = judge(eventAt(10, 950), {.timeline = timeline, .sent = there()});
        QCOMPARE(verdictName(before.verdict), "JOINED_AFTER"_L1);
        QCOMPARE(before.evidence[u"joined"].toInt(), 1000);
        const Judgement early = judge(eventAt(9, 800), {.timeline = timeline, .sent = there()});
        QCOMPARE(verdictName(early.verdict), "NOT_CONNECTED"_L1);
        QCOMPARE(early.evidence, (QJsonObject{{u"since"_s, 900}})); // And it is there still.
    }

    void whoLeftGetsNothingMore()
    {
        ClientTimeline timeline = joined();
        timeline.add({.kind = Kind::Left, .time = 1500, .roomId = Chat, .offset = 20});
        QCOMPARE(verdictOf(eventAt(20, 1400), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
        QCOMPARE(verdictOf(eventAt(21), {.timeline = timeline, .sent = there()}), u"LEFT_BEFORE"_s);
    }

    void whoLostItsConnectionWasNotConnected()
    {
        ClientTimeline timeline = joined();
        timeline.gone(1500, u"ping timeout"_s);
        timeline.add({.kind = Kind::Left, .time = 1500, .roomId = Chat, .offset = 20});
        QCOMPARE(verdictOf(eventAt(21), {.timeline = timeline}), u"NOT_CONNECTED"_s);
        // It came back, and got what it missed.
        timeline.cameBack(8, 3000);
        timeline.add({.kind = Kind::Followed,
                      .time = 3000,
                      .roomId = Chat,
                      .offset = 20,
                      .subscriptions = {u"message"_s}});
        QCOMPARE(verdictOf(eventAt(21), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
    }

    void whoWasNeverInTheRoomMayHaveBeenRefused()
    {
        ClientTimeline timeline({.since = 900});
        timeline.add({.kind = Kind::Connected, .time = 900});
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there()}), u"NOT_IN_ROOM"_s);
        timeline.add(refusal(u"dialogue:join"_s, 1000));
        const Judgement judgement = judge(eventAt(11), {.timeline = timeline, .sent = there()});
        QCOMPARE(verdictName(judgement.verdict), "REFUSED"_L1);
        QCOMPARE(judgement.evidence[u"step"].toString(), u"dialogue:join"_s);
        QCOMPARE(judgement.evidence[u"code"].toString(), u"ROOM_FULL"_s);
        QCOMPARE(judgement.evidence[u"path"].toString(), u"roomId"_s);
    }

    void whoIsNotSubscribedMayHaveBeenRefusedThat()
    {
        ClientTimeline timeline = joined();
        EventInQuestion other = eventAt(11);
        other.event = u"typing"_s;
        const Judgement judgement = judge(other, {.timeline = timeline, .sent = there()});
        QCOMPARE(verdictName(judgement.verdict), "NOT_SUBSCRIBED"_L1);
        QCOMPARE(judgement.evidence[u"subscriptions"][0].toString(), u"message"_s);
        timeline.add(refusal(u"dialogue:subscribe"_s, 1500));
        QCOMPARE(verdictOf(other, {.timeline = timeline, .sent = there()}), u"REFUSED"_s);
    }

    void everythingIsEverythingButWhatIsGuarded()
    {
        ClientTimeline timeline({.since = 900});
        timeline.add({.kind = Kind::Followed, .time = 1000, .roomId = Chat, .subscriptions = {u"*"_s}});
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(), .isGuarded = true}),
                 u"NOT_SUBSCRIBED"_s);
    }

    void whatWasForOthersIsExcluded()
    {
        const ClientTimeline timeline = joined();
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(), .wasForIt = false}),
                 u"EXCLUDED"_s);
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(), .wasForIt = {}}),
                 u"UNKNOWN"_s);
        // Of one without an offset nothing else is remembered.
        QCOMPARE(verdictOf(eventAt(0), {.timeline = timeline, .sent = there(), .wasForIt = false}),
                 u"EXCLUDED"_s);
        QCOMPARE(verdictOf(eventAt(0), {.timeline = timeline, .sent = there()}), u"UNKNOWN"_s);
        QCOMPARE(verdictOf(eventAt(0, 950), {.timeline = timeline, .sent = there()}), u"JOINED_AFTER"_s);
    }

    void onItsWayItWaitsOrIsLost_data()
    {
        QTest::addColumn<EventFate>("fate");
        QTest::addColumn<QString>("verdict");
        QTest::newRow("waits") << EventFate{.kind = EventFate::Kind::Waits, .bytesAhead = 5} << u"QUEUED"_s;
        QTest::newRow("dropped") << EventFate{.kind = EventFate::Kind::Dropped, .time = 2100}
                                 << u"DROPPED_SLOW"_s;
        QTest::newRow("replaced") << EventFate{.kind = EventFate::Kind::Replaced, .by = 12, .time = 2100}
                                  << u"REPLACED"_s;
        QTest::newRow("unsent") << EventFate{.kind = EventFate::Kind::Unsent, .time = 2100}
                                << u"CLOSED_FIRST"_s;
        QTest::newRow("written") << EventFate{.kind = EventFate::Kind::Written, .time = 2100} << u"WRITTEN"_s;
    }
    void onItsWayItWaitsOrIsLost()
    {
        QFETCH(EventFate, fate);
        QFETCH(QString, verdict);
        ClientTimeline timeline = joined();
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(fate)}), verdict);
        // What was lost is sent again to who comes back for it.
        timeline.add({.kind = Kind::Followed,
                      .time = 2200,
                      .roomId = Chat,
                      .offset = 10,
                      .subscriptions = {u"message"_s}});
        const bool isQueued = fate.kind == EventFate::Kind::Waits;
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(fate)}),
                 isQueued ? u"QUEUED"_s : u"WRITTEN"_s);
    }

    void whoIsBeingSentWhatItMissedWaitsForIt()
    {
        const ClientTimeline timeline = joined();
        QCOMPARE(verdictOf(eventAt(15), {.timeline = timeline, .sent = there(), .replayedUpTo = 14}),
                 u"QUEUED"_s);
        QCOMPARE(verdictOf(eventAt(14), {.timeline = timeline, .sent = there(), .replayedUpTo = 14}),
                 u"WRITTEN"_s);
    }

    void whatTheRoomKeptNoMoreIsToldAsAGap()
    {
        ClientTimeline timeline = joined();
        timeline.add({.kind = Kind::Missed, .time = 2200, .roomId = Chat, .offset = 11, .until = 13});
        QCOMPARE(verdictOf(eventAt(13), {.timeline = timeline, .sent = there()}), u"DROPPED_SLOW"_s);
        QCOMPARE(verdictOf(eventAt(14), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
    }

    void ofWhoIsGoneItCountsWhatWasNotSent()
    {
        ClientTimeline timeline = joined();
        auto record = std::make_shared<SendRecord>();
        record->spans.push_back(
            {.stream = Chat, .kind = EventFate::Kind::Unsent, .from = 15, .to = 17, .time = 3000});
        timeline.keep(record);
        timeline.gone(3000, u"slow reader"_s);
        timeline.add({.kind = Kind::Left, .time = 3000, .roomId = Chat, .offset = 20});
        QCOMPARE(verdictOf(eventAt(14), {.timeline = timeline}), u"UNKNOWN"_s); // At about that time.
        QCOMPARE(verdictOf(eventAt(14, 1500), {.timeline = timeline}), u"WRITTEN"_s);
        QCOMPARE(verdictOf(eventAt(16), {.timeline = timeline}), u"CLOSED_FIRST"_s);
        QCOMPARE(verdictOf(eventAt(19), {.timeline = timeline}), u"CLOSED_FIRST"_s); // It came behind that.
    }

    void whatWaitedWhenItsConnectionWasClosedIsNotKnown()
    {
        ClientTimeline timeline = joined();
        auto record = std::make_shared<SendRecord>();
        record->spans.push_back(
            {.stream = Chat, .kind = EventFate::Kind::Waits, .from = 11, .to = 12, .time = 3000});
        record->spans.push_back(
            {.stream = Chat, .kind = EventFate::Kind::Dropped, .from = 13, .to = 14, .time = 3000});
        timeline.keep(record);
        timeline.gone(9000, u"server disconnect"_s);
        timeline.add({.kind = Kind::Left, .time = 9000, .roomId = Chat, .offset = 20});
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline}), u"UNKNOWN"_s);
        // It came back, and what was lost before stays lost, unless it was sent again.
        timeline.cameBack(8, 10'000);
        QCOMPARE(verdictOf(eventAt(13), {.timeline = timeline, .sent = there()}), u"DROPPED_SLOW"_s);
        QCOMPARE(verdictOf(eventAt(12), {.timeline = timeline, .sent = there()}), u"UNKNOWN"_s);
        timeline.add({.kind = Kind::Followed,
                      .time = 10'000,
                      .roomId = Chat,
                      .offset = 10,
                      .subscriptions = {u"message"_s}});
        QCOMPARE(verdictOf(eventAt(13), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
    }

    void whatWasBeforeAnybodyRememberedIsUnknown()
    {
        const ClientTimeline timeline = joined();
        QCOMPARE(verdictOf(eventAt(9, 800), {.timeline = timeline, .began = 850, .sent = there()}),
                 u"UNKNOWN"_s);
    }

    void ofWhoIsGoneItsRulesAreNotKnown()
    {
        ClientTimeline timeline({.since = 900});
        timeline.add({.kind = Kind::Followed,
                      .time = 1000,
                      .roomId = Chat,
                      .subscriptions = {u"*"_s},
                      .isLimited = true});
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there()}), u"WRITTEN"_s);
        timeline.gone(9000, u"transport close"_s);
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline}), u"UNKNOWN"_s);
    }

    void whoAsksForWhatItMissedGetsItWhomeverItWasFor()
    {
        ClientTimeline timeline = joined();
        timeline.add({.kind = Kind::Followed,
                      .time = 2500,
                      .roomId = Chat,
                      .offset = 10,
                      .subscriptions = {u"message"_s}});
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there(), .wasForIt = false}),
                 u"WRITTEN"_s);
    }

    void whatIsForgottenIsUnknown()
    {
        ClientTimeline timeline = joined();
        timeline.forgetAll(2500);
        QCOMPARE(verdictOf(eventAt(11), {.timeline = timeline, .sent = there()}), u"UNKNOWN"_s);
        const ClientTimeline known = joined();
        auto record = std::make_shared<SendRecord>();
        record->forgottenUntil = 2500;
        SentState sent = there();
        sent.record = record;
        QCOMPARE(verdictOf(eventAt(11), {.timeline = known, .sent = sent}), u"UNKNOWN"_s);
        QCOMPARE(verdictOf(eventAt(11, 2600), {.timeline = known, .sent = sent}), u"WRITTEN"_s);
    }

    void aRoomOfTheSameIdMayHaveBeenAnother()
    {
        ClientTimeline timeline = joined();
        timeline.add({.kind = Kind::Left, .time = 1500, .roomId = Chat, .offset = 20});
        timeline.add(
            {.kind = Kind::Followed, .time = 3000, .roomId = Chat, .offset = 12, .subscriptions = {}});
        QCOMPARE(verdictOf(eventAt(15, 3500), {.timeline = timeline, .sent = there()}), u"NOT_SUBSCRIBED"_s);
    }
};

DIALOGUE_TEST(TestJudgement, NoApplication)
#include "tst_judgement.moc"
