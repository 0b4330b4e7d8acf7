#include "storefixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;

/** What is erased of what rooms have said, with a store and without one. */
class TestErasing : public QObject
{
    Q_OBJECT

    static constexpr int Many = 3000;
    StoreFolder folder;

    [[nodiscard]] ServerConfig config() const
    {
        return {.rooms = {chatRoom()}, .persistence = folder.persistence()};
    }
    template <class Run>
    static Result<ErasedEvents> erase(Run &run, const Erasure &which)
    {
        const QFuture<Result<ErasedEvents>> erased = run.rooms.erase(which);
        if (!QTest::qWaitFor([&] { return erased.isFinished(); }))
            qFatal("It is not answered");
        return erased.result();
    }
    static QList<quint64> kept(const Room &room)
    {
        QList<quint64> offsets;
        OffsetMerge all = RoomPrivate::of(room).log().forward(0);
        while (const PublicationPtr *const each = all.next())
            offsets.append((*each)->offset());
        return offsets;
    }
    /** What \a socket is sent that comes back to the room after the first event. */
    static QStringList missed(StoredRooms &run, SocketId socket)
    {
        run.ask(socket, protocol::names::leave, QJsonObject{{u"roomId"_s, u"chat"_s}});
        run.take(socket);
        run.ask(socket, protocol::names::join,
                QJsonObject{
                    {u"roomId"_s, u"chat"_s},
                    {u"since"_s,
                     QJsonObject{{u"epoch"_s, QString::fromLatin1(run.chat().epoch())}, {u"offset"_s, 1}}}});
        QStringList texts;
        for (const Received &got : run.take(socket)) {
            if (got.name == protocol::names::joined)
                texts.append(got.payload[u"recovered"_s].toBool() ? u"recovered"_s : u"gap"_s);
            if (got.name == protocol::names::event)
                texts.append(got.payload[u"data"_s][u"text"_s].toString());
        }
        return texts;
    }

private Q_SLOTS:
    void init() { std::destroy_at(&folder), std::construct_at(&folder); }

    void oneEventIsGoneFromHistoryAndRecoveryAndNobodyIsToldOfAGap()
    {
        StoredRooms run(config());
        for (const auto &text : {u"one"_s, u"secret"_s, u"three"_s})
            QVERIFY(run.say(text));
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2, .onlyCounts = true}).value(),
                 (ErasedEvents{.inMemory = 1, .stored = 1}));
        QCOMPARE(run.history().size(), 3);
        QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2}).value(),
                 (ErasedEvents{.inMemory = 1, .stored = 1}));
        QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 2}).value(), ErasedEvents());
        QCOMPARE(run.history(), (QStringList{u"3 three"_s, u"1 one"_s}));
        QCOMPARE(missed(run, ann), (QStringList{u"recovered"_s, u"three"_s}));
        QCOMPARE(erase(run, {.roomId = u"chat"_s, .offset = 3}).value().inMemory, 1);
        QCOMPARE(run.say(u"next"_s)->offset, 4U);
    }

    void pagesAreThoseOfTheNextRun()
    {
        ServerConfig few = config();
        few.persistence.retention.maxEvents = 100;
        few.history.recoveryEvents = 2;
        few.rooms[0].events[0].history.limit = 2;
        QStringList now;
        {
            StoredRooms run(few);
            for (int i = 1; i <= 8; ++i)
                QVERIFY(run.say(QString::number(i)));
            for (const quint64 offset : {3, 5, 7})
                QVERIFY(erase(run, {.roomId = u"chat"_s, .offset = offset}));
            now = run.history();
        }
        QCOMPARE(now, (QStringList{u"8 8"_s, u"6 6"_s, u"4 4"_s, u"2 2"_s, u"1 1"_s}));
        QCOMPARE(StoredRooms(few).history(), now);
    }

    void allOfAUserGoesPieceByPieceWithoutAStoreToo()
    {
        RoomsFixture run({.rooms = {chatRoom()}});
        Room &chat = *run.rooms.find(u"chat"_s);
        const SocketId ann = run.joined(u"ann"_s, u"chat"_s);
        for (int i = 0; i < Many; ++i)
            QVERIFY(chat.trigger(u"message"_s, textData(u"open"_s)).result());
        run.ask(ann, protocol::names::trigger,
                QJsonObject{{u"roomId"_s, u"chat"_s},
                            {u"event"_s, u"message"_s},
                            {u"data"_s, textData(u"secret"_s)}});
        const QList<quint64> before = kept(chat);
        QCOMPARE(before.constLast(), quint64(Many + 1));
        QCOMPARE(erase(run, {.user = u"ann"_s}).value(), (ErasedEvents{.inMemory = 1}));
        QCOMPARE(kept(chat), before.mid(0, before.size() - 1));
        const QString server = chat.history().result()->constFirst().from;
        QCOMPARE(erase(run, {.user = server}).value().inMemory, before.size() - 1);
        QCOMPARE(kept(chat), QList<quint64>());
        QVERIFY(run.rooms.slicedWork().longestSlice <= SlicedWork::StepsPerSlice + 64);
    }

    void whatWaitsForTheStoreIsErasedAndWhatComesLaterIsNot()
    {
        StoredRooms run(config());
        const QString server = run.say(u"first"_s)->from;
        const auto before = run.chat().trigger(u"message"_s, textData(u"before"_s));
        const QFuture<Result<ErasedEvents>> erased = run.rooms.erase({.user = server});
        const auto later = run.chat().trigger(u"message"_s, textData(u"later"_s));
        StoredRooms::waitFor(before);
        StoredRooms::waitFor(later);
        QVERIFY(QTest::qWaitFor([&] { return erased.isFinished(); }));
        QCOMPARE(erased.result().value(), (ErasedEvents{.inMemory = 2, .stored = 2}));
        QCOMPARE(run.history(), QStringList{u"3 later"_s});
    }

    void refusesWhatIsNeitherAnEventNorAUser()
    {
        RoomsFixture run({.rooms = {chatRoom()}});
        for (const Erasure &which : {Erasure{}, Erasure{.roomId = u"chat"_s}, Erasure{.offset = 1},
                                     Erasure{.roomId = u"chat"_s, .offset = 1, .user = u"ann"_s}})
            QCOMPARE(erase(run, which).error().code, ErrorCode::InvalidRequest);
    }
};

DIALOGUE_TEST(TestErasing, QCoreApplication)
#include "tst_erasing.moc"
