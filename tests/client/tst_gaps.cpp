#include "tests/client/support/await.h"
#include "tests/client/support/scriptedserver.h"

#include "testclasses.h"

#include <QSignalSpy>
#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

/** What the server let go of, for whom it was too much: it is told, and may be fetched. */
class TestGaps : public QObject
{
    Q_OBJECT

    using AckId = ScriptedServer::AckId;
    using Reason = Gap::Reason;

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<DialogueClient> m_client;
    QJsonObject m_joined; ///< What is said to the next join, besides the room.
    std::function<void()> m_replay; ///< Between that and its ack.
    QList<QJsonObject> m_joins;
    QList<QPair<QJsonObject, AckId>> m_asked; ///< Of history.
    QStringList m_seen; ///< Offsets of events, and ranges of gaps, in their order.

    void deliver(quint64 offset, const QString &name = u"message"_s)
    {
        QJsonObject message{{u"event"_s, name},
                            {u"roomId"_s, u"lab"_s},
                            {u"data"_s, 1},
                            {u"from"_s, u"bob"_s},
                            {u"timestamp"_s, 1}};
        if (offset > 0)
            message.insert(u"offset"_s, static_cast<qint64>(offset));
        m_server->emitEvent(u"dialogue:event"_s, message);
    }
    void gap(int from, int to, const QString &reason = u"dropped"_s)
    {
        m_server->emitEvent(
            u"dialogue:gap"_s,
            {{u"roomId"_s, u"lab"_s}, {u"from"_s, from}, {u"to"_s, to}, {u"reason"_s, reason}});
    }
    RoomContext *join()
    {
        const auto lab = await(m_client->join(u"lab"_s));
        if (!lab)
            return nullptr;
        (*lab)->onAny(this, [this](const EventMessage &message) {
            m_seen.append(message.offset > 0 ? QString::number(message.offset) : message.event);
        });
        connect(*lab, &RoomContext::gap, this,
                [this](const Gap &gap) { m_seen.append(u"%1-%2"_s.arg(gap.from).arg(gap.to)); });
        return *lab;
    }
    [[nodiscard]] QJsonObject answerFor(const QJsonObject &asked, int from, int to, const QList<int> &offsets,
                                        bool more) const
    {
        QJsonArray events;
        for (const int offset : offsets) {
            events.append(QJsonObject{{u"event"_s, u"message"_s},
                                      {u"roomId"_s, u"lab"_s},
                                      {u"data"_s, offset},
                                      {u"from"_s, u"bob"_s},
                                      {u"timestamp"_s, 1},
                                      {u"offset"_s, offset}});
        }
        QJsonObject answer{{u"roomId"_s, asked[u"roomId"_s]},
                           {u"eventName"_s, asked[u"eventName"_s]},
                           {u"events"_s, events},
                           {u"from"_s, from},
                           {u"to"_s, to}};
        if (more)
            answer.insert(u"more"_s, true);
        return answer;
    }

private Q_SLOTS:
    void init()
    {
        m_joined = {{u"epoch"_s, u"e"_s}, {u"offset"_s, 4}};
        m_replay = nullptr;
        m_joins.clear();
        m_asked.clear();
        m_seen.clear();
        m_server = std::make_unique<ScriptedServer>();
        m_server->answer = [this](const QString &name, const QJsonObject &payload, AckId id) {
            if (name == u"dialogue:getHistory")
                m_asked.append({payload, id});
            if (name != u"dialogue:join")
                return;
            m_joins.append(payload);
            QJsonObject joined = m_joined;
            joined.insert(u"roomId"_s, payload[u"roomId"_s]);
            joined.insert(u"roomName"_s, u"Lab"_s);
            m_server->emitEvent(u"dialogue:joined"_s, joined);
            if (m_replay)
                m_replay();
            m_server->ack(id, joined);
        };
        m_client = m_server->client();
    }
    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void whatWasDroppedIsToldInItsPlace()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        QSignalSpy told(lab, &RoomContext::gap);
        QSignalSpy toldByClient(m_client.get(), &DialogueClient::gap);
        deliver(5);
        gap(6, 8);
        deliver(9);
        gap(10, 10, u"replaced"_s);
        QTRY_COMPARE(m_seen, (QStringList{u"5"_s, u"6-8"_s, u"9"_s, u"10-10"_s}));
        QCOMPARE(told[0][0].value<Gap>(), (Gap{.from = 6, .to = 8, .reason = Reason::Dropped}));
        QCOMPARE(told[1][0].value<Gap>(), (Gap{.from = 10, .to = 10, .reason = Reason::Replaced}));
        QCOMPARE(toldByClient.count(), 2);
        QCOMPARE(toldByClient[0][0].toString(), u"lab"_s);
    }

    void eventsInsideAGapStillComeOnce()
    {
        QVERIFY(join());
        gap(5, 9); // 6 and 8 were not dropped
        deliver(6);
        deliver(6);
        deliver(8);
        deliver(10);
        deliver(10);
        QTRY_COMPARE(m_seen, (QStringList{u"5-9"_s, u"6"_s, u"8"_s, u"10"_s}));
    }

    void whatCameBeforeTheGapDoesNotComeAgain()
    {
        QVERIFY(join());
        deliver(6);
        gap(5, 7);
        deliver(6);
        deliver(7);
        QTRY_COMPARE(m_seen, (QStringList{u"6"_s, u"5-7"_s, u"7"_s}));
    }

    void whatWasToldIsNotAskedForAgain()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        deliver(5);
        gap(6, 8);
        QTRY_COMPARE(lab->position(), (RoomPosition{"e", 8}));
        m_joined[u"recovered"_s] = true;
        m_joined[u"offset"_s] = 9;
        m_replay = [this] { deliver(9); };
        m_server->cut();
        QTRY_COMPARE(m_seen, (QStringList{u"5"_s, u"6-8"_s, u"9"_s}));
        QCOMPARE(m_joins.last()[u"since"_s].toObject()[u"offset"_s].toInt(), 8);
    }

    void whatWasNotToldIsAskedForAgain()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        deliver(5);
        QTRY_COMPARE(m_seen.size(), 1);
        m_joined[u"recovered"_s] = true;
        m_joined[u"offset"_s] = 30;
        m_replay = [this] {
            deliver(6);
            gap(7, 12);
            deliver(13);
        };
        m_server->cut(); // and again, amid what is recovered, with the join acknowledged
        QTRY_COMPARE(m_seen.size(), 4);
        QCOMPARE(lab->position().offset, 13U);
        m_replay = [this] { deliver(14); };
        m_server->cut();
        QTRY_COMPARE(m_seen, (QStringList{u"5"_s, u"6"_s, u"7-12"_s, u"13"_s, u"14"_s}));
        QCOMPARE(m_joins.last()[u"since"_s].toObject()[u"offset"_s].toInt(), 13);
    }

    void anAckAheadOfWhatIsRecoveredTakesNothingAway()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        m_joined[u"recovered"_s] = true;
        m_joined[u"offset"_s] = 30;
        QSignalSpy joined(lab, &RoomContext::joinedChanged);
        m_server->cut();
        QTRY_COMPARE(joined.count(), 2); // out and in
        QVERIFY(await(m_client->join(u"lab"_s)));
        deliver(7);
        deliver(30);
        deliver(31);
        QTRY_COMPARE(m_seen, (QStringList{u"7"_s, u"30"_s, u"31"_s}));
    }

    void theSameLossIsToldOnce()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        m_joined[u"recovered"_s] = false;
        m_joined[u"offset"_s] = 9;
        m_replay = [this] {
            gap(5, 9);
            gap(6, 7);
        };
        m_server->cut();
        QTRY_COMPARE(m_joins.size(), 2);
        QTRY_VERIFY(lab->isJoined());
        deliver(10);
        gap(10, 12); // another one
        QTRY_COMPARE(m_seen, (QStringList{u"5-9"_s, u"10"_s, u"10-12"_s}));
        QCOMPARE(lab->position().offset, 12U);
    }

    void aGapBeforeAnybodyCouldListenWaitsForThem()
    {
        m_replay = [this] {
            gap(5, 6);
            deliver(7);
        };
        QVERIFY(join());
        QTRY_COMPARE(m_seen, (QStringList{u"5-6"_s, u"7"_s}));
    }

    void ephemeralEventsPassWithoutAPlace()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        deliver(5);
        deliver(0, u"typing"_s);
        deliver(0, u"typing"_s);
        QTRY_COMPARE(m_seen, (QStringList{u"5"_s, u"typing"_s, u"typing"_s}));
        QCOMPARE(lab->position(), (RoomPosition{"e", 5}));
    }

    void aGapThatIsNoneIsAViolation()
    {
        QVERIFY(join());
        QSignalSpy errors(m_client.get(), &DialogueClient::errorOccurred);
        gap(6, 5);
        QTRY_COMPARE(errors.count(), 1);
        const auto error = errors[0][0].value<Error>();
        QCOMPARE(error.code, ErrorCode::ProtocolViolation);
        QVERIFY2(error.message.contains(u"dialogue:gap"_s), qPrintable(error.message));
    }

    void aLongReplayIsNoLateAnswer()
    {
        m_server->answer = [this](const QString &name, const QJsonObject &payload, AckId id) {
            QJsonObject joined = m_joined;
            joined.insert(u"roomId"_s, payload[u"roomId"_s]);
            joined.insert(u"roomName"_s, u"Lab"_s);
            if (name == u"dialogue:join")
                m_server->emitEvent(u"dialogue:joined"_s, joined);
            if (name == u"dialogue:join" && m_server->connections == 1)
                m_server->ack(id, joined);
        };
        ClientConfig config = ScriptedServer::quick();
        config.timeouts.request = std::chrono::milliseconds(20);
        m_client = m_server->client(config);
        RoomContext *const lab = join();
        QVERIFY(lab);
        QSignalSpy joined(lab, &RoomContext::joinedChanged);
        m_server->cut();
        QTRY_COMPARE(joined.count(), 2); // out and in
        QCOMPARE(await(m_client->listRooms()).error().code, ErrorCode::Timeout); // as the join's ack was
        QCOMPARE(await(m_client->listRooms()).error().code, ErrorCode::Timeout);
        QVERIFY(lab->isJoined());
        QCOMPARE(m_server->connections, 2);
    }

    void whatIsMissingMayBeFetched()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto future = lab->getHistoryBetween(6, 8, u"message"_s);
        QTRY_COMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked[0].first,
                 (QJsonObject{
                     {u"roomId"_s, u"lab"_s}, {u"eventName"_s, u"message"_s}, {u"from"_s, 6}, {u"to"_s, 8}}));
        m_server->emitEvent(u"dialogue:historyResponse"_s, answerFor(m_asked[0].first, 6, 8, {8, 6}, false));
        const auto page = await(future);
        QVERIFY(page);
        QCOMPARE(page->events.size(), 2);
        QCOMPARE(page->events[0].offset, 8U);
        QCOMPARE(page->from, 6U);
        QCOMPARE(page->to, 8U);
        QVERIFY(!page->more);
        QCOMPARE(m_seen, QStringList()); // it is no delivery
    }

    void aLargeGapIsFetchedInPages_data()
    {
        QTest::addColumn<int>("from"); // as the first answer has it
        QTest::newRow("that say how far they go") << 20;
        QTest::newRow("that repeat what was asked") << 5;
    }
    void aLargeGapIsFetchedInPages()
    {
        QFETCH(int, from);
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto first = lab->getHistoryBetween(5, 30);
        QTRY_COMPARE(m_asked.size(), 1);
        m_server->emitEvent(u"dialogue:historyResponse"_s,
                            answerFor(m_asked[0].first, from, 30, {29, 20}, true));
        const auto page = await(first);
        QVERIFY(page);
        QVERIFY(page->more);
        QCOMPARE(page->from, 20U);
        const auto second = lab->getHistoryBetween(5, page->from - 1);
        QTRY_COMPARE(m_asked.size(), 2);
        QCOMPARE(m_asked[1].first[u"to"_s].toInt(), 19);
        m_server->emitEvent(u"dialogue:historyResponse"_s, answerFor(m_asked[1].first, 5, 19, {7}, false));
        QVERIFY(!await(second)->more);
    }

    void whatWasSaidAtATimeMayBeFetched()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto noon = QDateTime::fromString(u"2026-11-29T12:00:00Z"_s, Qt::ISODate);
        const auto future
            = lab->getHistoryBetween({.fromTime = noon, .toTime = noon.addSecs(60), .event = u"message"_s});
        QTRY_COMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked[0].first,
                 (QJsonObject{{u"roomId"_s, u"lab"_s},
                              {u"eventName"_s, u"message"_s},
                              {u"from"_s, 1},
                              {u"to"_s, (qint64(1) << 53) - 1},
                              {u"fromTime"_s, noon.toMSecsSinceEpoch()},
                              {u"toTime"_s, noon.toMSecsSinceEpoch() + 60'000}}));
        m_server->emitEvent(u"dialogue:historyResponse"_s, answerFor(m_asked[0].first, 1, 8, {8, 6}, false));
        QCOMPARE(await(future)->events.size(), 2);
        QCOMPARE(await(lab->getHistoryBetween({.fromTime = noon, .toTime = noon.addSecs(-1)})).error().code,
                 ErrorCode::InvalidRequest);
    }

    void eachAnswerGoesToWhoAskedForIt()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto newest = lab->getHistory();
        const auto other = lab->getHistoryBetween(1, 3);
        const auto missing = lab->getHistoryBetween(6, 8);
        QTRY_COMPARE(m_asked.size(), 3);
        m_server->emitEvent(u"dialogue:historyResponse"_s, answerFor(m_asked[2].first, 6, 8, {7}, false));
        QCOMPARE(await(missing)->events[0].offset, 7U);
        QVERIFY(!newest.isFinished());
        QVERIFY(!other.isFinished());
        m_server->emitEvent(u"dialogue:historyResponse"_s, answerFor(m_asked[1].first, 1, 3, {2}, false));
        QCOMPARE(await(other)->events[0].offset, 2U);
        QVERIFY(!newest.isFinished());
        m_server->emitEvent(u"dialogue:historyResponse"_s,
                            {{u"roomId"_s, u"lab"_s},
                             {u"eventName"_s, QJsonValue::Null},
                             {u"events"_s, QJsonArray()},
                             {u"start"_s, 0},
                             {u"end"_s, 50}});
        QVERIFY(await(newest));
    }

    void aServerThatKnowsNoOffsetsIsSaidToBeOne()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto future = lab->getHistoryBetween(6, 8);
        QTRY_COMPARE(m_asked.size(), 1);
        m_server->ack(m_asked[0].second, {{u"count"_s, 0}});
        const auto page = await(future);
        QCOMPARE(page.error().code, ErrorCode::InvalidRequest);
        QVERIFY2(page.error().message.contains(u"offsets"_s), qPrintable(page.error().message));
    }

    void noStretchOfALogIsNotAskedFor_data()
    {
        QTest::addColumn<quint64>("from");
        QTest::addColumn<quint64>("to");
        QTest::newRow("from nothing") << quint64(0) << quint64(5);
        QTest::newRow("backwards") << quint64(6) << quint64(5);
        QTest::newRow("beyond all offsets") << (quint64(1) << 53) << (quint64(1) << 60);
    }
    void noStretchOfALogIsNotAskedFor()
    {
        QFETCH(quint64, from);
        QFETCH(quint64, to);
        RoomContext *const lab = join();
        QVERIFY(lab);
        const auto page = await(lab->getHistoryBetween(from, to));
        QCOMPARE(page.error().code, ErrorCode::InvalidRequest);
        QCOMPARE(m_asked.size(), 0);
    }

    void allSinceAPlaceMayBeAskedFor()
    {
        RoomContext *const lab = join();
        QVERIFY(lab);
        (void)lab->getHistoryBetween(6, std::numeric_limits<quint64>::max());
        QTRY_COMPARE(m_asked.size(), 1);
        QCOMPARE(m_asked[0].first[u"to"_s].toDouble(), 9007199254740991.0);
    }
};

DIALOGUE_TEST(TestGaps, QCoreApplication)
#include "tst_gaps.moc"
