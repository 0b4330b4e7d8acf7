#include "server/postgres/postgresstore.h"

#include "postgresserver.h"
#include "server/store/checkeventstore.h"
#include "server/store/ownbroker.h"
#include "testclasses.h"
#include "tests/server/rooms/roomsfixture.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
using dialogue::postgres::PostgresStore;

/** Events in a real PostgreSQL, which is killed, too. */
class TestPostgresStore : public QObject
{
    Q_OBJECT

    std::unique_ptr<PostgresServer> m_server;

    [[nodiscard]] std::unique_ptr<EventStore> opened() const
    {
        auto store = PostgresStore::open(m_server->url());
        if (!store)
            qFatal("%s", qPrintable(store.error().text()));
        return *std::move(store);
    }

private Q_SLOTS:
    void initTestCase() { m_server = std::make_unique<PostgresServer>(); }
    void cleanupTestCase() { m_server.reset(); }
    void init()
    {
        auto connection = postgres::Connection::open(m_server->url());
        QVERIFY2(connection, connection ? "" : qPrintable(connection.error().text()));
        QVERIFY(connection->execute("DROP TABLE IF EXISTS dialogue_rooms, dialogue_events"));
    }

    void doesWhatAServerExpects()
    {
        QCOMPARE(checkEventStore([this] { return opened(); }), QStringList());
    }

    void hasOneServerAtATime()
    {
        const auto first = opened();
        const auto second = PostgresStore::open(m_server->url());
        QVERIFY(!second);
        QCOMPARE(second.error().code, ErrorCode::ConfigError);
        QVERIFY(second.error().message.startsWith(u"Another server uses this database"_s));
    }

    void saysWhetherItCanBeWrittenAndNotOnlyWhetherItAnswers()
    {
        const auto store = opened();
        QVERIFY(store->saveEvents({}));
        auto other = postgres::Connection::open(m_server->url());
        QVERIFY(other->execute("CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS "
                               "'BEGIN RAISE EXCEPTION ''closed for now''; END'"));
        QVERIFY(other->execute("CREATE TRIGGER closed BEFORE INSERT ON dialogue_events "
                               "FOR EACH STATEMENT EXECUTE FUNCTION refuse()"));
        const auto tried = store->saveEvents({});
        QVERIFY(!tried);
        QVERIFY2(tried.error().message.contains(u"closed for now"_s), qPrintable(tried.error().message));
        QVERIFY(other->execute("DROP TRIGGER closed ON dialogue_events"));
        QVERIFY(store->saveEvents({}));
    }

    void isRefusedWithoutItsPassword()
    {
        const auto store
            = PostgresStore::open(u"postgresql://ann:secret-word@/nowhere?host=%2Fno%2Fsuch%2Ffolder"_s);
        QVERIFY(!store);
        QVERIFY2(store.error().message.startsWith(u"PostgreSQL: "_s), qPrintable(store.error().message));
        QVERIFY(!store.error().message.contains(u"secret-word"_s));
    }

    void letsGoOfWhatNeedNotStay()
    {
        const auto store = opened();
        QList<StoredEvent> events;
        for (quint64 i = 1; i <= 12; ++i) {
            const bool isNote = i % 3 == 0;
            events.append({.roomId = u"a"_s,
                           .offset = i,
                           .seq = i,
                           .event = isNote ? u"note"_s : u"typing"_s,
                           .hasHistory = isNote,
                           .from = {},
                           .timestamp = qint64(i) * 1000,
                           .json = "{}"});
        }
        QVERIFY(store->saveEvents(events));
        const auto left = [&] {
            QList<quint64> offsets;
            const auto found = store->loadEvents(u"a"_s, {.limit = 100});
            for (const StoredEvent &event : *found)
                offsets.prepend(event.offset);
            return offsets;
        };
        QCOMPARE(*store->letGo(u"a"_s, {.newest = 12, .histories = {{u"note"_s, 1}}}), 0U);
        QCOMPARE(*store->letGo(u"a"_s, {.newest = 4, .histories = {{u"note"_s, 3}}}), 8U);
        QCOMPARE(left(), (QList<quint64>{6, 9, 10, 11, 12}));
        QCOMPARE(*store->letGo(u"a"_s, {.newest = 4, .histories = {{u"note"_s, 3}}, .fromTime = 10'000}), 9U);
        QCOMPARE(left(), (QList<quint64>{10, 11, 12}));
    }

    void manyAreSavedAtOnce()
    {
        const auto store = opened();
        QList<StoredEvent> events;
        for (quint64 i = 1; i <= 3000; ++i) {
            events.append({.roomId = u"a"_s,
                           .offset = i,
                           .seq = i,
                           .event = u"m"_s,
                           .from = {},
                           .json = QByteArray(2000, 'x')});
        }
        QVERIFY(store->saveEvents(events));
        QCOMPARE(store->loadEvents(u"a"_s, {.limit = 5000})->size(), 3000);
    }

    void noAcknowledgedEventIsLostWhereItIsKilled()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.rooms[0].events[0].history.limit = 10'000;
        auto broker = OwnBroker::open(config, opened());
        QVERIFY(broker);
        RoomsFixture run(config, {}, broker->get());
        Room &chat = *run.rooms.find(u"chat"_s);
        QList<quint64> acknowledged;
        int failed = 0;
        const auto say = [&](int count) {
            QList<Answer<EventMessage>> said;
            for (int i = 0; i < count; ++i)
                said.append(chat.trigger(u"message"_s, textData(QString::number(i))));
            for (const Answer<EventMessage> &each : said) {
                if (!QTest::qWaitFor([&each] { return each.isReady(); }, 30000))
                    qFatal("nobody answers");
                if (const auto result = each.result())
                    acknowledged.append(result->offset);
                else
                    ++failed;
            }
        };
        say(50);
        QCOMPARE(failed, 0);
        for (int round = 0; round < 2; ++round) {
            m_server->stop(SIGQUIT);
            say(5);
            QVERIFY(failed > 0);
            m_server->start();
            // Not QTRY_VERIFY, which asks once more when it was told yes.
            const auto isStored = [&] {
                const qsizetype before = acknowledged.size();
                say(1);
                return acknowledged.size() > before;
            };
            QVERIFY(QTest::qWaitFor(isStored, 20000));
            say(20);
        }
        QVERIFY(acknowledged.size() > 80);
        QVERIFY(std::ranges::is_sorted(acknowledged));
        QList<quint64> kept;
        auto other = postgres::Connection::open(m_server->url());
        QVERIFY(other && other->prepare("all", "SELECT place FROM dialogue_events ORDER BY place"));
        const auto rows = other->query("all", {});
        for (int row = 0; row < rows->count(); ++row)
            kept.append(quint64(rows->number(row, 0)));
        for (const quint64 offset : std::as_const(acknowledged))
            QVERIFY2(kept.contains(offset), qPrintable(QString::number(offset)));
        QCOMPARE(kept.size(), acknowledged.size()); // And none that somebody was told had failed.
    }

    void aSecondServerGoesOnWhereTheFirstEnded()
    {
        ServerConfig config{.rooms = {chatRoom()}};
        QByteArray epoch;
        for (int run = 0; run < 2; ++run) {
            auto broker = OwnBroker::open(config, opened());
            QVERIFY(broker);
            RoomsFixture rooms(config, {}, broker->get());
            Room &chat = *rooms.rooms.find(u"chat"_s);
            QCOMPARE(chat.offset(), quint64(run));
            QVERIFY(run == 0 || chat.epoch() == epoch);
            epoch = chat.epoch();
            const auto said = chat.trigger(u"message"_s, textData(u"a"_s));
            QTRY_VERIFY(said.isReady());
            QVERIFY(said.result());
        }
    }
};

DIALOGUE_TEST(TestPostgresStore, QCoreApplication)
#include "tst_postgresstore.moc"
