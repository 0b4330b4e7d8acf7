#include "server/store/storeerasing.h"

#include "server/store/storetool.h"
#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What is erased in a file that a server uses. */
class TestStoreErasing : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config(const QList<RoomConfig> &rooms = {chatRoom()}) const
    {
        ServerConfig config{.rooms = rooms, .persistence = folder.persistence()};
        config.persistence.retention.maxEvents = 10000;
        return config;
    }
    static qint64 erase(const StoredRooms &run, const Erasure &which)
    {
        const Answer<qint64> erased = run.broker().erase(which);
        if (!QTest::qWaitFor([&] { return erased.isReady(); }))
            return -2;
        return erased.result() ? *erased.result() : -1;
    }
    static void sayAs(StoredRooms &run, SocketId socket, const QString &text, const QString &room = u"chat"_s)
    {
        run.take(socket);
        run.ask(socket, protocol::names::trigger,
                QJsonObject{{u"roomId"_s, room}, {u"event"_s, u"message"_s}, {u"data"_s, textData(text)}});
        QVERIFY(QTest::qWaitFor([&] {
            const auto got = run.take(socket);
            return std::any_of(got.begin(), got.end(), [](const Received &each) {
                return each.name == u"ack" && each.payload[u"ok"_s].toBool();
            });
        }));
    }
    [[nodiscard]] bool isInFile(const QByteArray &text) const
    {
        for (const QString &part : {QString(), u"-wal"_s}) {
            QFile file(folder.path() + part);
            if (file.open(QIODevice::ReadOnly) && file.readAll().contains(text))
                return true;
        }
        return false;
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void overwritesOneEventAndKeepsItsPlace()
    {
        {
            StoredRooms run(config());
            for (const auto &text : {u"one"_s, u"secret"_s, u"secret too"_s})
                QVERIFY(run.say(text));
            QVERIFY(isInFile("secret"));
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2, .onlyCounts = true}), 1);
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2}), 1);
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2}), 0); // It is no more.
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 99}), 0);
            QCOMPARE(erase(run, {.roomId = u"none"_s, .offset = 1}), 0);
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 3}), 1);
            QVERIFY(!isInFile("secret")); // While it runs.
        }
        QCOMPARE(*store::faultsOf(folder.path()), QStringList());
        QCOMPARE(folder.stored(), (QList<quint64>{1, 2, 3}));
        StoredRooms run(config());
        QCOMPARE(run.history(), QStringList{u"1 one"_s});
        QCOMPARE(run.say(u"next"_s)->offset, 4U);
    }

    void overwritesWhatAUserSaidInAllRoomsAndNothingElse()
    {
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        {
            StoredRooms run(config({chatRoom(), other}));
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            const SocketId bob = run.joined(u"bob"_s, u"chat"_s);
            run.ask(ann, protocol::names::join, QJsonObject{{u"roomId"_s, u"other"_s}});
            sayAs(run, ann, u"secret"_s);
            sayAs(run, bob, u"open"_s);
            sayAs(run, ann, u"secret"_s, u"other"_s);
        }
        {
            StoredRooms run(config()); // Nobody has made the other room.
            QCOMPARE(erase(run, {.user = u"ann"_s, .onlyCounts = true}), 2);
            QCOMPARE(erase(run, {.roomId = u"chat"_s, .user = u"ann"_s}), 1);
            QVERIFY(isInFile("secret"));
            QCOMPARE(erase(run, {.user = u"ann"_s}), 1);
            QVERIFY(!isInFile("secret"));
        }
        QCOMPARE(StoredRooms(config()).history(), QStringList{u"2 open"_s});
    }

    void goesOverManyInPieces()
    {
        constexpr int count = 2 * store::StoreErasing::AtOnce + 10;
        QString user;
        {
            StoredRooms run(config());
            user = run.say(u"first"_s)->from;
            QList<Answer<EventMessage>> said;
            for (int i = 1; i < count; ++i)
                said.append(run.chat().trigger(u"message"_s, textData(u"secret"_s)));
            StoredRooms::waitFor(said.constLast());
        }
        auto file = sqlite::Database::open(folder.path(), sqlite::Database::File::Existing);
        QVERIFY(file);
        Mailbox<store::StoreAnswer> answers([](store::StoreAnswer &&answer) { answer.tell(); });
        store::StoreErasing erasing(answers);
        QVERIFY(erasing.prepare(*file));
        store::EraseEvents asked{.which = {.user = user}};
        asked.promise->start();
        const Answer<qint64> erased = asked.promise->future();
        erasing.add(std::move(asked));
        int steps = 0;
        for (; erasing.hasMore(); ++steps)
            QVERIFY(erasing.step(*file));
        QCOMPARE(steps, 3);
        QCOMPARE(*file->number("SELECT count(*) FROM events WHERE length(json)>0"), 0);
        QVERIFY(erasing.hasErased());
        erasing.emptied();
        QVERIFY(QTest::qWaitFor([&] { return erased.isReady(); }));
        QCOMPARE(*erased.result(), count);
    }

    void erasesWhatWasSubmittedBeforeAndNotWhatWasSaidSince()
    {
        StoredRooms run(config());
        const QString user = run.say(u"first"_s)->from;
        const quint64 upTo = run.broker().lastSeq() + 2;
        const auto before = run.chat().trigger(u"message"_s, textData(u"secret"_s)); // Waits for its place.
        const Answer<qint64> erased = run.broker().erase({.user = user, .upTo = upTo});
        QVERIFY(run.say(u"since"_s));
        StoredRooms::waitFor(before);
        QVERIFY(QTest::qWaitFor([&] { return erased.isReady(); }));
        QCOMPARE(*erased.result(), 2);
        QVERIFY(isInFile("since"));
    }

    void isToldOnceTheLogHasNothingOfItEither()
    {
        StoredRooms run(config());
        QVERIFY(run.say(u"secret"_s));
        auto reader = store::StoreFile::reader(folder.path());
        QVERIFY(reader);
        Answer<qint64> erased = 0;
        {
            auto all = reader->prepare("SELECT json FROM events");
            QVERIFY(all && *all->step()); // Somebody reads what there was.
            erased = run.broker().erase({.roomId = u"chat"_s, .offset = 1});
            QVERIFY(run.say(u"meanwhile"_s)); // Which holds up nobody else.
            QVERIFY(run.say(u"meanwhile"_s));
            QVERIFY(!erased.isReady());
        }
        QVERIFY(QTest::qWaitFor([&] { return erased.isReady(); }));
        QCOMPARE(*erased.result(), 1);
        QVERIFY(!isInFile("secret"));
    }
};

DIALOGUE_TEST(TestStoreErasing, QCoreApplication)
#include "tst_storeerasing.moc"
