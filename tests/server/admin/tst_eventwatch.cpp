#include "core/protocol/dialogue/eventmessage.h"
#include "server/admin/eventwatch.h"
#include "server/socketio/eventencoding.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::admin;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

/** What one console is shown of events. */
class TestEventWatch : public QObject
{
    Q_OBJECT

    const Encodings m_encodings{.kept = socketio::eventEncoding()};
    quint64 m_offset = 0;
    const EventWatch::Clock::time_point m_now = EventWatch::Clock::now();

    WatchedEvent said(const QString &room, const QString &name, const QByteArray &data,
                      const QString &from = u"ann"_s, const QJsonObject &meta = {})
    {
        const EventMessage message{.event = name,
                                   .roomId = room,
                                   .data = JsonData::fromText(data),
                                   .from = from,
                                   .timestamp = 1000,
                                   .meta = meta,
                                   .offset = ++m_offset};
        return {.publication
                = Publication::create(m_encodings, {.offset = m_offset, .seq = 40 + m_offset, .time = 1000},
                                      message, protocol::encodeEventMessage(message), {}),
                .roomId = room,
                .from = from};
    }
    static WatchSpec spec() { return {.name = u"w"_s, .rooms = {u"*"_s}, .reach = {u"*"_s}}; }

private Q_SLOTS:
    void init() { m_offset = 0; }

    void aBatchHasEachNameOnce()
    {
        WatchSpec of = spec();
        of.payload = true;
        EventWatch watch(of, "salt");
        watch.look(said(u"chat"_s, u"message"_s, "{\"n\":1}", u"ann"_s, {{u"lang"_s, u"en"_s}}), m_now);
        watch.look(said(u"chat"_s, u"message"_s, "2", u"bob"_s), m_now);
        const auto batch = watch.take();
        QVERIFY(batch);
        QCOMPARE(batch->names, (QStringList{u"chat"_s, u"message"_s, u"ann"_s, u"bob"_s}));
        QCOMPARE(batch->number, quint64(1));
        QCOMPARE(batch->rows.size(), 2);
        QCOMPARE(batch->rows[0].seq, quint64(41));
        QCOMPARE(batch->rows[1].from, 3);
        QCOMPARE(batch->payloads, QByteArray(R"({"n":1}{"lang":"en"}2)"));
        QCOMPARE(batch->rows[0].dataSize + batch->rows[0].metaSize, 20);
        QVERIFY(!watch.take());
        watch.look(said(u"chat"_s, u"message"_s, "3"), m_now);
        QCOMPARE(watch.take()->number, quint64(2));
    }

    void withoutPayloadsThereAreNone()
    {
        EventWatch watch(spec(), "salt");
        watch.look(said(u"chat"_s, u"message"_s, R"("secret")", u"ann"_s, {{u"a"_s, 1}}), m_now);
        const auto batch = watch.take();
        QVERIFY(batch->payloads.isEmpty());
        QCOMPARE(batch->rows[0].dataSize, 0);
        QVERIFY(batch->rows[0].size > 8);
        QVERIFY(!batch->write().contains("secret"));
    }

    void whoEventsAreFromMayBeMasked()
    {
        WatchSpec of = spec();
        of.masked = true;
        of.filter = *Filter::parse(u"from == \"ann\" || offset == 2");
        EventWatch watch(of, "salt");
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        watch.look(said(u"chat"_s, u"message"_s, "2"), m_now);
        const auto batch = watch.take();
        QCOMPARE(batch->rows.size(), 1);
        QCOMPARE(batch->names[batch->rows[0].from], pseudonym(u"ann"_s, "salt"));
    }

    void roomsEventsAndTheAccountAllHaveToMatch_data()
    {
        QTest::addColumn<QStringList>("rooms");
        QTest::addColumn<QStringList>("reach");
        QTest::addColumn<QStringList>("events");
        QTest::addColumn<int>("shown");
        const QStringList all{u"*"_s};
        QTest::newRow("all") << all << all << QStringList() << 3;
        QTest::newRow("a room") << QStringList{u"chat"_s} << all << QStringList() << 2;
        QTest::newRow("the account's") << all << QStringList{u"ga*"_s} << QStringList() << 1;
        QTest::newRow("neither") << QStringList{u"chat"_s} << QStringList{u"game"_s} << QStringList() << 0;
        QTest::newRow("events") << all << all << QStringList{u"mess*"_s} << 1;
    }
    void roomsEventsAndTheAccountAllHaveToMatch()
    {
        QFETCH(QStringList, rooms);
        QFETCH(QStringList, reach);
        QFETCH(QStringList, events);
        QFETCH(int, shown);
        WatchSpec of = spec();
        of.rooms = rooms;
        of.reach = reach;
        of.events = events;
        EventWatch watch(of, "salt");
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        watch.look(said(u"chat"_s, u"typing"_s, "1"), m_now);
        watch.look(said(u"game"_s, u"move"_s, "1"), m_now);
        const auto batch = watch.take();
        QCOMPARE(batch ? int(batch->rows.size()) : 0, shown);
    }

    void noMoreBatchesAreUnderWayThanItTakes()
    {
        EventWatch watch(spec(), "salt");
        for (int i = 0; i < EventWatch::MostUnderWay; ++i) {
            watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
            QVERIFY(watch.take());
        }
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        QVERIFY(!watch.take());
        watch.credit(0);
        watch.credit(99); // Of one that there was not.
        QVERIFY(!watch.take());
        watch.credit(1);
        QCOMPARE(watch.take()->number, quint64(EventWatch::MostUnderWay + 1));
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        QVERIFY(!watch.take());
    }

    void whatIsTooMuchIsToldInNumber()
    {
        WatchSpec of = spec();
        of.payload = true;
        EventWatch watch(of, "salt");
        const QByteArray large = '"' + QByteArray(100'000, 'x') + '"';
        int looked = 0;
        for (; watch.drops().queue < 3; ++looked)
            watch.look(said(u"chat"_s, u"message"_s, large), m_now);
        QVERIFY(watch.isFull());
        const auto batch = watch.take();
        QCOMPARE(batch->dropped.queue, 3);
        QCOMPARE(batch->rows.size() + batch->dropped.all(), looked);
        QVERIFY(batch->payloads.size() <= EventWatch::MostBytesWaiting + large.size());

        of.ringDropped->store(7);
        const auto next = watch.take();
        QVERIFY(next);
        QCOMPARE(next->dropped.ring, 7);
        QVERIFY(next->rows.isEmpty());
        QVERIFY(!watch.take());
    }

    void ofWhatIsLargeTheSizeIsTold()
    {
        WatchSpec of = spec();
        of.payload = true;
        EventWatch watch(of, "salt");
        watch.look(said(u"chat"_s, u"message"_s, '"' + QByteArray(EventWatch::LargestPayload, 'x') + '"'),
                   m_now);
        const auto batch = watch.take();
        QCOMPARE(batch->rows[0].dataSize, 0);
        QVERIFY(batch->rows[0].size > EventWatch::LargestPayload);
    }

    void aRateIsOfASecond()
    {
        WatchSpec of = spec();
        of.maxRate = 2;
        EventWatch watch(of, "salt");
        for (int i = 0; i < 5; ++i)
            watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        const auto first = watch.take();
        QCOMPARE(first->rows.size(), 2);
        QCOMPARE(first->dropped.rate, 3);
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now + 999ms);
        QCOMPARE(watch.take()->dropped.rate, 1);
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now + 1s);
        QCOMPARE(watch.take()->rows.size(), 1);
    }

    void howLongACoveredTextIsIsNotTold()
    {
        WatchSpec of = spec();
        of.filter = *Filter::parse(u"!size");
        EventWatch watch(of, "salt");
        WatchedEvent login = said(u"chat"_s, u"login"_s, R"({"pin":"4711"})");
        login.redaction = std::make_shared<const Redaction>(QList<Redaction::Rule>{{.path = {u"pin"_s}}});
        watch.look(login, m_now);
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        const auto batch = watch.take();
        QCOMPARE(batch->rows.size(), 1);
        QCOMPARE(batch->rows[0].size, 0);
    }

    void howMuchIsSaidElsewhereIsNotTold()
    {
        WatchSpec of = spec();
        of.reach = {u"ch*"_s};
        EventWatch watch(of, "salt");
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        QCOMPARE(watch.take()->rows[0].seq, quint64(0));
    }

    void aFilterTakesNoMoreOfASecondThanItsShare()
    {
        WatchSpec of = spec();
        of.filter = *Filter::parse(u"event == \"message\"");
        EventWatch watch(of, "salt");
        watch.setFilterShare(1ns);
        for (int i = 0; i < 3; ++i)
            watch.look(said(u"chat"_s, u"message"_s, "1"), m_now);
        const auto batch = watch.take();
        QCOMPARE(batch->rows.size(), 1);
        QCOMPARE(batch->dropped.filter, 2);
        watch.look(said(u"chat"_s, u"message"_s, "1"), m_now + 1s);
        QCOMPARE(watch.take()->rows.size(), 1);
    }

    void aFilterSeesWhatIsSeen()
    {
        WatchSpec of = spec();
        of.filter = *Filter::parse(u"data.pin == \"4711\"");
        EventWatch watch(of, "salt");
        WatchedEvent login = said(u"chat"_s, u"login"_s, R"({"pin":"4711"})");
        login.redaction = std::make_shared<const Redaction>(QList<Redaction::Rule>{{.path = {u"pin"_s}}});
        watch.look(login, m_now);
        QVERIFY(!watch.take());
        of.redacted = false;
        watch.respecify(of);
        watch.look(login, m_now);
        QVERIFY(watch.take());
    }
};

DIALOGUE_TEST(TestEventWatch, QCoreApplication)
#include "tst_eventwatch.moc"
