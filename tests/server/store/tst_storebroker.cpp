#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** What is there when a server comes back. */
class TestStoreBroker : public QObject
{
    Q_OBJECT

    StoreFolder folder;

    [[nodiscard]] ServerConfig config(Durability durability = Durability::Commit) const
    {
        return {.rooms = {chatRoom()}, .persistence = folder.persistence(durability)};
    }
    static QJsonObject joining(const QByteArray &epoch, quint64 offset)
    {
        return {{u"roomId"_s, u"chat"_s},
                {u"since"_s,
                 QJsonObject{{u"epoch"_s, QString::fromLatin1(epoch)},
                             {u"offset"_s, static_cast<qint64>(offset)}}}};
    }
    /** "recovered: 3 4", or "gap". */
    static QString comesBack(StoredRooms &run, const QByteArray &epoch, quint64 offset)
    {
        const SocketId ann = run.connectAs(u"ann"_s);
        run.take(ann);
        run.ask(ann, names::join, joining(epoch, offset));
        QString said;
        const QList<Received> all = run.take(ann);
        for (const Received &got : all) {
            if (got.name == u"dialogue:joined")
                said = got.payload[u"recovered"_s].toBool() ? u"recovered:"_s : u"gap"_s;
            else if (got.name == u"dialogue:event")
                said += u' ' + QString::number(got.payload[u"offset"_s].toInt());
        }
        return said;
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void historyAndOffsetsGoOn()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            for (const QString &text : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
                QVERIFY(run.say(text));
            QVERIFY(run.say(u"x"_s, u"typing"_s));
        }
        StoredRooms run(config());
        QCOMPARE(run.history(), (QStringList{u"4 d"_s, u"3 c"_s, u"2 b"_s, u"1 a"_s}));
        QCOMPARE(run.chat().epoch(), epoch);
        QCOMPARE(run.chat().offset(), quint64(5));
        QCOMPARE(run.say(u"e"_s)->offset, quint64(6));
        QCOMPARE(run.history(), (QStringList{u"6 e"_s, u"4 d"_s, u"3 c"_s, u"2 b"_s, u"1 a"_s}));
    }

    void whoComesBackGetsWhatHeMissed()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            for (const QString &text : {u"a"_s, u"b"_s, u"c"_s, u"d"_s})
                QVERIFY(run.say(text));
            folder.crash();
        }
        StoredRooms run(config());
        QCOMPARE(comesBack(run, epoch, 2), u"recovered: 3 4"_s);
        QCOMPARE(comesBack(run, epoch, 0), u"recovered: 1 2 3 4"_s);
        QCOMPARE(comesBack(run, epoch, 4), u"recovered:"_s);
    }

    void whatIsAcknowledgedOutlivesAKill()
    {
        {
            StoredRooms run(config());
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.say(u"b"_s));
            folder.crash();
            QVERIFY(run.say(u"c"_s));
        }
        StoredRooms run(config());
        QCOMPARE(run.history(), (QStringList{u"2 b"_s, u"1 a"_s}));
        QCOMPARE(run.chat().offset(), quint64(2));
    }

    void nobodyGetsAnEventBeforeItIsStored_data()
    {
        QTest::addColumn<Durability>("durability");
        QTest::addColumn<bool>("waits");
        QTest::newRow("none") << Durability::None << false;
        QTest::newRow("async") << Durability::Async << false;
        QTest::newRow("commit") << Durability::Commit << true;
        QTest::newRow("sync") << Durability::Sync << true;
    }
    void nobodyGetsAnEventBeforeItIsStored()
    {
        QFETCH(Durability, durability);
        QFETCH(bool, waits);
        StoredRooms run(config(durability));
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        const Answer<EventMessage> said = run.chat().trigger(u"message"_s, textData(u"a"_s));
        QCOMPARE(said.isReady(), !waits);
        QCOMPARE(run.takeNames(ann).contains(u"dialogue:event"_s), !waits);
        StoredRooms::waitFor(said);
        QVERIFY(said.result());
        QCOMPARE(run.takeNames(ann).contains(u"dialogue:event"_s), waits);
        run.settle();
        QCOMPARE(run.counters().events, durability == Durability::None ? 0u : 1u);
        if (durability == Durability::Sync)
            QVERIFY(run.counters().syncs > 0);
    }

    void whoMayHaveGotMoreThanIsStoredBeginsAnew_data()
    {
        QTest::addColumn<Durability>("durability");
        QTest::addColumn<bool>("killed");
        QTest::addColumn<bool>("begins");
        for (const bool killed : {false, true}) {
            const char *const how = killed ? "killed" : "stopped";
            QTest::addRow("none, %s", how) << Durability::None << killed << true;
            QTest::addRow("async, %s", how) << Durability::Async << killed << killed;
            QTest::addRow("commit, %s", how) << Durability::Commit << killed << false;
            QTest::addRow("sync, %s", how) << Durability::Sync << killed << false;
        }
    }
    void whoMayHaveGotMoreThanIsStoredBeginsAnew()
    {
        QFETCH(Durability, durability);
        QFETCH(bool, killed);
        QFETCH(bool, begins);
        QByteArray epoch;
        {
            StoredRooms run(config(durability));
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.say(u"b"_s));
            run.settle();
            if (killed)
                folder.crash();
        }
        StoredRooms run(config(durability));
        QCOMPARE(run.chat().epoch() != epoch, begins);
        QCOMPARE(comesBack(run, epoch, 1), begins ? u"gap"_s : u"recovered: 2"_s);
        // What is stored is there in any case, and its numbers do not come twice.
        QCOMPARE(run.say(u"c"_s)->offset, durability == Durability::None ? 1u : 3u);
    }

    void aRestoredBackupBeginsAnew()
    {
        QByteArray epoch;
        {
            StoredRooms run(config(Durability::Sync));
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
        }
        folder.save();
        {
            StoredRooms run(config(Durability::Sync));
            QCOMPARE(run.chat().epoch(), epoch);
            QVERIFY(run.say(u"b"_s));
        }
        folder.restore();
        StoredRooms run(config(Durability::Sync));
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
        QVERIFY(run.chat().epoch() != epoch);
        QCOMPARE(comesBack(run, epoch, 1), u"gap"_s);
    }

    void aRoomThatWasNotStoredForAWhileBeginsAnew()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
        }
        {
            StoredRooms run(config(Durability::None));
            QVERIFY(run.say(u"b"_s));
        }
        StoredRooms run(config());
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
        QCOMPARE(comesBack(run, epoch, 1), u"gap"_s);
    }

    void aTriggerIsAppliedOnceOverAKill()
    {
        const auto asked = [](StoredRooms &run) {
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            QJsonObject payload = trigger(u"message"_s, textData(u"once"_s));
            payload[u"id"_s] = u"id-1"_s;
            run.hub.socketEvent(
                ann, {.name = names::trigger, .args = QJsonArray{payload}, .attachments = {}, .ackId = 7});
            QJsonObject ack;
            if (!QTest::qWaitFor([&] {
                    for (const Received &got : run.peek(ann)) {
                        if (got.name == u"ack")
                            ack = got.payload.toObject();
                    }
                    return !ack.isEmpty();
                }))
                qFatal("no ack");
            return ack;
        };
        QJsonObject first;
        {
            StoredRooms run(config());
            first = asked(run);
            QVERIFY(first[u"ok"_s].toBool());
            folder.crash();
        }
        StoredRooms run(config());
        QCOMPARE(asked(run), first);
        QCOMPARE(run.history(), QStringList{u"1 once"_s});
    }

    void attachmentsComeBack()
    {
        ServerConfig open = config();
        open.rooms.first().events = {defineEvent(u"file"_s, {}, {.enabled = true, .limit = 3})};
        open.rooms.first().defaultSubscriptions = {};
        const QJsonObject placeholder{{u"_placeholder"_s, true}, {u"num"_s, 0}};
        {
            StoredRooms run(open);
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            run.ask(ann, names::trigger, trigger(u"file"_s, placeholder), {QByteArray("\0bytes\xff", 7)});
            run.settle();
        }
        const StoredRooms run(open);
        const Answer<QList<EventMessage>> page = run.chat().history(u"file"_s, {.start = 0, .end = 10});
        QTRY_VERIFY(page.isReady());
        QCOMPARE(page.result()->size(), 1);
        QCOMPARE(page.result()->first().attachments, QList<QByteArray>{QByteArray("\0bytes\xff", 7)});
    }

    void roomsOfClientsComeBack()
    {
        ServerConfig open = config();
        open.roomCreation = {.create = {Permission::Anyone}, .lifetime = RoomLifetime::Forever};
        {
            StoredRooms run(open);
            const SocketId ann = run.connectAs(u"ann"_s);
            for (const char *id : {"tea", "coffee"}) {
                run.ask(ann, names::createRoom,
                        QJsonObject{{u"id"_s, QString::fromLatin1(id)},
                                    {u"name"_s, u"Ann's"_s},
                                    {u"description"_s, u"Hot"_s},
                                    {u"maxSize"_s, 7}});
            }
            QVERIFY(run.rooms.find(u"coffee"_s));
            run.ask(ann, names::deleteRoom, QJsonObject{{u"roomId"_s, u"coffee"_s}});
            run.settle();
            folder.crash();
        }
        const StoredRooms run(open);
        const Room *const tea = run.rooms.find(u"tea"_s);
        QVERIFY(tea);
        QCOMPARE(tea->name(), u"Ann's"_s);
        QCOMPARE(tea->config().description, u"Hot"_s);
        QCOMPARE(tea->config().maxSize, 7);
        QCOMPARE(tea->config().createdById, u"ann"_s);
        QVERIFY(!run.rooms.find(u"coffee"_s));
    }

    void roomsOfClientsComeBackWithWhatTheirTemplateSays()
    {
        ServerConfig open = config();
        open.roomCreation = {.create = {Permission::Anyone}, .lifetime = RoomLifetime::Forever};
        RoomConfig declared;
        declared.events = {defineEvent(u"message"_s, {}, {.enabled = true, .limit = 5})};
        declared.rules = {.trigger = {.others = Who{.owner = true}}};
        open.roomCreation.templates = {{.pattern = u"t*"_s, .room = declared}};
        const QJsonObject said{{u"roomId"_s, u"tea"_s}, {u"event"_s, u"message"_s}, {u"data"_s, u"hot"_s}};
        {
            StoredRooms run(open);
            const SocketId ann = run.connectAs(u"ann"_s);
            run.ask(ann, names::createRoom, QJsonObject{{u"id"_s, u"tea"_s}, {u"name"_s, u"Tea"_s}});
            QVERIFY(run.client(ann)->join(u"tea"_s).result());
            run.ask(ann, names::trigger, said);
            run.settle();
            folder.crash();
        }
        StoredRooms run(open);
        const Room *const tea = run.rooms.find(u"tea"_s);
        QVERIFY(tea);
        QCOMPARE(tea->config().events.size(), 1);
        const Answer<QList<EventMessage>> page = tea->history(u"message"_s);
        QTRY_VERIFY(page.isReady());
        QCOMPARE(page.result()->size(), 1);
        const SocketId bob = run.joined(u"bob"_s, u"tea"_s);
        QCOMPARE(run.ask(bob, names::trigger, said)[u"error"_s][u"code"_s].toString(),
                 u"PERMISSION_DENIED"_s);
    }

    void aRoomOfADeletedOnesNameHasNothingOfIt()
    {
        QByteArray epoch;
        {
            StoredRooms run(config());
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.rooms.remove(u"chat"_s));
            QVERIFY(run.rooms.create(chatRoom()));
            QVERIFY(run.say(u"b"_s));
            run.settle();
            folder.crash();
        }
        StoredRooms run(config());
        QCOMPARE(run.history(), QStringList{u"1 b"_s});
        QVERIFY(run.chat().epoch() != epoch);
        QTRY_COMPARE(folder.stored().size(), 1); // Also if the kill has left something of the old one.
    }

    void pagesGoBeyondMemory()
    {
        ServerConfig much = config();
        much.persistence.retention.maxEvents = 100;
        StoredRooms run(much);
        for (int i = 1; i <= 8; ++i)
            QVERIFY(run.say(QString::number(i))); // Memory has the last three.
        QCOMPARE(
            run.history(),
            (QStringList{u"8 8"_s, u"7 7"_s, u"6 6"_s, u"5 5"_s, u"4 4"_s, u"3 3"_s, u"2 2"_s, u"1 1"_s}));
        QCOMPARE(run.history(u"message"_s, {.start = 2, .end = 5}),
                 (QStringList{u"6 6"_s, u"5 5"_s, u"4 4"_s}));
        QCOMPARE(run.history(u"message"_s, {.start = 5, .end = 7}), (QStringList{u"3 3"_s, u"2 2"_s}));
        QCOMPARE(run.history(u"message"_s, {.start = 8, .end = 9}), QStringList());
        QCOMPARE(run.history(u"typing"_s, {.start = 0, .end = 9}), QStringList());
    }

    void whatComesAfterAWindowOfMemoryIsToldAsAGap()
    {
        ServerConfig small = config();
        small.history.recoveryEvents = 2;
        QByteArray epoch;
        {
            StoredRooms run(small);
            epoch = run.chat().epoch();
            for (const QString &text : {u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"e"_s, u"f"_s})
                QVERIFY(run.say(text));
        }
        StoredRooms run(small);
        QCOMPARE(comesBack(run, epoch, 3), u"recovered: 4 5 6"_s); // Its history has three.
        QCOMPARE(comesBack(run, epoch, 2), u"gap"_s);
    }

    void anEventThatDoesNotFitIsAnswered()
    {
        ServerConfig tight = config(Durability::Async);
        tight.persistence.queue = 1;
        StoredRooms run(tight);
        const auto said = run.say(u"a"_s);
        QVERIFY(!said);
        QCOMPARE(said.error().code, ErrorCode::Unavailable);
        QVERIFY(said.error().message.contains(u"persistence.queue"_s));
        QCOMPARE(run.counters().refused, 1u);
    }
};

DIALOGUE_TEST(TestStoreBroker, QCoreApplication)
#include "tst_storebroker.moc"
