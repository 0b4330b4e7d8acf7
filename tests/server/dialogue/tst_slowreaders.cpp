#include "dialoguetest.h"
#include "pollingreader.h"
#include "websocketreader.h"

#include "testclasses.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSignalSpy>

#include <type_traits>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;

namespace {

/** What a reader knows of a room's events. */
struct ReadPosition
{
    QSet<int> told; ///< Came, or is known to be missing.
    QHash<int, QString> texts; ///< Of those that came, or were fetched.
    int delivered = 0;
    int gaps = 0;
    int reached = 0;
    bool passedOne = false; ///< An event came before it was known that an earlier one will not.

    void take(const QByteArray &packet)
    {
        if (!packet.startsWith("42[\"dialogue:"))
            return;
        const QJsonArray args = QJsonDocument::fromJson(packet.mid(2)).array();
        const QString name = args.at(0).toString();
        const QJsonObject payload = args.at(1).toObject();
        int to = payload[u"offset"].toInt();
        int from = to;
        if (name == u"dialogue:gap") {
            from = payload[u"from"].toInt();
            to = payload[u"to"].toInt();
            ++gaps;
        } else if (name != u"dialogue:event") {
            return;
        } else {
            ++delivered;
            texts.insert(to, payload[u"data"][u"text"].toString());
        }
        for (int offset = from; offset <= to; ++offset)
            told.insert(offset);
        while (told.contains(reached + 1))
            ++reached;
        passedOne = passedOne || (name == u"dialogue:event" && reached < to);
    }
};

} // namespace

/** Readers that fall behind in rooms that drop events, against the whole server. */
class TestSlowReaders : public QObject
{
    Q_OBJECT

    template <class Reader>
    static Reader readerOf(quint16 port, bool compressed)
    {
        if constexpr (std::is_same_v<Reader, WebSocketReader>)
            return Reader(port, compressed);
        else
            return Reader(port);
    }

    /** Always the same of that number, of which a third is left when it is compressed. */
    static QString random(int number)
    {
        QRandomGenerator generator(quint32(number) + 1);
        QString text = QString::number(number);
        while (text.size() < 2000)
            text += QString::number(generator.generate(), 36);
        return text;
    }

    template <class Reader>
    static void joins(Reader &reader, Dialogue &server)
    {
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        reader.say("40");
        QTRY_COMPARE(connected.size(), 1);
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        QTRY_COMPARE(server.room(u"chat"_s)->size(), 1);
    }

    template <class Reader>
    static void readsAllOrIsTold(SlowReaderPolicy policy, int workers, bool compressed = false)
    {
        constexpr int events
            = 12000; // Of a kilobyte: more than the kernel keeps for a reader, and the queue.
        ServerConfig settings = config(workers);
        settings.rooms[0].slowReader = policy;
        if (policy == SlowReaderPolicy::KeepLatest)
            settings.rooms[0].latestKey = u"text"_s;
        settings.limits.sendQueue = 1'000'000;
        settings.engine.perMessageDeflate.enabled = true;
        Dialogue server(settings);
        QVERIFY(server.start());
        Reader reader = readerOf<Reader>(server.port(), compressed);
        Room *const room = server.room(u"chat"_s);
        joins(reader, server);
        QCOMPARE(room->size(), 1);
        for (int i = 1; i <= events; ++i) {
            const QString text
                = compressed ? random(i % 500) : QString::number(i % 500).leftJustified(1000, u'.');
            QVERIFY(room->trigger(u"message"_s, QJsonObject{{u"text"_s, text}}).result());
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        ReadPosition position;
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (const QByteArray &packet : reader.read())
                    position.take(packet);
                return position.reached == events;
            },
            30000));
        if constexpr (std::is_same_v<Reader, WebSocketReader>)
            QCOMPARE(reader.inflated() >= position.delivered && position.delivered > 0, compressed);
        QVERIFY(!position.passedOne);
        QVERIFY2(position.delivered < events, "it never was too slow");
        QVERIFY(position.gaps > 0);
        QCOMPARE(room->size(), 1); // Nobody was thrown out.
    }

    /** Asks \a reader's server, and gives back the payload of the \a answer that comes. */
    static QJsonObject ask(WebSocketReader &reader, const QByteArray &request, const QString &answer)
    {
        reader.say("42" + request);
        QJsonObject payload;
        (void)QTest::qWaitFor(
            [&] {
                for (const QByteArray &packet : reader.read()) {
                    const QJsonArray args = QJsonDocument::fromJson(packet.mid(2)).array();
                    if (args.at(0).toString() == answer)
                        payload = args.at(1).toObject();
                }
                return !payload.isEmpty();
            },
            20000);
        return payload;
    }
    static QByteArray stretch(int from, int to)
    {
        return R"(["dialogue:getHistory",{"roomId":"chat","from":)" + QByteArray::number(from) + R"(,"to":)"
            + QByteArray::number(to) + "}]";
    }

    template <class Reader>
    static void missesWhatIsVolatile(int workers, int eventsInATurn)
    {
        constexpr int events = 12000;
        ServerConfig settings = config(workers);
        settings.rooms[0].slowReader = SlowReaderPolicy::Disconnect;
        settings.limits.sendQueue = 1'000'000;
        Dialogue server(settings);
        QVERIFY(server.start());
        Reader reader(server.port());
        Room *const room = server.room(u"chat"_s);
        joins(reader, server);
        QCOMPARE(room->size(), 1);
        const QString text = QString(1000, u'.');
        for (int i = 1; i <= events; ++i) {
            QVERIFY(
                room->trigger(u"message"_s, QJsonObject{{u"text"_s, text}}, {.isVolatile = true}).result());
            if (i % eventsInATurn == 0)
                QCoreApplication::processEvents();
        }
        QVERIFY(room->trigger(u"message"_s, QJsonObject{{u"text"_s, u"the last"_s}}).result());
        ReadPosition position;
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (const QByteArray &packet : reader.read())
                    position.take(packet);
                return position.reached == 1; // The only one with an offset.
            },
            30000));
        QVERIFY2(position.delivered < events, "it never was too slow");
        QCOMPARE(position.gaps, 0);
        QCOMPARE(room->size(), 1);
        qint64 dropped = -1;
        server.workerCounters(&server, [&](const std::vector<WorkerCounters> &all) {
            dropped = 0;
            for (const WorkerCounters &each : all) {
                dropped += each.volatileDropped;
                QCOMPARE(each.framesDropped, 0);
            }
        });
        QTRY_VERIFY(dropped >= 0);
        QCOMPARE(dropped, events + 1 - position.delivered);
    }

private Q_SLOTS:
    void missWhatIsVolatile_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<int>("eventsInATurn");
        QTest::newRow("in the hub") << 0 << 100;
        QTest::newRow("in one turn of the hub") << 0 << 100'000;
        QTest::newRow("one io thread") << 1 << 100;
    }
    void missWhatIsVolatile()
    {
        QFETCH(int, workers);
        QFETCH(int, eventsInATurn);
        missesWhatIsVolatile<WebSocketReader>(workers, eventsInATurn);
    }
    void missWhatIsVolatileWhilePolling_data() { missWhatIsVolatile_data(); }
    void missWhatIsVolatileWhilePolling()
    {
        QFETCH(int, workers);
        QFETCH(int, eventsInATurn);
        missesWhatIsVolatile<PollingReader>(workers, eventsInATurn);
    }

    void fetchByOffsetsWhatWasDropped_data()
    {
        QTest::addColumn<int>("workers");
        QTest::newRow("in the hub") << 0;
        QTest::newRow("one io thread") << 1;
    }
    void fetchByOffsetsWhatWasDropped()
    {
        QFETCH(int, workers);
        constexpr int events = 12000;
        constexpr int kept = 11000; // So the oldest of what was dropped may be gone for good.
        ServerConfig settings = config(workers);
        settings.rooms[0].slowReader = SlowReaderPolicy::DropOldest;
        settings.rooms[0].events[0].history = {.enabled = true, .limit = kept};
        settings.limits.sendQueue = 1'000'000;
        settings.history.maxPage = 300;
        settings.history.requestsPerMinute = 60;
        Dialogue server(settings);
        QVERIFY(server.start());
        QSignalSpy connected(&server, &Dialogue::clientConnected);
        WebSocketReader reader(server.port());
        reader.say("40");
        QTRY_COMPARE(connected.size(), 1);
        reader.say(R"(42["dialogue:join",{"roomId":"chat"}])");
        Room *const room = server.room(u"chat"_s);
        QTRY_COMPARE(room->size(), 1);
        const auto textOf = [](int i) { return QString::number(i).leftJustified(1000, u'.'); };
        for (int i = 1; i <= events; ++i) {
            QVERIFY(room->trigger(u"message"_s, QJsonObject{{u"text"_s, textOf(i)}}).result());
            if (i % 100 == 0)
                QCoreApplication::processEvents();
        }
        ReadPosition position;
        QVERIFY(QTest::qWaitFor(
            [&] {
                for (const QByteArray &packet : reader.read())
                    position.take(packet);
                return position.reached == events;
            },
            30000));
        QVERIFY(position.gaps > 0);

        QSet<int> missing;
        for (int offset = events - kept + 1; offset <= events; ++offset) {
            if (!position.texts.contains(offset))
                missing.insert(offset);
        }
        QVERIFY(missing.size() > settings.history.maxPage); // Not all of it is in one answer.
        // By pages from the newest on: exactly what was dropped and is kept, and what it said.
        const int first = *std::ranges::min_element(missing);
        int to = *std::ranges::max_element(missing);
        int pages = 0;
        for (bool more = true; more; ++pages) {
            const QJsonObject page = ask(reader, stretch(first, to), u"dialogue:historyResponse"_s);
            const QJsonArray messages = page[u"events"].toArray();
            QVERIFY(!messages.isEmpty());
            QVERIFY(messages.size() <= settings.history.maxPage);
            QCOMPARE(page[u"to"].toInt(), to);
            for (const QJsonValue &message : messages) {
                QCOMPARE(message[u"offset"].toInt(), to--);
                missing.remove(to + 1);
                QCOMPARE(message[u"data"][u"text"].toString(), textOf(to + 1));
            }
            more = page[u"more"].toBool();
            QCOMPARE(page[u"from"].toInt(), to + 1);
            QCOMPARE(more, to >= first);
        }
        QVERIFY(missing.isEmpty());

        QJsonObject refused = ask(reader, stretch(9, 8), u"dialogue:error"_s);
        QCOMPARE(refused[u"code"].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(refused[u"path"].toString(), u"to"_s);
        refused = ask(reader, stretch(0, 8), u"dialogue:error"_s);
        QCOMPARE(refused[u"path"].toString(), u"from"_s);
        // What nobody kept is answered, too, and counted like all the others.
        for (; pages < settings.history.requestsPerMinute; ++pages) {
            const QJsonObject none = ask(reader, stretch(1, 2), u"dialogue:historyResponse"_s);
            QCOMPARE(none[u"events"], QJsonArray());
            QCOMPARE(none[u"to"].toInt(), 2);
        }
        refused = ask(reader, stretch(1, 2), u"dialogue:error"_s);
        QCOMPARE(refused[u"code"].toString(), u"RATE_LIMITED"_s);
    }

    void readAllOrAreTold_data()
    {
        QTest::addColumn<int>("workers");
        QTest::addColumn<bool>("polls");
        QTest::addColumn<SlowReaderPolicy>("policy");
        QTest::addColumn<bool>("compressed");
        for (const int workers : {0, 1}) {
            for (const bool polls : {false, true}) {
                for (const auto policy : {SlowReaderPolicy::DropOldest, SlowReaderPolicy::KeepLatest}) {
                    QTest::addRow("%d workers, %s, %s", workers, polls ? "polling" : "WebSocket",
                                  policy == SlowReaderPolicy::DropOldest ? "dropOldest" : "keepLatest")
                        << workers << polls << policy << false;
                }
            }
        }
        QTest::newRow("compressed, dropOldest") << 1 << false << SlowReaderPolicy::DropOldest << true;
        QTest::newRow("compressed, keepLatest") << 0 << false << SlowReaderPolicy::KeepLatest << true;
    }
    void readAllOrAreTold()
    {
        QFETCH(int, workers);
        QFETCH(bool, polls);
        QFETCH(SlowReaderPolicy, policy);
        QFETCH(bool, compressed);
        if (polls)
            readsAllOrIsTold<PollingReader>(policy, workers);
        else
            readsAllOrIsTold<WebSocketReader>(policy, workers, compressed);
    }

    void areDisconnectedWhereTheirRoomSaysSo_data()
    {
        QTest::addColumn<bool>("compressed");
        QTest::newRow("as it is") << false;
        QTest::newRow("compressed") << true;
    }
    void areDisconnectedWhereTheirRoomSaysSo()
    {
        QFETCH(bool, compressed);
        ServerConfig settings = config(1);
        settings.rooms[0].slowReader = SlowReaderPolicy::Disconnect;
        settings.limits.sendQueue = 1'000'000;
        settings.engine.perMessageDeflate.enabled = true;
        Dialogue server(settings);
        QVERIFY(server.start());
        WebSocketReader reader(server.port(), compressed);
        joins(reader, server);
        QTRY_VERIFY((reader.read(), reader.isOpen()));
        QCOMPARE(reader.compresses(), compressed);
        reader.pause();
        Room *const room = server.room(u"chat"_s);
        QSignalSpy left(&server, &Dialogue::clientDisconnected);
        int said = 0;
        while (left.isEmpty() && said < 30'000) {
            QVERIFY(room->trigger(u"message"_s, QJsonObject{{u"text"_s, random(++said % 500)}}).result());
            if (said % 100 == 0)
                QCoreApplication::processEvents();
        }
        QTRY_COMPARE(room->size(), 0);
        QTRY_COMPARE(left.size(), 1);
    }
};

DIALOGUE_TEST(TestSlowReaders, QCoreApplication)
#include "tst_slowreaders.moc"
