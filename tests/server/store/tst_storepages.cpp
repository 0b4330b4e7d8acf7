#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

#include <limits>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What was said, as far back as the file goes: by number, by offset and by time, of one event and of all. */
class TestStorePages : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    /** Memory has the last three messages, and the last two of whatever event; the file has all. */
    [[nodiscard]] ServerConfig config() const
    {
        ServerConfig config{.rooms = {chatRoom()}, .persistence = folder.persistence()};
        config.rooms[0].events.append(defineEvent(u"note"_s, {}, {.enabled = true, .limit = 1}));
        config.persistence.retention.maxEvents = 1000;
        config.history.recoveryEvents = 2;
        return config;
    }
    /** 1 to 12, each at a time of its own: each third is a note, each fourth (but 12) is somebody's typing.
     */
    static QString eventOf(int i) { return i % 3 == 0 ? u"note"_s : i % 4 == 0 ? u"typing"_s : u"message"_s; }
    static QList<qint64> say(StoredRooms &run)
    {
        QList<qint64> times{0};
        for (int i = 1; i <= 12; ++i) {
            const auto said = run.say(QString::number(i), eventOf(i));
            if (!said)
                qFatal("%s", qPrintable(said.error().text()));
            times.append(said->timestamp);
            QTest::qWait(3);
        }
        return times;
    }
    static QJsonObject ask(StoredRooms &run, SocketId socket, QJsonObject request)
    {
        run.take(socket);
        request.insert(u"roomId"_s, u"chat"_s);
        run.RoomsFixture::ask(socket, names::getHistory, request);
        QList<Received> got;
        (void)QTest::qWaitFor(
            [&] { return !(got += run.take(socket)).isEmpty() && got.last().name == u"ack"; });
        if (got.size() != 2)
            return got.isEmpty() ? QJsonObject() : got[0].payload.toObject();
        return got[0].payload.toObject();
    }
    static QList<int> offsets(const QJsonObject &response)
    {
        QList<int> offsets;
        for (const QJsonValue &event : response[u"events"_s].toArray())
            offsets.append(event[u"offset"_s].toInt());
        return offsets;
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void aStretchGoesBeyondMemory_data()
    {
        QTest::addColumn<int>("from");
        QTest::addColumn<int>("to");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QList<int>>("given");
        QTest::newRow("all") << 1 << 12 << QString() << QList<int>{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1};
        QTest::newRow("over the border") << 9 << 11 << QString() << QList<int>{11, 10, 9};
        QTest::newRow("only the file has") << 2 << 4 << QString() << QList<int>{4, 3, 2};
        QTest::newRow("only memory has") << 11 << 12 << QString() << QList<int>{12, 11};
        QTest::newRow("of one event") << 1 << 12 << u"note"_s << QList<int>{12, 9, 6, 3};
        QTest::newRow("of one without a history") << 1 << 12 << u"typing"_s << QList<int>{};
        QTest::newRow("further than there is") << 12 << 100 << QString() << QList<int>{12};
    }
    void aStretchGoesBeyondMemory()
    {
        QFETCH(int, from);
        QFETCH(int, to);
        QFETCH(QString, event);
        StoredRooms run(config());
        say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QJsonObject request{{u"from"_s, from}, {u"to"_s, to}};
        if (!event.isEmpty())
            request.insert(u"eventName"_s, event);
        const QJsonObject response = ask(run, ann, request);
        QTEST(offsets(response), "given");
        QCOMPARE(response[u"from"_s].toInt(), from);
        QCOMPARE(response[u"to"_s].toInt(), std::min(to, 12));
        QVERIFY(!response.contains(u"more"_s));
    }

    void aStretchIsReadToItsEndInPages_data()
    {
        QTest::addColumn<int>("maxPage");
        QTest::addColumn<qint64>("sendQueue");
        QTest::newRow("by events") << 5 << qint64(4'194'304);
        QTest::newRow("by as many as memory has") << 2 << qint64(4'194'304);
        QTest::newRow("by bytes") << 500 << qint64(1600);
    }
    void aStretchIsReadToItsEndInPages()
    {
        QFETCH(int, maxPage);
        QFETCH(qint64, sendQueue);
        ServerConfig pages = config();
        pages.history.maxPage = maxPage;
        pages.limits.sendQueue = sendQueue;
        StoredRooms run(pages);
        say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QList<int> all;
        int asked = 0;
        for (int to = 12; to >= 1 && asked < 20; ++asked) {
            const QJsonObject response = ask(run, ann, {{u"from"_s, 1}, {u"to"_s, to}});
            QCOMPARE(response[u"to"_s].toInt(), to);
            all += offsets(response);
            const int from = response[u"from"_s].toInt();
            QCOMPARE(response[u"more"_s].toBool(), from > 1);
            to = from - 1;
        }
        QVERIFY(asked > 2);
        QCOMPARE(all, (QList<int>{12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}));
    }

    void whatOneMayNotHearIsLeftOut_data()
    {
        QTest::addColumn<int>("maxPage");
        QTest::addColumn<qint64>("sendQueue");
        QTest::newRow("at once") << 500 << qint64(4'194'304);
        QTest::newRow("in pages of events") << 5 << qint64(4'194'304);
        QTest::newRow("in pages of bytes") << 500 << qint64(1600);
    }
    void whatOneMayNotHearIsLeftOut()
    {
        QFETCH(int, maxPage);
        QFETCH(qint64, sendQueue);
        ServerConfig guarded = config();
        guarded.rooms[0].rules.subscribe.byEvent = {{u"note"_s, Who{}}};
        guarded.history.maxPage = maxPage;
        guarded.limits.sendQueue = sendQueue;
        StoredRooms run(guarded);
        say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QList<int> byNumber;
        for (int start = 0, asked = 0; start < 12; ++asked) {
            QVERIFY(asked < 12);
            const QJsonObject page = ask(run, ann, {{u"start"_s, start}, {u"end"_s, 12}});
            byNumber += offsets(page);
            start = page[u"end"_s].toInt();
        }
        QCOMPARE(byNumber, (QList<int>{11, 10, 7, 5, 2, 1})); // Without those that have no history.
        QList<int> byOffset;
        for (int to = 12, asked = 0; to >= 1; ++asked) {
            QVERIFY(asked < 12);
            const QJsonObject page = ask(run, ann, {{u"from"_s, 1}, {u"to"_s, to}});
            byOffset += offsets(page);
            to = page[u"from"_s].toInt() - 1;
        }
        QCOMPARE(byOffset, (QList<int>{11, 10, 8, 7, 5, 4, 2, 1}));
        const QJsonObject refused
            = ask(run, ann, {{u"eventName"_s, u"note"_s}, {u"from"_s, 1}, {u"to"_s, 12}});
        QCOMPARE(refused[u"code"_s].toString(), u"PERMISSION_DENIED"_s);
    }

    void whatWasSaidAtATimeIsFound_data()
    {
        QTest::addColumn<int>("first");
        QTest::addColumn<int>("last");
        QTest::addColumn<QString>("event");
        QTest::addColumn<QList<int>>("given");
        QTest::newRow("only the file has") << 3 << 6 << QString() << QList<int>{6, 5, 4, 3};
        QTest::newRow("over the border") << 9 << 12 << QString() << QList<int>{12, 11, 10, 9};
        QTest::newRow("only memory has") << 12 << 12 << QString() << QList<int>{12};
        QTest::newRow("the first") << 1 << 1 << QString() << QList<int>{1};
        QTest::newRow("from then on") << 10 << 0 << QString() << QList<int>{12, 11, 10};
        QTest::newRow("until then") << 0 << 2 << QString() << QList<int>{2, 1};
        QTest::newRow("of one event") << 3 << 9 << u"note"_s << QList<int>{9, 6, 3};
    }
    void whatWasSaidAtATimeIsFound()
    {
        QFETCH(int, first);
        QFETCH(int, last);
        QFETCH(QString, event);
        StoredRooms run(config());
        const QList<qint64> times = say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QJsonObject request;
        if (first > 0)
            request.insert(u"fromTime"_s, times[first]);
        if (last > 0)
            request.insert(u"toTime"_s, times[last]);
        if (!event.isEmpty())
            request.insert(u"eventName"_s, event);
        const QJsonObject response = ask(run, ann, request);
        QTEST(offsets(response), "given");
        QCOMPARE(response[u"from"_s].toInt(), 1);
    }

    void aClockThatWasSetBackBringsNothingOfAnotherTime()
    {
        QList<qint64> times;
        {
            StoredRooms run(config());
            times = say(run);
        }
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
            QVERIFY(file);
            QVERIFY(file->execute("UPDATE events SET time=5 WHERE key&63=4"));
        }
        StoredRooms run(config());
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(offsets(ask(run, ann, {{u"fromTime"_s, times[3]}, {u"toTime"_s, times[6]}})),
                 (QList<int>{6, 5, 3}));
    }

    void allEventsOfARoomAreCountedAsOne_data()
    {
        QTest::addColumn<int>("start");
        QTest::addColumn<int>("end");
        QTest::addColumn<QList<int>>("given");
        QTest::newRow("all") << 0 << 50 << QList<int>{12, 11, 10, 9, 7, 6, 5, 3, 2, 1};
        QTest::newRow("in the middle") << 2 << 5 << QList<int>{10, 9, 7};
        QTest::newRow("the oldest") << 9 << 12 << QList<int>{1};
        QTest::newRow("behind it") << 10 << 12 << QList<int>{};
    }
    void allEventsOfARoomAreCountedAsOne()
    {
        QFETCH(int, start);
        QFETCH(int, end);
        QFETCH(QList<int>, given);
        StoredRooms run(config());
        say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(offsets(ask(run, ann, {{u"start"_s, start}, {u"end"_s, end}})), given);
        QStringList told;
        for (const int offset : given)
            told.append(u"%1 %1"_s.arg(offset));
        QCOMPARE(run.history({}, {.start = start, .end = end}), told);
    }

    void aPageThatIsCutSaysHowFarItGoes()
    {
        ServerConfig tight = config();
        tight.limits.sendQueue = 1600;
        StoredRooms run(tight);
        say(run);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QList<int> all;
        for (int start = 0, asked = 0; start < 10 && asked < 10; ++asked) {
            const QJsonObject response = ask(run, ann, {{u"start"_s, start}, {u"end"_s, 10}});
            const QList<int> got = offsets(response);
            QVERIFY(!got.isEmpty() && got.size() < 10);
            QCOMPARE(response[u"end"_s].toInt(), start + got.size());
            all += got;
            start += int(got.size());
        }
        QCOMPARE(all, (QList<int>{12, 11, 10, 9, 7, 6, 5, 3, 2, 1}));
    }

    void whatTakesTooLongIsGivenUp()
    {
        StoredRooms run(config());
        auto reader = store::StoreFile::reader(folder.path());
        QVERIFY(reader);
        int asked = 0;
        reader->goOnWhile([&asked] { return ++asked < 3; });
        const auto endless = reader->number(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT max(i) FROM n");
        QVERIFY(!endless);
        QCOMPARE(asked, 3);
    }

    void whatNobodyWantsAnyMoreIsNotRead()
    {
        StoredRooms run(config());
        say(run);
        std::stop_source stop;
        stop.request_stop();
        const auto page = run.pages().read({.roomId = u"chat"_s, .most = 5}, stop.get_token());
        QTRY_VERIFY(page.isFinished());
        QCOMPARE(page.resultCount(), 0);
    }
};

DIALOGUE_TEST(TestStorePages, QCoreApplication)
#include "tst_storepages.moc"
