#include "server/store/storeedit.h"

#include "server/store/storeexport.h"
#include "server/store/storetool.h"
#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What an operator changes in a store, takes out of it, and makes of it. */
class TestStoreEdit : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config() const
    {
        ServerConfig config{.rooms = {chatRoom()}, .persistence = folder.persistence()};
        config.persistence.retention.maxEvents = 100;
        config.roomCreation.create = Who{Permission::Anyone};
        config.roomCreation.lifetime = RoomLifetime::Forever;
        return config;
    }
    void say(int count) const
    {
        StoredRooms run(config());
        for (int i = 1; i <= count; ++i)
            QVERIFY(run.say(QString::number(i)));
    }
    [[nodiscard]] QStringList history() const { return StoredRooms(config()).history(); }
    /** Under the same id each time, for the same user; the ack. */
    static QJsonObject trigger(StoredRooms &run, SocketId socket, const QString &text)
    {
        run.take(socket);
        run.ask(socket, protocol::names::trigger,
                QJsonObject{{u"roomId"_s, u"chat"_s},
                            {u"event"_s, u"message"_s},
                            {u"id"_s, u"once"_s},
                            {u"data"_s, textData(text)}});
        QJsonObject ack;
        (void)QTest::qWaitFor([&] {
            for (const Received &got : run.take(socket)) {
                if (got.name == u"ack")
                    ack = got.payload.toObject();
            }
            return !ack.isEmpty();
        });
        return ack;
    }
    [[nodiscard]] QByteArrayList lines() const
    {
        QByteArrayList lines;
        const auto done = store::exportStore(folder.path(), [&lines](const QByteArray &line) -> Result<void> {
            lines.append(line);
            return {};
        });
        if (!done)
            qFatal("%s", qPrintable(done.error().text()));
        return lines;
    }
    static Result<qint64> import(const QString &path, QByteArrayList lines)
    {
        return store::importStore(path,
                                  [&lines] { return lines.isEmpty() ? QByteArray() : lines.takeFirst(); });
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void trimsToTheNewest()
    {
        say(6);
        QCOMPARE(*store::trimEvents(folder.path(), {.keep = 2}), 4);
        QCOMPARE(history(), (QStringList{u"6 6"_s, u"5 5"_s}));
        QCOMPARE(*store::trimEvents(folder.path(), {.keep = 0}), 2);
        StoredRooms run(config());
        QCOMPARE(run.history(), QStringList());
        QCOMPARE(run.say(u"next"_s)->offset, 7U);
    }

    void trimsWhatIsOlder()
    {
        say(3);
        QCOMPARE(*store::trimEvents(folder.path(), {.olderThan = std::chrono::hours(1)}), 0);
        {
            auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
            QVERIFY(file && file->execute("UPDATE events SET time=time-7200000 WHERE key&63<3"));
        }
        QCOMPARE(*store::trimEvents(folder.path(), {.keep = 2, .olderThan = std::chrono::hours(1)}), 1);
        QCOMPARE(history(), (QStringList{u"3 3"_s, u"2 2"_s}));
    }

    void trimsOneRoomAlone()
    {
        say(3);
        QCOMPARE(store::trimEvents(folder.path(), {.room = u"chta"_s, .keep = 0}).error().code,
                 ErrorCode::RoomNotFound);
        QCOMPARE(*store::trimEvents(folder.path(), {.room = u"chat"_s, .keep = 1}), 2);
    }

    void whoComesBackToWhatWasTrimmedIsTold()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            for (int i = 1; i <= 4; ++i)
                (void)run.chat().trigger(u"typing"_s, i);
            QVERIFY(run.say(u"5"_s));
        }
        QCOMPARE(*store::trimEvents(folder.path(), {.keep = 2}), 3);
        StoredRooms run(config());
        QCOMPARE(run.chat().epoch(), epoch);
        const SocketId ann = run.connectAs(u"ann"_s);
        const auto comesBack = [&](int offset) {
            run.take(ann);
            run.ask(ann, protocol::names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
            run.take(ann);
            run.ask(
                ann, protocol::names::join,
                QJsonObject{{u"roomId"_s, u"chat"_s},
                            {u"subscriptions"_s, QJsonArray{u"typing"_s}},
                            {u"since"_s,
                             QJsonObject{{u"epoch"_s, QString::fromLatin1(epoch)}, {u"offset"_s, offset}}}});
            return run.take(ann)[0].payload[u"recovered"_s].toBool();
        };
        QVERIFY(comesBack(3));
        QVERIFY(!comesBack(2));
    }

    void erasesWhatOneEventSays()
    {
        say(4);
        QCOMPARE(*store::eraseEvents(folder.path(), {.room = u"chat"_s, .offset = 4}), 1);
        QCOMPARE(*store::eraseEvents(folder.path(), {.room = u"chat"_s, .offset = 2}), 1);
        QCOMPARE(*store::eraseEvents(folder.path(), {.room = u"chat"_s, .offset = 2}), 0); // It is no more.
        QCOMPARE(*store::faultsOf(folder.path()), QStringList());
        StoredRooms run(config());
        QCOMPARE(run.history(), (QStringList{u"3 3"_s, u"1 1"_s}));
        QCOMPARE(run.say(u"next"_s)->offset, 5U); // Its place is not given to another.
    }

    void erasesWhatAUserSaid()
    {
        {
            StoredRooms run(config());
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            const SocketId bob = run.joined(u"bob"_s, u"chat"_s);
            for (const SocketId socket : {ann, bob, ann})
                trigger(run, socket, socket == ann ? u"secret"_s : u"open"_s);
        }
        // What she said a second time was the first again.
        QCOMPARE(*store::eraseEvents(folder.path(), {.user = u"ann"_s}), 1);
        QCOMPARE(history(), QStringList{u"2 open"_s});
        for (const QString &part : {QString(), u"-wal"_s}) {
            QFile file(folder.path() + part);
            QVERIFY(!file.exists() || (file.open(QIODevice::ReadOnly) && !file.readAll().contains("secret")));
        }
    }

    void doesNothingWhileAServerUsesIt()
    {
        const StoredRooms run(config());
        QVERIFY(store::trimEvents(folder.path(), {.keep = 0}).error().message.contains(u"Another server"_s));
    }

    void whatIsExportedIsImported()
    {
        {
            StoredRooms run(config());
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            trigger(run, ann, u"a"_s);
            (void)run.chat().trigger(u"typing"_s, QJsonValue(1.5));
            QVERIFY(run.say(u"b"_s));
            run.ask(ann, protocol::names::createRoom,
                    QJsonObject{{u"id"_s, u"mine"_s}, {u"name"_s, u"Mine"_s}});
            QVERIFY(run.rooms.find(u"mine"_s));
        }
        QCOMPARE(*store::eraseEvents(folder.path(), {.room = u"chat"_s, .offset = 3}), 1);
        const QByteArrayList exported = lines();
        QCOMPARE(exported.size(), 7); // The store, two rooms, three events, one id.
        QCOMPARE(exported[0], QByteArray("{\"store\":\"dialogue-store-1\"}\n"));
        const QString path = folder.path() + u".imported"_s;
        QCOMPARE(*import(path, exported), 3);
        QCOMPARE(*store::faultsOf(path), QStringList());
        ServerConfig other = config();
        other.persistence.path = path;
        StoredRooms run(other);
        QVERIFY(run.rooms.find(u"mine"_s));
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
        QCOMPARE(run.chat().offset(), 3U);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        const QJsonObject again = trigger(run, ann, u"a"_s);
        QCOMPARE(again[u"offset"_s].toInt(), 1);
        QVERIFY(!import(path, exported)); // There is one.
    }

    void wrongLinesAreRefusedByTheirNumber_data()
    {
        QTest::addColumn<QByteArrayList>("lines");
        QTest::addColumn<QString>("error");
        const QByteArray head("{\"store\":\"dialogue-store-1\"}");
        const QByteArray room("{\"room\":\"a\",\"durability\":2,\"offset\":0,\"completeAfter\":0}");
        QTest::newRow("nothing") << QByteArrayList{} << u"Line 1: it must be"_s;
        QTest::newRow("another version")
            << QByteArrayList{"{\"store\":\"dialogue-store-9\"}"} << u"Line 1: it must be"_s;
        QTest::newRow("no JSON") << QByteArrayList{head, "{"} << u"Line 2: "_s;
        QTest::newRow("of nothing") << QByteArrayList{head, "{}"} << u"Line 2: it must be of a room"_s;
        QTest::newRow("a room twice") << QByteArrayList{head, room, room} << u"Line 3: room must be an id"_s;
        QTest::newRow("a durability there is not")
            << QByteArrayList{head, QByteArray(room).replace('2', '7')} << u"Line 2: durability must be"_s;
        QTest::newRow("an event of no room")
            << QByteArrayList{head, room, R"({"event":"","in":"b","offset":1})"}
            << u"Line 3: no room 'b' stands before it"_s;
        QTest::newRow("an event without a place")
            << QByteArrayList{head, room, R"({"event":"","in":"a","offset":0})"}
            << u"Line 3: offset must be"_s;
        QTest::newRow("an event of another place")
            << QByteArrayList{head, room,
                              R"({"event":"","in":"a","offset":1,"message":{"event":"m","offset":2}})"}
            << u"Line 3: message must be an event"_s;
        QTest::newRow("an event twice") << QByteArrayList{head, room, R"({"event":"","in":"a","offset":1})",
                                                          R"({"event":"","in":"a","offset":1})"}
                                        << u"Line 4: "_s;
    }
    void wrongLinesAreRefusedByTheirNumber()
    {
        QFETCH(QByteArrayList, lines);
        QFETCH(QString, error);
        const auto imported = import(folder.path(), lines);
        QVERIFY(!imported);
        QVERIFY2(imported.error().message.startsWith(error), qPrintable(imported.error().message));
        QVERIFY(!QFile::exists(folder.path()));
        QVERIFY(!QFile::exists(folder.path() + u"-lock"_s));
    }
};

DIALOGUE_TEST(TestStoreEdit, QCoreApplication)
#include "tst_storeedit.moc"
