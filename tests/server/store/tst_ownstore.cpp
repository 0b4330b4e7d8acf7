#include "memorystore.h"
#include "server/store/ownbroker.h"
#include "testclasses.h"
#include "tests/server/rooms/roomsfixture.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::test;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

namespace {

struct Opened
{
    Opened(const ServerConfig &config, const std::shared_ptr<MemoryStore::Kept> &kept)
        : settings(config)
    {
        auto broker = OwnBroker::open(settings, std::make_unique<MemoryStore>(kept));
        if (!broker)
            qFatal("%s", qPrintable(broker.error().text()));
        own = *std::move(broker);
    }
    const ServerConfig settings;
    std::unique_ptr<OwnBroker> own;
};

/** A run of a server with that store. */
class Run : private Opened, public RoomsFixture
{
public:
    Run(const ServerConfig &config, const std::shared_ptr<MemoryStore::Kept> &kept)
        : Opened(config, kept)
        , RoomsFixture(config, {}, own.get())
    {
        for (const RoomConfig &room : own->createdRooms()) {
            if (!rooms.restore(room))
                qFatal("a room does not come back");
        }
    }
    [[nodiscard]] Room &chat() const { return *rooms.find(u"chat"_s); }
    [[nodiscard]] StoreCounters counters() const { return own->counters(); }
    Result<EventMessage> say(const QString &text, const QString &event = u"message"_s)
    {
        const Answer<EventMessage> said = chat().trigger(event, textData(text));
        if (!QTest::qWaitFor([&said] { return said.isReady(); }))
            qFatal("nobody answers");
        return said.result();
    }
    QStringList history(const QString &event = u"message"_s, HistoryRange range = {})
    {
        QStringList texts;
        const Answer<QList<EventMessage>> page = chat().history(event, range);
        if (!QTest::qWaitFor([&page] { return page.isReady(); }))
            qFatal("the store does not read");
        for (const EventMessage &message : *page.result())
            texts.append(QString::number(message.offset) + u' ' + message.value()[u"text"].toString());
        return texts;
    }
};

} // namespace

/** A server whose events are kept by the application. */
class TestOwnStore : public QObject
{
    Q_OBJECT

    std::shared_ptr<MemoryStore::Kept> kept;

    static ServerConfig config(Durability durability = Durability::Commit)
    {
        ServerConfig config{.rooms = {chatRoom()}};
        config.persistence.durability = durability;
        config.roomCreation.create = Who{Permission::Anyone};
        config.roomCreation.lifetime = RoomLifetime::Forever;
        return config;
    }
    /** As a run leaves it that is killed now. */
    void kill() const
    {
        const std::lock_guard lock(kept->mutex);
        kept->states[QString()].insert(u"clean"_s, false);
    }
    void set(bool MemoryStore::Kept::*what, bool is) const
    {
        const std::lock_guard lock(kept->mutex);
        (*kept).*what = is;
    }

private Q_SLOTS:
    void init() { kept = std::make_shared<MemoryStore::Kept>(); }

    void historyAndOffsetsGoOn()
    {
        QByteArray epoch;
        {
            Run run(config(), kept);
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.say(u"b"_s));
        }
        Run run(config(), kept);
        QCOMPARE(run.chat().epoch(), epoch);
        QCOMPARE(run.history(), (QStringList{u"2 b"_s, u"1 a"_s}));
        QCOMPARE(run.say(u"c"_s)->offset, 3U);
    }

    void whatIsAcknowledgedOutlivesAKill()
    {
        {
            Run run(config(), kept);
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.say(u"b"_s));
        }
        kill();
        Run run(config(), kept);
        QCOMPARE(run.history(), (QStringList{u"2 b"_s, u"1 a"_s}));
    }

    void whoMayHaveGotMoreThanIsStoredBeginsAnew_data()
    {
        QTest::addColumn<Durability>("durability");
        QTest::addColumn<bool>("isKilled");
        QTest::addColumn<bool>("isAnew");
        QTest::newRow("none") << Durability::None << false << true;
        QTest::newRow("async, in order") << Durability::Async << false << false;
        QTest::newRow("async, killed") << Durability::Async << true << true;
        QTest::newRow("commit, killed") << Durability::Commit << true << false;
    }
    void whoMayHaveGotMoreThanIsStoredBeginsAnew()
    {
        QFETCH(Durability, durability);
        QFETCH(bool, isKilled);
        QByteArray epoch;
        {
            Run run(config(durability), kept);
            epoch = run.chat().epoch();
            QVERIFY(run.say(u"a"_s));
        }
        if (isKilled)
            kill();
        const Run run(config(durability), kept);
        QTEST(run.chat().epoch() != epoch, "isAnew");
    }

    void offsetsAreNotGivenTwiceThoughNothingWasStored()
    {
        {
            Run run(config(Durability::None), kept);
            QVERIFY(run.say(u"a"_s));
        }
        Run run(config(), kept);
        QCOMPARE(run.say(u"b"_s)->offset, 2U);
    }

    void offsetsAreNotGivenTwiceThoughTheNewestWasErased_data()
    {
        QTest::addColumn<bool>("isOpen");
        QTest::newRow("of a room that is open") << true;
        QTest::newRow("of one that nobody has opened") << false;
    }
    void offsetsAreNotGivenTwiceThoughTheNewestWasErased()
    {
        QFETCH(bool, isOpen);
        {
            Run run(config(), kept);
            QVERIFY(run.say(u"a"_s));
            QVERIFY(run.say(u"secret"_s));
        }
        kill();
        {
            // A state of before, as it is left by who is killed.
            const std::lock_guard lock(kept->mutex);
            kept->states[u"chat"_s].insert(u"offset"_s, u"0"_s);
        }
        {
            ServerConfig other = config();
            if (!isOpen)
                other.rooms.clear();
            Run run(other, kept);
            const Erasure secret{.roomId = u"chat"_s, .offset = 2};
            const QFuture<Result<ErasedEvents>> erased = run.rooms.erase(secret);
            QVERIFY(QTest::qWaitFor([&] { return erased.isFinished(); }));
            QCOMPARE(erased.result().value(), (ErasedEvents{.inMemory = isOpen ? 1 : 0, .stored = 1}));
        }
        kill();
        Run run(config(), kept);
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
        QCOMPARE(run.say(u"c"_s)->offset, 3U);
    }

    void whatWaitsToBeSavedIsErased()
    {
        {
            Run run(config(Durability::Async), kept);
            const QString server = run.say(u"secret"_s)->from;
            const QFuture<Result<ErasedEvents>> erased = run.rooms.erase({.user = server});
            QVERIFY(QTest::qWaitFor([&] { return erased.isFinished(); }));
            QCOMPARE(erased.result().value(), (ErasedEvents{.inMemory = 1, .stored = 1}));
        }
        const std::lock_guard lock(kept->mutex);
        QVERIFY(kept->events.empty());
    }

    void saysThatItCannotErase()
    {
        kept->cannotErase = true;
        Run run(config(), kept);
        QVERIFY(run.say(u"a"_s));
        const QFuture<Result<ErasedEvents>> erased = run.rooms.erase({.roomId = u"chat"_s, .offset = 1});
        QVERIFY(QTest::qWaitFor([&] { return erased.isFinished(); }));
        QCOMPARE(erased.result().error().code, ErrorCode::NotFound);
        QCOMPARE(run.history(), QStringList{u"1 a"_s}); // Memory is not ahead of it.
    }

    void aTriggerIsAppliedOnceOverAKill()
    {
        const auto trigger = [](Run &run) {
            const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
            run.ask(ann, names::trigger,
                    QJsonObject{{u"roomId"_s, u"chat"_s},
                                {u"event"_s, u"message"_s},
                                {u"id"_s, u"once"_s},
                                {u"data"_s, textData(u"a"_s)}});
            QJsonObject ack;
            (void)QTest::qWaitFor([&] {
                for (const Received &got : run.take(ann)) {
                    if (got.name == u"ack")
                        ack = got.payload.toObject();
                }
                return !ack.isEmpty();
            });
            return ack[u"offset"_s].toInt();
        };
        {
            Run run(config(), kept);
            QCOMPARE(trigger(run), 1);
        }
        kill();
        Run run(config(), kept);
        QCOMPARE(trigger(run), 1);
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
    }

    void whatCannotBeStoredIsSaidAndMayBeSaidAgain_data()
    {
        QTest::addColumn<bool MemoryStore::Kept::*>("what");
        QTest::newRow("an error") << &MemoryStore::Kept::fails;
        QTest::newRow("an exception") << &MemoryStore::Kept::throws;
    }
    void whatCannotBeStoredIsSaidAndMayBeSaidAgain()
    {
        QFETCH(bool MemoryStore::Kept::*, what);
        Run run(config(), kept);
        QVERIFY(run.say(u"a"_s));
        set(what, true);
        const auto failed = run.say(u"b"_s);
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Unavailable);
        const auto refused = run.say(u"c"_s);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, ErrorCode::Unavailable);
        QVERIFY(refused.error().retryAfter);
        QVERIFY(!run.counters().isWritable);
        QCOMPARE(run.history(), QStringList{u"1 a"_s}); // Reading goes on.
        set(what, false);
        QTRY_VERIFY(run.counters().isWritable);
        QVERIFY(run.say(u"d"_s));
        QCOMPARE(run.history().size(), 2);
        QVERIFY(run.counters().failedCommits >= 1);
    }

    void isNotCalledWritableWhileItIsOnlyTriedAgain()
    {
        Run run(config(), kept);
        set(&MemoryStore::Kept::fails, true);
        QVERIFY(!run.say(u"a"_s));
        const auto tries = [this] {
            const std::lock_guard lock(kept->mutex);
            return kept->saves;
        };
        QTRY_VERIFY(tries() >= 3); // Though nobody says anything.
        QVERIFY(!run.counters().isWritable);
        QVERIFY(!run.say(u"b"_s));
        set(&MemoryStore::Kept::fails, false);
        QTRY_VERIFY(run.counters().isWritable);
    }

    void whatWentOutAlreadyIsStoredWhenThatCanBeDone()
    {
        {
            Run run(config(Durability::Async), kept);
            set(&MemoryStore::Kept::fails, true);
            QVERIFY(run.say(u"a"_s));
            QTRY_VERIFY(!run.counters().isWritable);
            set(&MemoryStore::Kept::fails, false);
            QTRY_COMPARE(run.counters().events, 1U);
        }
        Run run(config(Durability::Async), kept);
        QCOMPARE(run.history(), QStringList{u"1 a"_s});
    }

    void whatWaitsIsStoredTogether()
    {
        Run run(config(), kept);
        QList<Answer<EventMessage>> said;
        for (int i = 0; i < 1000; ++i)
            said.append(run.chat().trigger(u"message"_s, textData(QString::number(i))));
        QTRY_VERIFY(said.constLast().isReady());
        QCOMPARE(run.counters().events, 1000U);
        const std::lock_guard lock(kept->mutex);
        QVERIFY2(kept->saves < 500, qPrintable(QString::number(kept->saves)));
    }

    void whoComesBackToWhatWasLetGoIsTold()
    {
        ServerConfig few = config();
        few.history.recoveryEvents = 3;
        QByteArray epoch;
        {
            Run run(few, kept);
            epoch = run.chat().epoch();
            for (int i = 1; i <= 8; ++i)
                (void)run.chat().trigger(u"typing"_s, i);
            QVERIFY(run.say(u"9"_s));
        }
        {
            const Run run(few, kept); // Lets go of all but three.
        }
        few.history.recoveryEvents = 100;
        Run run(few, kept);
        QCOMPARE(run.chat().epoch(), epoch);
        const SocketId ann = run.connectAs(u"ann"_s);
        const auto comesBack = [&](int offset) {
            run.ask(ann, names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
            run.take(ann);
            run.ask(
                ann, names::join,
                QJsonObject{{u"roomId"_s, u"chat"_s},
                            {u"subscriptions"_s, QJsonArray{u"typing"_s}},
                            {u"since"_s,
                             QJsonObject{{u"epoch"_s, QString::fromLatin1(epoch)}, {u"offset"_s, offset}}}});
            return run.take(ann)[0].payload[u"recovered"_s].toBool();
        };
        QVERIFY(comesBack(6));
        QVERIFY(!comesBack(5));
    }

    void pagesGoBeyondMemory()
    {
        Run run(config(), kept);
        for (int i = 1; i <= 8; ++i)
            QVERIFY(run.say(QString::number(i)));
        QCOMPARE(run.history(u"message"_s, {.start = 2, .end = 6}),
                 (QStringList{u"6 6"_s, u"5 5"_s, u"4 4"_s, u"3 3"_s}));
        QCOMPARE(run.history({}, {.start = 5, .end = 9}), (QStringList{u"3 3"_s, u"2 2"_s, u"1 1"_s}));
    }

    void roomsOfClientsComeBackAndGo()
    {
        {
            Run run(config(), kept);
            const SocketId ann = run.connectAs(u"ann"_s);
            for (const char *id : {"tea", "coffee"}) {
                run.ask(ann, names::createRoom,
                        QJsonObject{{u"id"_s, QString::fromLatin1(id)}, {u"name"_s, u"Ann's"_s}});
            }
            run.ask(ann, names::deleteRoom, QJsonObject{{u"roomId"_s, u"coffee"_s}});
        }
        const Run run(config(), kept);
        QVERIFY(run.rooms.find(u"tea"_s));
        QCOMPARE(run.rooms.find(u"tea"_s)->name(), u"Ann's"_s);
        QVERIFY(!run.rooms.find(u"coffee"_s));
    }
};

DIALOGUE_TEST(TestOwnStore, QCoreApplication)
#include "tst_ownstore.moc"
