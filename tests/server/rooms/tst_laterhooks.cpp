#include "roomsfixture.h"
#include "server/rooms/guardedhooks.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

#include <memory>
#include <utility>
#include <vector>

using namespace dialogue;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

/** Somebody who is asked things, and answers when a test says so. */
template <class T>
class Oracle
{
public:
    QFuture<Result<T>> ask(QString about, std::stop_token stop)
    {
        questions.append(std::move(about));
        stops.push_back(std::move(stop));
        promises.push_back(std::make_unique<QPromise<Result<T>>>());
        promises.back()->start();
        return promises.back()->future();
    }
    void answer(const Result<T> &answer)
    {
        QPromise<Result<T>> &next = *promises[answered++];
        next.addResult(answer);
        next.finish();
    }

    QStringList questions;
    std::vector<std::stop_token> stops;
    std::vector<std::unique_ptr<QPromise<Result<T>>>> promises;
    std::size_t answered = 0;
};

Error denied(ErrorCode code = ErrorCode::PermissionDenied) { return {code, u"no"_s}; }

namespace names = protocol::names;

} // namespace

/** What clients ask, where somebody else is asked whether they may. */
class TestLaterHooks : public QObject
{
    Q_OBJECT

    static ServerConfig config(std::optional<int> seats = {})
    {
        ServerConfig config;
        config.rooms = {chatRoom()};
        config.rooms[0].maxSize = seats;
        config.roomCreation = {.create = {Permission::Anyone}, .maxPerUser = 1};
        return config;
    }
    static QJsonObject in(const QString &room = u"chat"_s) { return {{u"roomId"_s, room}}; }
    static QJsonObject naming(const QString &event)
    {
        return {{u"roomId"_s, u"chat"_s}, {u"eventName"_s, event}};
    }
    static void request(RoomsFixture &f, SocketId socket, QLatin1String name, const QJsonObject &payload)
    {
        f.hub.socketEvent(socket, {.name = name, .args = QJsonArray{payload}, .attachments = {}, .ackId = 7});
    }
    /** The acks that \a socket got, in short. */
    static QString acks(const RoomsFixture &f, SocketId socket)
    {
        QStringList all;
        for (const Received &got : f.peek(socket)) {
            if (got.name == u"ack")
                all.append(got.payload[u"ok"_s].toBool() ? u"ok"_s
                                                         : got.payload[u"error"_s][u"code"_s].toString());
        }
        return all.join(u' ');
    }
    static bool isIn(RoomsFixture &f, SocketId socket)
    {
        return f.rooms.find(u"chat"_s)->contains(f.client(socket));
    }

    struct Joining : Oracle<void>
    {
        Hooks hooks()
        {
            return {.beforeJoinLater
                    = [this](const ClientSnapshot &client, const QString &roomId, std::stop_token stop) {
                          return ask(client.userId + u'>' + roomId, std::move(stop));
                      }};
        }
    };

    struct Past : Oracle<QList<EventMessage>>
    {
        Hooks hooks()
        {
            return {.onLoadLater = [this](const QString &roomId, const QString &event, HistoryRange range,
                                          std::stop_token stop) {
                return ask(QStringLiteral("%1:%2 %3-%4 before %5")
                               .arg(roomId, event)
                               .arg(range.start)
                               .arg(range.end)
                               .arg(range.before),
                           std::move(stop));
            }};
        }
    };

private Q_SLOTS:
    void aJoinIsDoneOnceTheAnswerIsThere()
    {
        Joining oracle;
        RoomsFixture f(config(), oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        request(f, ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s))); // As its own client does.
        QCOMPARE(oracle.questions, QStringList{u"ann>chat"_s});
        QVERIFY(!isIn(f, ann));
        QCOMPARE(f.gateway.kept, 2);
        oracle.answer({});
        QTRY_COMPARE(acks(f, ann), u"ok ok"_s);
        QVERIFY(isIn(f, ann));
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
        QCOMPARE(f.gateway.kept, 0);
        request(f, ann, names::join, in()); // It is in.
        QCOMPARE(oracle.questions.size(), 1);
        QCOMPARE(acks(f, ann), u"ok ok ok"_s);
    }

    void whoIsRefusedIsToldAsItIs()
    {
        Joining oracle;
        RoomsFixture f(config(), oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        request(f, ann, names::subscribe, naming(u"typing"_s));
        oracle.answer(denied(ErrorCode::JoinDenied));
        QTRY_COMPARE(acks(f, ann), u"JOIN_DENIED NOT_IN_ROOM"_s);
        QVERIFY(!isIn(f, ann));
    }

    void nobodyIsAskedInVain()
    {
        Joining oracle;
        RoomsFixture f(config(1), oracle.hooks());
        f.joined(u"bob"_s, u"chat"_s); // As the application has it, which is not asked.
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        request(f, ann, names::join, in(u"nowhere"_s));
        QCOMPARE(acks(f, ann), u"ROOM_FULL ROOM_NOT_FOUND"_s);
        QVERIFY(oracle.questions.isEmpty());
    }

    void aSeatIsTakenByWhomIsAnsweredFirst()
    {
        Joining oracle;
        RoomsFixture f(config(2), oracle.hooks());
        QList<SocketId> joiners;
        for (const QString &user : {u"ann"_s, u"bob"_s, u"cat"_s}) {
            joiners.append(f.connectAs(user));
            request(f, joiners.last(), names::join, in());
        }
        QCOMPARE(oracle.questions.size(), 3);
        for (int i = 0; i < 3; ++i)
            oracle.answer({});
        QTRY_COMPARE(acks(f, joiners[2]), u"ROOM_FULL"_s);
        QCOMPARE(acks(f, joiners[0]), u"ok"_s);
        QCOMPARE(acks(f, joiners[1]), u"ok"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 2);
    }

    void whoIsGoneDoesNotJoin()
    {
        Joining oracle;
        RoomsFixture f(config(1), oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        const SocketId bob = f.connectAs(u"bob"_s);
        request(f, ann, names::join, in());
        f.hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        QVERIFY(oracle.stops[0].stop_requested());
        oracle.answer({});
        request(f, bob, names::join, in());
        oracle.answer({});
        QTRY_COMPARE(acks(f, bob), u"ok"_s);
        QCOMPARE(f.rooms.find(u"chat"_s)->size(), 1);
    }

    void whatWhoIsGoneSaidBehindItsJoinGoesOn()
    {
        Joining oracle;
        RoomsFixture f(config(), oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        request(f, ann, names::trigger, trigger(u"message"_s, textData(u"hi"_s)));
        request(f, ann, names::subscribe, naming(u"typing"_s)); // Which is for itself.
        f.hub.socketDisconnected(ann, DisconnectReason::ClientDisconnect);
        QCOMPARE(f.gateway.kept, 2);
        oracle.answer({});
        QTRY_COMPARE(f.rooms.find(u"chat"_s)->offset(), 1U);
        QTRY_COMPARE(f.rooms.find(u"chat"_s)->size(), 0);
        QCOMPARE(f.gateway.kept, 0);
    }

    void aRoomThatIsDeletedMeanwhileIsNotJoined()
    {
        Joining oracle;
        RoomsFixture f(config(), oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        QVERIFY(f.rooms.remove(u"chat"_s));
        QVERIFY(f.rooms.create(chatRoom()));
        QTRY_COMPARE(acks(f, ann), u"ROOM_NOT_FOUND"_s);
        oracle.answer({});
        QCoreApplication::processEvents();
        QVERIFY(!isIn(f, ann));
    }

    void noAnswerInTimeIsNoWayIn()
    {
        Joining oracle;
        ServerConfig soon = config();
        soon.hooks.timeout = 10ms;
        RoomsFixture f(soon, oracle.hooks());
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        QTRY_COMPARE(acks(f, ann), u"UNAVAILABLE"_s);
        QVERIFY(!isIn(f, ann));
    }

    void subscriptionsAreAskedAbout()
    {
        Oracle<void> oracle;
        RoomsFixture f(config(),
                       {.beforeSubscribeLater = [&](const ClientSnapshot &client, const QString &roomId,
                                                    const QStringList &events, std::stop_token stop) {
                           return oracle.ask(client.userId + u'>' + roomId + u':' + events.join(u','),
                                             std::move(stop));
                       }});
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in()); // What the room gives to everybody, it gives.
        QCOMPARE(acks(f, ann), u"ok"_s);
        request(f, ann, names::subscribe, naming(u"typing"_s));
        request(f, ann, names::subscribeAll, in());
        QCOMPARE(oracle.questions, QStringList{u"ann>chat:typing"_s});
        oracle.answer({});
        QTRY_COMPARE(oracle.questions.size(), 2);
        QCOMPARE(oracle.questions[1], u"ann>chat:*"_s);
        oracle.answer(denied());
        QTRY_COMPARE(acks(f, ann), u"ok ok PERMISSION_DENIED"_s);
        QCOMPARE(f.client(ann)->subscriptions(u"chat"_s), (QStringList{u"message"_s, u"typing"_s}));
        request(f, ann, names::subscribe, naming(u"nothing"_s)); // Nobody is asked in vain.
        QCOMPARE(oracle.questions.size(), 2);

        // And by a join nobody gets around it.
        const SocketId bob = f.connectAs(u"bob"_s);
        QJsonObject join = in();
        join.insert(u"subscriptions"_s, QJsonArray{u"typing"_s, u"message"_s});
        request(f, bob, names::join, join);
        QCOMPARE(oracle.questions.last(), u"bob>chat:typing,message"_s);
        oracle.answer(denied());
        QTRY_COMPARE(acks(f, bob), u"PERMISSION_DENIED"_s);
        QVERIFY(!isIn(f, bob));
    }

    void subscriptionsAreAskedAboutAtOnce()
    {
        QStringList asked;
        RoomsFixture f(config(),
                       {.beforeSubscribe = [&](ConnectedClient &, const Room &room,
                                               const QStringList &events) -> Result<void> {
                           asked.append(room.id() + u':' + events.join(u','));
                           return events.contains(u"typing"_s) ? Result<void>(denied()) : Result<void>();
                       }});
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::join, in());
        request(f, ann, names::subscribe, naming(u"typing"_s));
        request(f, ann, names::subscribeAll, in());
        QCOMPARE(acks(f, ann), u"ok PERMISSION_DENIED ok"_s);
        QVERIFY(!f.client(ann)->subscribe(u"chat"_s, u"typing"_s));
        QCOMPARE(asked, (QStringList{u"chat:typing"_s, u"chat:*"_s, u"chat:typing"_s}));
        const SocketId bob = f.connectAs(u"bob"_s);
        QJsonObject join = in();
        join.insert(u"subscriptions"_s, QJsonArray{u"typing"_s});
        request(f, bob, names::join, join);
        QCOMPARE(acks(f, bob), u"PERMISSION_DENIED"_s);
        QVERIFY(!isIn(f, bob));
    }

    void aRoomIsCreatedAsTheAnswerHasIt()
    {
        Oracle<RoomConfig> oracle;
        RoomsFixture f(config(),
                       {.beforeCreateLater
                        = [&](const RoomConfig &room, const ClientSnapshot &creator, std::stop_token stop) {
                              return oracle.ask(creator.userId + u'>' + room.id, std::move(stop));
                          }});
        const SocketId ann = f.connectAs(u"ann"_s);
        const auto create = [&](const QString &id) {
            request(f, ann, names::createRoom, {{u"id"_s, id}, {u"name"_s, u"Mine"_s}});
        };
        create(u"mine"_s);
        request(f, ann, names::join, in(u"mine"_s)); // Which waits for it.
        create(u"another"_s); // The limit is one.
        QCOMPARE(oracle.questions, (QStringList{u"ann>mine"_s, u"ann>another"_s}));
        QVERIFY(!f.rooms.find(u"mine"_s));
        RoomConfig answer{.id = u"else"_s,
                          .name = u"Ours"_s,
                          .events = {defineEvent(u"message"_s)},
                          .createdById = u"bob"_s};
        oracle.answer(answer);
        QTRY_VERIFY(f.rooms.find(u"mine"_s));
        QVERIFY(!f.rooms.find(u"else"_s)); // What it is called, and whose it is, is not for it to say.
        QCOMPARE(f.rooms.find(u"mine"_s)->config().createdById, u"ann"_s);
        QCOMPARE(f.rooms.find(u"mine"_s)->name(), u"Ours"_s);
        QTRY_COMPARE(acks(f, ann), u"ok ok"_s);
        oracle.answer(answer);
        QTRY_COMPARE(acks(f, ann), u"ok ok LIMIT_REACHED"_s);
        QVERIFY(f.rooms.find(u"mine"_s)->contains(f.client(ann)));
        create(u"chat"_s);
        QCOMPARE(oracle.questions.size(), 2); // Nobody is asked in vain.
    }

    void aRoomIsCreatedAsTheHookHasIt()
    {
        RoomsFixture f(config(), {.beforeCreate = [](ConnectedClient &, RoomConfig &room) -> Result<void> {
                           if (room.name == u"Bad")
                               return denied();
                           room.maxSize = 3;
                           room.id = u"else"_s;
                           return {};
                       }});
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::createRoom, {{u"id"_s, u"bad"_s}, {u"name"_s, u"Bad"_s}});
        request(f, ann, names::createRoom, {{u"id"_s, u"good"_s}, {u"name"_s, u"Good"_s}});
        QCOMPARE(acks(f, ann), u"PERMISSION_DENIED ok"_s);
        QCOMPARE(f.rooms.find(u"good"_s)->config().maxSize, 3);
        QVERIFY(!f.rooms.find(u"else"_s));
        QVERIFY(!f.rooms.find(u"bad"_s));
    }

    void whoIsSentAwayByTheHookCreatesNothing()
    {
        RoomsFixture *fixture = nullptr;
        RoomsFixture f(config(), {.beforeCreate = [&](ConnectedClient &, RoomConfig &) -> Result<void> {
                           fixture->hub.socketDisconnected(1, DisconnectReason::ServerDisconnect);
                           return {};
                       }});
        fixture = &f;
        const SocketId ann = f.connectAs(u"ann"_s);
        request(f, ann, names::createRoom, {{u"id"_s, u"mine"_s}, {u"name"_s, u"Mine"_s}});
        QVERIFY(!f.rooms.find(u"mine"_s));
    }

    void thePastIsReadByWhoMay()
    {
        Oracle<void> oracle;
        RoomsFixture f(config(),
                       {.beforeHistoryLater = [&](const ClientSnapshot &client, const QString &roomId,
                                                  const QString &event, std::stop_token stop) {
                           return oracle.ask(client.userId + u'>' + roomId + u':' + event, std::move(stop));
                       }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"message"_s, textData(u"hi"_s)).result());
        f.take(ann);
        request(f, ann, names::getHistory, naming(u"message"_s));
        request(f, ann, names::getHistory, in());
        oracle.answer({});
        QTRY_COMPARE(oracle.questions, (QStringList{u"ann>chat:message"_s, u"ann>chat:"_s}));
        QCOMPARE(f.peek(ann).constFirst().payload[u"events"_s].toArray().size(), 1);
        oracle.answer(denied());
        QTRY_COMPARE(acks(f, ann), u"ok PERMISSION_DENIED"_s);
    }

    void thePastIsReadByWhoMayAtOnce()
    {
        RoomsFixture f(
            config(),
            {.beforeHistory = [](ConnectedClient &, const Room &, const QString &event) -> Result<void> {
                return event.isEmpty() ? Result<void>(denied()) : Result<void>();
            }});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        request(f, ann, names::getHistory, naming(u"message"_s));
        request(f, ann, names::getHistory, in());
        QCOMPARE(acks(f, ann), u"ok PERMISSION_DENIED"_s);
    }

    void whatMemoryLacksIsLoadedLater()
    {
        Past oracle;
        RoomsFixture f(config(), oracle.hooks());
        Room *const chat = f.rooms.find(u"chat"_s);
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const QString &text : {u"1"_s, u"2"_s, u"3"_s, u"4"_s, u"5"_s})
            QVERIFY(chat->trigger(u"message"_s, textData(text)).result()); // Of which three are kept.
        f.take(ann);
        QJsonObject page = naming(u"message"_s);
        page.insert(u"end"_s, 3);
        request(f, ann, names::getHistory, page);
        QVERIFY(oracle.questions.isEmpty()); // It is all there.
        f.take(ann);
        page.insert(u"end"_s, 5);
        request(f, ann, names::getHistory, page);
        QCOMPARE(oracle.questions, QStringList{u"chat:message 3-5 before 3"_s});
        QCOMPARE(acks(f, ann), QString());
        QVERIFY(f.memory.counters().used > 0);
        QVERIFY(chat->trigger(u"message"_s, textData(u"6"_s))
                    .result()); // Which is no part of what was asked for.
        f.take(ann);
        QList<EventMessage> loaded;
        for (const int offset : {3, 2, 1}) {
            loaded.append({.event = u"message"_s,
                           .roomId = u"chat"_s,
                           .data = textData(QString::number(offset)),
                           .from = u"system"_s,
                           .offset = static_cast<quint64>(offset)});
        }
        oracle.answer(loaded);
        QTRY_COMPARE(acks(f, ann), u"ok"_s);
        QStringList texts;
        for (const QJsonValue &event : f.peek(ann).constFirst().payload[u"events"_s].toArray())
            texts.append(event[u"data"_s][u"text"_s].toString());
        QCOMPARE(texts, (QStringList{u"5"_s, u"4"_s, u"3"_s, u"2"_s, u"1"_s}));

        request(f, ann, names::getHistory, page);
        oracle.answer(denied(ErrorCode::IoError));
        QTRY_COMPARE(acks(f, ann), u"ok IO_ERROR"_s);
    }

    void theApplicationWaitsForThePastToo()
    {
        Past past;
        ServerConfig narrow = config();
        narrow.hooks.maxPending = 1;
        RoomsFixture f(narrow, past.hooks());
        Room *const chat = f.rooms.find(u"chat"_s);
        for (const QString &text : {u"1"_s, u"2"_s, u"3"_s, u"4"_s})
            QVERIFY(chat->trigger(u"message"_s, textData(text)).isReady());
        QCOMPARE(chat->history(u"message"_s, {0, 3}).result()->size(), 3); // It is all there.
        const Answer<QList<EventMessage>> page = chat->history(u"message"_s, {0, 9});
        QVERIFY(!page.isReady());
        QCOMPARE(past.questions, QStringList{u"chat:message 3-9 before 2"_s});
        QCOMPARE(chat->history(u"message"_s, {0, 9}).result().error().code, ErrorCode::Unavailable);
        QString texts;
        page.then(this, [&](const Result<QList<EventMessage>> &got) {
            for (const EventMessage &message : *got)
                texts += message.data[u"text"].toString();
        });
        QVERIFY(chat->trigger(u"message"_s, textData(u"5"_s)).isReady()); // Which was not asked for.
        QVERIFY(f.rooms.remove(u"chat"_s)); // Which is no reason not to tell.
        past.answer(QList<EventMessage>{
            {.event = u"message"_s, .roomId = u"chat"_s, .data = textData(u"1"_s), .from = {}, .offset = 1}});
        QVERIFY(texts.isEmpty());
        QTRY_COMPARE(texts, u"4321"_s);
        QCOMPARE(f.answers.counters().waiting, 0);
    }

    void thePastThatDoesNotComeIsAnErrorForTheApplication_data()
    {
        QTest::addColumn<bool>("inTime");
        QTest::newRow("none in time") << false;
        QTest::newRow("the server ends") << true;
    }
    void thePastThatDoesNotComeIsAnErrorForTheApplication()
    {
        QFETCH(bool, inTime);
        Past past;
        ServerConfig soon = config();
        if (!inTime)
            soon.hooks.timeout = 10ms;
        auto f = std::make_unique<RoomsFixture>(soon, past.hooks());
        std::optional<ErrorCode> code;
        const auto page = f->rooms.find(u"chat"_s)->history(u"message"_s);
        page.then(this, [&](const Result<QList<EventMessage>> &got) { code = got.error().code; });
        if (inTime)
            f.reset();
        QTRY_VERIFY(code);
        QCOMPARE(*code, ErrorCode::Unavailable);
        QVERIFY(past.stops[0].stop_requested());
    }

    void whatWaitsEndsWithWhatItIsAbout_data()
    {
        QTest::addColumn<QString>("what");
        QTest::addColumn<QString>("end");
        QTest::addColumn<QString>("told");
        for (const char *const what : {"join", "subscribe", "create", "history", "load"}) {
            const auto row = [what](const char *end, const QString &told) {
                QTest::addRow("%s, %s", what, end)
                    << QString::fromLatin1(what) << QString::fromLatin1(end) << told;
            };
            row("its client", {});
            row("the server", {});
            row("draining", u"SERVER_DRAINING"_s);
            if (qstrcmp(what, "create") != 0)
                row("its room", u"ROOM_NOT_FOUND"_s);
        }
    }
    void whatWaitsEndsWithWhatItIsAbout()
    {
        QFETCH(QString, what);
        QFETCH(QString, end);
        QFETCH(QString, told);
        Oracle<void> may;
        Oracle<RoomConfig> config;
        Oracle<QList<EventMessage>> past;
        Hooks hooks;
        if (what == u"join") {
            hooks.beforeJoinLater = [&](const ClientSnapshot &, const QString &, std::stop_token stop) {
                return may.ask({}, std::move(stop));
            };
        } else if (what == u"create") {
            hooks.beforeCreateLater = [&](const RoomConfig &, const ClientSnapshot &, std::stop_token stop) {
                return config.ask({}, std::move(stop));
            };
        } else if (what == u"load") {
            hooks.onLoadLater = [&](const QString &, const QString &, HistoryRange, std::stop_token stop) {
                return past.ask({}, std::move(stop));
            };
        } else if (what == u"history") {
            hooks.beforeHistoryLater = [&](const ClientSnapshot &, const QString &, const QString &,
                                           std::stop_token stop) { return may.ask({}, std::move(stop)); };
        } else {
            hooks.beforeSubscribeLater = [&](const ClientSnapshot &, const QString &, const QStringList &,
                                             std::stop_token stop) { return may.ask({}, std::move(stop)); };
        }
        auto f = std::make_unique<RoomsFixture>(TestLaterHooks::config(), hooks);
        const SocketId ann = what == u"join" ? f->connectAs(u"ann"_s) : f->joined(u"ann"_s, u"chat"_s);
        f->take(ann);
        if (what == u"join")
            request(*f, ann, names::join, in());
        else if (what == u"create")
            request(*f, ann, names::createRoom, {{u"id"_s, u"mine"_s}, {u"name"_s, u"Mine"_s}});
        else
            request(*f, ann, what == u"subscribe" ? names::subscribe : names::getHistory,
                    naming(u"message"_s));
        QCOMPARE(may.stops.size() + config.stops.size() + past.stops.size(), std::size_t(1));
        const std::stop_token stop = !may.stops.empty() ? may.stops[0]
            : !config.stops.empty()                     ? config.stops[0]
                                                        : past.stops[0];
        QCOMPARE(f->gateway.kept, 1);
        QVERIFY(!stop.stop_requested());

        if (end == u"its client")
            f->hub.socketDisconnected(ann, DisconnectReason::TransportClosed);
        else if (end == u"its room")
            QVERIFY(f->rooms.remove(u"chat"_s));
        else if (end == u"draining")
            f->hub.close();
        else
            f.reset();
        QTRY_VERIFY(stop.stop_requested());
        if (f) {
            QTRY_COMPARE(acks(*f, ann), told);
            QCOMPARE(f->gateway.kept, 0);
            QCOMPARE(f->answers.counters().waiting, 0);
        }
        // And what comes too late changes nothing.
        if (what == u"create")
            config.answer(RoomConfig{.id = u"mine"_s, .name = u"Mine"_s});
        else if (what == u"load")
            past.answer(QList<EventMessage>());
        else
            may.answer({});
        for (int i = 0; i < 8; ++i)
            QCoreApplication::processEvents();
        if (f) {
            QCOMPARE(acks(*f, ann), told);
            QVERIFY(!f->rooms.find(u"mine"_s));
        }
    }

    void aHookAndItsLaterFormExcludeOneAnother()
    {
        Hooks hooks = Joining().hooks();
        QVERIFY(checkHooks(hooks));
        hooks.beforeJoin = [](ConnectedClient &, const Room &) { return Result<void>(); };
        const Result<void> checked = checkHooks(hooks);
        QVERIFY(!checked);
        QCOMPARE(checked.error().code, ErrorCode::ConfigError);
        QVERIFY(checked.error().message.contains(u"beforeJoinLater"_s));
    }
};

DIALOGUE_TEST(TestLaterHooks, QCoreApplication)
#include "tst_laterhooks.moc"
