#include "heap.h"
#include "roomsfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Steps that answer when a test says so. */
class Askers
{
public:
    struct Question
    {
        EventMessage message;
        ClientSnapshot sender;
        std::stop_token stop;
        QPromise<Result<EventMessage>> promise = {};
    };

    Middleware step()
    {
        return [this](EventMessage message, const QString &, ClientSnapshot sender, std::stop_token stop) {
            asked.push_back(
                std::make_unique<Question>(Question{std::move(message), std::move(sender), std::move(stop)}));
            asked.back()->promise.start();
            return asked.back()->promise.future();
        };
    }
    void answer(std::size_t which, const Result<EventMessage> &answer)
    {
        asked[which]->promise.addResult(answer);
        asked[which]->promise.finish();
    }
    void pass(std::size_t which) { answer(which, asked[which]->message); }

    std::vector<std::unique_ptr<Question>> asked;
};

/** Puts its name behind the text, and notes that it was called. */
Middleware named(const QString &name, QStringList &called)
{
    return [name, &called](EventMessage &message, const Room &, ConnectedClient *) -> Result<void> {
        called.append(name);
        QJsonObject data = message.data.toObject();
        data[u"text"_s] = data[u"text"_s].toString() + name;
        message.data = data;
        return {};
    };
}

Middleware refusing()
{
    return [](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
        return Error{ErrorCode::EventBlocked, u"not that"_s};
    };
}

QString answerOf(const QJsonObject &ack)
{
    return ack[u"ok"_s].toBool() ? u"ok"_s : ack[u"error"_s][u"code"_s].toString();
}

ServerConfig twoChats()
{
    RoomConfig other = chatRoom();
    other.id = u"other"_s;
    ServerConfig config;
    config.rooms = {chatRoom(), other};
    return config;
}

} // namespace

class TestMiddleware : public QObject
{
    Q_OBJECT

    static void turn()
    {
        for (int i = 0; i < 8; ++i)
            QCoreApplication::processEvents();
    }
    static QString say(RoomsFixture &f, SocketId socket, const QString &text, const QString &room = u"chat"_s)
    {
        return answerOf(f.ask(socket, protocol::names::trigger, trigger(u"message"_s, textData(text), room)));
    }
    /** The texts that \a socket has heard since, and "ok" or a code for each ack. */
    static QString heard(RoomsFixture &f, SocketId socket)
    {
        QStringList all;
        for (const Received &got : f.take(socket)) {
            if (got.name == u"dialogue:event")
                all.append(got.payload[u"data"_s][u"text"_s].toString());
            else if (got.name == u"ack")
                all.append(answerOf(got.payload.toObject()));
        }
        return all.join(u' ');
    }

private Q_SLOTS:
    void thatOfAllComesBeforeThatOfTheRoom()
    {
        QStringList called;
        Hooks hooks;
        hooks.beforeEach = [&called](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
            called.append(u"hook"_s);
            return {};
        };
        RoomsFixture f(twoChats(), hooks);
        f.middlewares.use(u"chat"_s, named(u"c"_s, called));
        f.middlewares.use({}, named(u"a"_s, called));
        f.middlewares.use(u"chat"_s, named(u"d"_s, called));
        f.middlewares.use({}, named(u"b"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(say(f, ann, u"x"_s), u"ok"_s);
        QCOMPARE(called, (QStringList{u"a"_s, u"b"_s, u"c"_s, u"d"_s, u"hook"_s}));
        QCOMPARE(heard(f, ann), u"xabcd ok"_s);
        called.clear();
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        QCOMPARE(say(f, ann, u"x"_s, u"other"_s), u"ok"_s);
        QCOMPARE(called, (QStringList{u"a"_s, u"b"_s, u"hook"_s}));
    }

    void oneThatRefusesEndsTheWalk()
    {
        QStringList called;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, named(u"a"_s, called));
        f.middlewares.use(u"chat"_s, refusing());
        f.middlewares.use(u"chat"_s, named(u"b"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(say(f, ann, u"x"_s), u"EVENT_BLOCKED"_s);
        QCOMPARE(called, QStringList{u"a"_s});
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0u);
    }

    void whatIsNoValidEventNoneIsAskedAbout()
    {
        QStringList called;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, named(u"a"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(say(f, ann, QString()), u"VALIDATION_FAILED"_s);
        QCOMPARE(say(f, ann, u"x"_s, u"other"_s), u"NOT_IN_ROOM"_s);
        QVERIFY(called.isEmpty());
    }

    void holdsForTheApplicationAsFarAsItAnswersAtOnce()
    {
        QStringList called;
        Askers askers;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, named(u"a"_s, called));
        f.middlewares.use({}, askers.step());
        Room *const room = f.rooms.find(u"chat"_s);
        const auto said = room->trigger(u"message"_s, textData(u"x"_s));
        QVERIFY(said.isReady() && said.result());
        QCOMPARE(called.size(), 1);
        QVERIFY(askers.asked.empty());
        f.middlewares.use({}, refusing());
        QCOMPARE(room->trigger(u"message"_s, textData(u"x"_s)).result().error().code,
                 ErrorCode::EventBlocked);
    }

    void oneThatAnswersLaterHoldsUpThoseBehindIt()
    {
        QStringList called;
        Askers first;
        Askers second;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, named(u"a"_s, called));
        f.middlewares.use({}, first.step());
        f.middlewares.use(u"chat"_s, named(u"b"_s, called));
        f.middlewares.use(u"chat"_s, second.step());
        f.middlewares.use(u"chat"_s, named(u"c"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"x"_s);
        QCOMPARE(called, QStringList{u"a"_s});
        QCOMPARE(first.asked.size(), 1u);
        QCOMPARE(first.asked[0]->sender.userId, u"ann"_s);
        QVERIFY(second.asked.empty());
        EventMessage changed = first.asked[0]->message;
        changed.data = textData(u"y"_s);
        changed.meta = {{u"seen"_s, true}};
        changed.from = u"eve"_s; // Nobody else's name can be put there.
        first.answer(0, changed);
        turn();
        QCOMPARE(called, (QStringList{u"a"_s, u"b"_s}));
        QCOMPARE(second.asked.size(), 1u);
        QCOMPARE(second.asked[0]->message.data.toObject(), textData(u"yb"_s));
        QCOMPARE(second.asked[0]->message.from, u"ann"_s);
        QCOMPARE(heard(f, ann), QString());
        second.pass(0);
        turn();
        QCOMPARE(heard(f, ann), u"ybc ok"_s);
    }

    void oneThatRefusesLaterEndsTheWalk()
    {
        QStringList called;
        Askers askers;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, askers.step());
        f.middlewares.use({}, named(u"a"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"x"_s);
        askers.answer(0, Error{ErrorCode::EventBlocked, u"not that"_s});
        turn();
        QCOMPARE(heard(f, ann), u"EVENT_BLOCKED"_s);
        QVERIFY(called.isEmpty());
    }

    void eventsOfOneClientKeepTheirOrder()
    {
        Askers askers;
        RoomsFixture f(twoChats());
        f.middlewares.use(u"chat"_s, askers.step());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const SocketId bob = f.joined(u"bob"_s, u"chat"_s);
        QVERIFY(f.client(ann)->join(u"other"_s).result());
        f.take(ann);
        f.take(bob);
        for (const auto &text : {u"a"_s, u"b"_s, u"c"_s})
            say(f, ann, text);
        QCOMPARE(askers.asked.size(), 1u); // The others wait behind the first.
        QCOMPARE(say(f, ann, u"x"_s, u"other"_s), u"ok"_s); // Other rooms do not,
        say(f, bob, u"y"_s); // nor do other clients.
        QCOMPARE(askers.asked.size(), 2u);
        f.take(ann);
        askers.pass(1);
        turn();
        QCOMPARE(heard(f, bob), u"y ok"_s);
        for (const std::size_t which : {0u, 2u, 3u}) {
            QCOMPARE(askers.asked.size(), qMax<std::size_t>(which + 1, 2));
            askers.pass(which);
            turn();
        }
        QCOMPARE(heard(f, bob), u"a b c"_s);
        QCOMPARE(heard(f, ann), u"y a ok b ok c ok"_s);
    }

    void whoLeavesMeanwhileSaysNothing()
    {
        QStringList called;
        Askers askers;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, askers.step());
        f.middlewares.use({}, named(u"a"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"x"_s);
        QVERIFY(f.client(ann)->leave(u"chat"_s));
        f.take(ann);
        askers.pass(0);
        turn();
        QCOMPARE(heard(f, ann), u"NOT_IN_ROOM"_s);
        QVERIFY(called.isEmpty());
    }

    void aRoomThatIsDeletedMeanwhileEndsTheWalk()
    {
        QStringList called;
        Askers askers;
        RoomsFixture f(twoChats());
        f.middlewares.use({}, askers.step());
        f.middlewares.use({}, named(u"a"_s, called));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"x"_s);
        QVERIFY(f.rooms.remove(u"chat"_s));
        turn();
        f.take(ann);
        QVERIFY(askers.asked[0]->stop.stop_requested());
        askers.pass(0);
        turn();
        QCOMPARE(heard(f, ann), QString());
        QVERIFY(called.isEmpty());
    }

    void noneIsWaitedForForLong()
    {
        ServerConfig config = twoChats();
        config.hooks.timeout = 50ms;
        Askers askers;
        RoomsFixture f(config);
        f.middlewares.use({}, askers.step());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        say(f, ann, u"x"_s);
        QTRY_VERIFY(!f.peek(ann).isEmpty());
        QCOMPARE(heard(f, ann), u"UNAVAILABLE"_s);
        QVERIFY(askers.asked[0]->stop.stop_requested());
        turn();
        askers.pass(0);
        turn();
        QCOMPARE(heard(f, ann), QString());
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0u);
    }

    void mayBeAddedWhileOneIsAsked()
    {
        QStringList called;
        RoomsFixture f(twoChats());
        f.middlewares.use({},
                          Middleware([&](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
                              called.append(u"first"_s);
                              f.middlewares.use({}, named(u"n"_s, called));
                              return {};
                          }));
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QCOMPARE(say(f, ann, u"x"_s), u"ok"_s);
        QCOMPARE(called, QStringList{u"first"_s}); // From the next event on.
        QCOMPARE(say(f, ann, u"x"_s), u"ok"_s);
        QCOMPARE(called, (QStringList{u"first"_s, u"first"_s, u"n"_s}));
    }

    void thoseThatAnswerAtOnceTakeNoMemory()
    {
        std::vector<qint64> bytes; // While each is called.
        bytes.reserve(4);
        RoomsFixture f(twoChats());
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const Room &room = *f.rooms.find(u"chat"_s);
        EventMessage message{
            .event = u"message"_s, .roomId = u"chat"_s, .data = textData(u"x"_s), .from = u"ann"_s};
        EventContext context{
            .message = message, .room = room, .definition = nullptr, .sender = f.client(ann)};
        const auto counting = [&bytes](EventMessage &, const Room &, ConnectedClient *) -> Result<void> {
            bytes.push_back(heapBytes());
            return {};
        };
        f.middlewares.use({}, Middleware(counting));
        f.middlewares.use(u"chat"_s, Middleware(counting));
        const qint64 before = heapBytes();
        const bool passed = f.middlewares.pass(context).has_value();
        QVERIFY(passed);
        QCOMPARE(bytes, (std::vector<qint64>{before, before}));
    }

    void nothingCanBeConfiguredWhereNobodyMakesIt()
    {
        RoomsFixture f(twoChats());
        RoomConfig room = chatRoom();
        room.middleware = {middleware::logger()};
        const auto updated = f.rooms.update(room);
        QVERIFY(!updated);
        QCOMPARE(updated.error().path, u"middleware[0]"_s);
        room.id = u"new"_s;
        QVERIFY(!f.rooms.create(room));
        QVERIFY(!f.rooms.find(u"new"_s));
    }
};

DIALOGUE_TEST(TestMiddleware, QCoreApplication)
#include "tst_middleware.moc"
