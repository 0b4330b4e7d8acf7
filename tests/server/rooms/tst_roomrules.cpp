#include "roomsfixture.h"
#include "testclasses.h"

#include <QPromise>
#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

namespace {

const Who Members{.roles = {u"member"_s}};
const Who Editors{.roles = {u"editor"_s}};

/** Its user's roles are what the token says, with commas. */
Hooks tokens()
{
    return {.authenticate = [](const ConnectRequest &request) -> Result<Identity> {
        return Identity{.userId = request.auth[u"userId"_s].toString(),
                        .roles = request.auth[u"token"_s].toString().split(u',', Qt::SkipEmptyParts)};
    }};
}

RoomConfig news(const RoomRules &rules)
{
    return {.id = u"news"_s,
            .name = u"News"_s,
            .events = {defineEvent(u"message"_s, {}, {.enabled = true, .limit = 10}),
                       defineEvent(u"secret"_s, {}, {.enabled = true, .limit = 10})},
            .rules = rules};
}

struct Fixture : RoomsFixture
{
    explicit Fixture(const QList<RoomConfig> &rooms, const RoomCreationConfig &creation = {})
        : Fixture(ServerConfig{.rooms = rooms, .roomCreation = creation}, tokens())
    { }
    Fixture(const ServerConfig &serverConfig, const Hooks &userHooks)
        : RoomsFixture(serverConfig, userHooks)
    { }

    SocketId connectWith(const QString &userId, const QString &roles)
    {
        ConnectRequest request;
        request.nsp = "/";
        request.auth = {{u"userId"_s, userId}, {u"token"_s, roles}};
        const SocketId socket = ++last;
        request.handshake.sessionId = "session-" + QByteArray::number(socket);
        hub.socketConnecting(socket, std::move(request));
        take(socket);
        return socket;
    }
    SocketId in(const QString &roomId, const QString &userId, const QString &roles)
    {
        const SocketId socket = connectWith(userId, roles);
        if (!asks(socket, names::join, roomId))
            qFatal("could not join");
        take(socket);
        return socket;
    }
    QJsonObject askIn(SocketId socket, QLatin1String name, QJsonObject request,
                      const QString &roomId = u"news"_s)
    {
        request[u"roomId"_s] = roomId;
        return ask(socket, name, QJsonValue(request));
    }
    bool asks(SocketId socket, QLatin1String name, const QString &roomId = u"news"_s)
    {
        return askIn(socket, name, {}, roomId)[u"ok"_s].toBool();
    }
    QJsonObject subscribe(SocketId socket, const QString &event)
    {
        return askIn(socket, names::subscribe, {{u"eventName"_s, event}});
    }
    QJsonObject refresh(SocketId socket, const QString &roles)
    {
        return ask(socket, names::refresh, QJsonValue(QJsonObject{{u"token"_s, roles}}));
    }
    void say(const QString &event, int count = 1)
    {
        for (int i = 0; i < count; ++i)
            QVERIFY(rooms.find(u"news"_s)->trigger(event, i).result());
    }
    /** Names of the events it has heard since. */
    QStringList heard(SocketId socket)
    {
        QStringList events;
        for (const Received &received : take(socket)) {
            if (received.name == u"dialogue:event")
                events.append(received.payload[u"event"_s].toString());
        }
        return events;
    }
    QStringList listed(SocketId socket)
    {
        QStringList ids;
        const QJsonArray list = ask(socket, names::listRooms)[u"rooms"_s].toArray();
        for (const QJsonValue &room : list)
            ids.append(room[u"id"_s].toString());
        return ids;
    }

    SocketId last = 0;
};

QString refusalOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }
QString messageOf(const QJsonObject &ack) { return ack[u"error"_s][u"message"_s].toString(); }
const QString Denied = u"PERMISSION_DENIED"_s;

QStringList eventsOf(const QList<Received> &received, QLatin1String name)
{
    QStringList events;
    for (const Received &each : received) {
        if (each.name != name)
            continue;
        const QJsonArray list = each.payload[u"events"_s].toArray();
        for (const QJsonValue &event : list)
            events.append(event[u"event"_s].toString());
    }
    return events;
}

} // namespace

class TestRoomRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void joiningIsForThoseWhomTheRoomLetsIn()
    {
        Fixture f({news({.join = Members})});
        const SocketId ann = f.connectWith(u"ann"_s, u"member"_s);
        const SocketId bob = f.connectWith(u"bob"_s, u"guest"_s);
        QVERIFY(f.asks(ann, names::join));
        const QJsonObject refused = f.askIn(bob, names::join, {});
        QCOMPARE(refusalOf(refused), Denied);
        QCOMPARE(messageOf(refused), u"You may not join room 'news'"_s);
        QVERIFY(!f.client(bob)->join(u"news"_s).result());
        QCOMPARE(f.rooms.find(u"news"_s)->size(), 1);
        QCOMPARE(f.ruleCounters.joins, 2);
    }

    void aFullRoomSaysNothingOfThatToWhoMayNotJoin()
    {
        RoomConfig room = news({.join = Members});
        room.maxSize = 1;
        Fixture f({room});
        f.in(u"news"_s, u"ann"_s, u"member"_s);
        QCOMPARE(refusalOf(f.askIn(f.connectWith(u"bob"_s, {}), names::join, {})), Denied);
        QCOMPARE(refusalOf(f.askIn(f.connectWith(u"eve"_s, u"member"_s), names::join, {})), u"ROOM_FULL"_s);
    }

    void triggeringIsByEvent()
    {
        Fixture f({news({.trigger = {.others = Members, .byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId ann = f.in(u"news"_s, u"ann"_s, u"member"_s);
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        const auto say = [&](SocketId socket, const QString &event) {
            return refusalOf(f.askIn(socket, names::trigger, {{u"event"_s, event}, {u"data"_s, 1}}));
        };
        QCOMPARE(say(ann, u"message"_s), QString());
        QCOMPARE(say(ann, u"secret"_s), Denied);
        QCOMPARE(say(eve, u"message"_s), Denied);
        QCOMPARE(say(eve, u"secret"_s), QString());
        QCOMPARE(say(bob, u"message"_s), Denied);
        QCOMPARE(f.ruleCounters.triggers, 3);
        QCOMPARE(f.rooms.find(u"news"_s)->offset(), 2U);
        // The application's own are its own.
        QVERIFY(f.rooms.find(u"news"_s)->trigger(u"secret"_s, 1).result());
    }

    void anEventSentAgainNeedsPermissionAsTheFirst()
    {
        Fixture f({news({.trigger = {.others = Members}})});
        const SocketId ann = f.in(u"news"_s, u"ann"_s, u"member"_s);
        const QJsonObject event{{u"event"_s, u"message"_s}, {u"data"_s, 1}, {u"id"_s, u"x"_s}};
        QVERIFY(f.askIn(ann, names::trigger, event)[u"ok"_s].toBool());
        f.refresh(ann, u"guest"_s);
        QCOMPARE(refusalOf(f.askIn(ann, names::trigger, event)), Denied);
    }

    void anyEventOfAnOpenRoomHasTheRuleOfTheOthers()
    {
        Fixture f(
            {{.id = u"news"_s,
              .name = u"News"_s,
              .rules = {.trigger = {.others = Members, .byEvent = {{u"wave"_s, Who{Permission::Anyone}}}}}}});
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        QVERIFY(f.askIn(bob, names::trigger, {{u"event"_s, u"wave"_s}})[u"ok"_s].toBool());
        QCOMPARE(refusalOf(f.askIn(bob, names::trigger, {{u"event"_s, u"whatever"_s}})), Denied);
        QVERIFY(f.askIn(f.in(u"news"_s, u"ann"_s, u"member"_s), names::trigger,
                        {{u"event"_s, u"whatever"_s}})[u"ok"_s]
                    .toBool());
    }

    void subscribingIsByEvent()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        const QJsonObject refused = f.subscribe(bob, u"secret"_s);
        QCOMPARE(refusalOf(refused), Denied);
        QCOMPARE(messageOf(refused), u"You may not subscribe to 'secret' in room 'news'"_s);
        QVERIFY(f.subscribe(bob, u"message"_s)[u"ok"_s].toBool());
        QVERIFY(!f.client(bob)->subscribe(u"news"_s, u"secret"_s));
        QVERIFY(f.subscribe(f.in(u"news"_s, u"eve"_s, u"editor"_s), u"secret"_s)[u"ok"_s].toBool());
        QCOMPARE(f.client(bob)->subscriptions(u"news"_s), QStringList{u"message"_s});
        QCOMPARE(f.ruleCounters.subscriptions, 2);
    }

    void aJoinIsRefusedThatAsksForMoreThanItMayHave()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId bob = f.connectWith(u"bob"_s, {});
        const QJsonArray both{u"message"_s, u"secret"_s};
        QCOMPARE(refusalOf(f.askIn(bob, names::join, {{u"subscriptions"_s, both}})), Denied);
        QCOMPARE(f.rooms.find(u"news"_s)->size(), 0);
        QVERIFY(
            f.askIn(bob, names::join, {{u"subscriptions"_s, QJsonArray{u"message"_s}}})[u"ok"_s].toBool());
    }

    void ofTheRoomsDefaultSubscriptionsItGetsThoseItMayHave()
    {
        RoomConfig room = news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}});
        room.defaultSubscriptions = {u"message"_s, u"secret"_s};
        Fixture f({room});
        const QJsonObject ack = f.askIn(f.connectWith(u"bob"_s, {}), names::join, {});
        QCOMPARE(ack[u"subscriptions"_s].toArray(), QJsonArray{u"message"_s});
        const QJsonObject all = f.askIn(f.connectWith(u"eve"_s, u"editor"_s), names::join, {});
        QCOMPARE(all[u"subscriptions"_s].toArray(), QJsonArray({u"message"_s, u"secret"_s}));
    }

    void everythingIsWhatOneMayHave()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        QVERIFY(f.asks(bob, names::subscribeAll));
        QVERIFY(f.asks(eve, names::subscribeAll));
        f.take(bob);
        f.take(eve);
        f.say(u"message"_s);
        f.say(u"secret"_s);
        QCOMPARE(f.heard(bob), QStringList{u"message"_s});
        QCOMPARE(f.heard(eve), QStringList({u"message"_s, u"secret"_s}));
        // Directed at him it is not for him either.
        QVERIFY(f.rooms.find(u"news"_s)
                    ->trigger(u"secret"_s, 1, {.to = Recipients{.users = {u"bob"_s, u"eve"_s}}})
                    .result());
        QCOMPARE(f.heard(bob), QStringList());
        QCOMPARE(f.heard(eve), QStringList{u"secret"_s});
    }

    void everythingOfARoomOfWhichOneMayHaveNothingIsRefused()
    {
        Fixture f({news({.subscribe = {.others = Editors}})});
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        const QJsonObject refused = f.askIn(bob, names::subscribeAll, {});
        QCOMPARE(refusalOf(refused), Denied);
        QCOMPARE(messageOf(refused), u"You may not subscribe to any event of room 'news'"_s);
    }

    void everythingMayBeOneEventAlone()
    {
        Fixture f({news({.subscribe = {.others = Members, .byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        QVERIFY(f.asks(eve, names::subscribeAll));
        f.take(eve);
        f.say(u"message"_s);
        f.say(u"secret"_s);
        QCOMPARE(f.heard(eve), QStringList{u"secret"_s});
    }

    void historyIsForWhomTheRoomLetsReadIt_data()
    {
        QTest::addColumn<QString>("roles");
        QTest::addColumn<QString>("event");
        QTest::addColumn<bool>("byOffsets");
        QTest::addColumn<QStringList>("got"); // empty: refused
        const QStringList all{u"secret"_s, u"message"_s, u"secret"_s, u"message"_s};
        const QStringList messages{u"message"_s, u"message"_s};
        const QStringList secrets{u"secret"_s, u"secret"_s};
        for (const bool byOffsets : {false, true}) {
            const char *const how = byOffsets ? "by offsets" : "by number";
            QTest::addRow("a guest, all, %s", how) << QString() << QString() << byOffsets << QStringList();
            QTest::addRow("a member, all, %s", how) << u"member"_s << QString() << byOffsets << messages;
            QTest::addRow("a member, one, %s", how) << u"member"_s << u"message"_s << byOffsets << messages;
            QTest::addRow("a member, another's, %s", how)
                << u"member"_s << u"secret"_s << byOffsets << QStringList();
            QTest::addRow("both, all, %s", how) << u"member,editor"_s << QString() << byOffsets << all;
            QTest::addRow("both, one, %s", how) << u"member,editor"_s << u"secret"_s << byOffsets << secrets;
            QTest::addRow("an editor alone, %s", how)
                << u"editor"_s << u"secret"_s << byOffsets << QStringList();
        }
    }
    void historyIsForWhomTheRoomLetsReadIt()
    {
        QFETCH(QString, roles);
        QFETCH(QString, event);
        QFETCH(bool, byOffsets);
        QFETCH(QStringList, got);
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}, .history = Members})});
        for (const QString &each : {u"message"_s, u"secret"_s, u"message"_s, u"secret"_s})
            f.say(each);
        const SocketId reader = f.in(u"news"_s, u"ann"_s, roles);
        QJsonObject request{{byOffsets ? u"from"_s : u"start"_s, byOffsets ? 1 : 0},
                            {byOffsets ? u"to"_s : u"end"_s, byOffsets ? 4 : 10}};
        if (!event.isEmpty())
            request[u"eventName"_s] = event;
        const QJsonObject ack = f.askIn(reader, names::getHistory, request);
        QCOMPARE(refusalOf(ack), got.isEmpty() ? Denied : QString());
        QCOMPARE(eventsOf(f.take(reader), names::historyResponse), got);
    }

    void pagesOfWhatOneMayReadFollowOneAnother()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        for (int i = 0; i < 5; ++i) {
            f.say(u"message"_s);
            f.say(u"secret"_s);
        }
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        f.askIn(bob, names::getHistory, {{u"start"_s, 0}, {u"end"_s, 4}});
        QCOMPARE(eventsOf(f.take(bob), names::historyResponse).size(), 2);
        f.askIn(bob, names::getHistory, {{u"start"_s, 4}, {u"end"_s, 10}});
        QCOMPARE(eventsOf(f.take(bob), names::historyResponse).size(), 3);
    }

    void aPageThatIsFullSaysWhereTheNextBegins()
    {
        ServerConfig config{.rooms = {news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})}};
        config.limits.sendQueue = 4000; // Of which a page takes a quarter.
        Fixture f(config, tokens());
        for (int i = 0; i < 6; ++i) {
            QVERIFY(f.rooms.find(u"news"_s)->trigger(u"message"_s, QString(300, u'x')).result());
            f.say(u"secret"_s);
        }
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        QList<int> offsets;
        for (int start = 0, pages = 0; start < 12; ++pages) {
            QVERIFY(pages < 6);
            f.askIn(bob, names::getHistory, {{u"start"_s, start}, {u"end"_s, 12}});
            const QJsonValue page = f.take(bob).constFirst().payload;
            const QJsonArray events = page[u"events"_s].toArray();
            for (const QJsonValue &event : events)
                offsets.append(event[u"offset"_s].toInt());
            start = page[u"end"_s].toInt();
        }
        QCOMPARE(offsets, QList<int>({11, 9, 7, 5, 3, 1}));
    }

    void whatComesWithAJoinIsHistoryToo()
    {
        RoomConfig room = news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}, .history = Members});
        room.syncHistoryOnJoin = -1;
        Fixture f({room});
        f.say(u"message"_s);
        f.say(u"secret"_s);
        const auto comesWithJoin = [&](const QString &roles) {
            const SocketId socket = f.connectWith(u"ann"_s, roles);
            f.asks(socket, names::join);
            return eventsOf(f.take(socket), names::history);
        };
        QCOMPARE(comesWithJoin({}), QStringList());
        QCOMPARE(comesWithJoin(u"member"_s), QStringList{u"message"_s});
        QCOMPARE(comesWithJoin(u"member,editor"_s), QStringList({u"secret"_s, u"message"_s}));
    }

    void whatWasMissedIsHistoryToo_data()
    {
        QTest::addColumn<QString>("roles");
        QTest::addColumn<QStringList>("subscriptions");
        QTest::addColumn<bool>("recovered");
        QTest::addColumn<QStringList>("got");
        const QStringList everything{u"*"_s};
        QTest::newRow("a guest") << QString() << everything << false << QStringList();
        QTest::newRow("a member") << u"member"_s << everything << true << QStringList{u"message"_s};
        QTest::newRow("a member, by name")
            << u"member"_s << QStringList{u"message"_s} << true << QStringList{u"message"_s};
        QTest::newRow("both") << u"member,editor"_s << everything << true
                              << QStringList({u"message"_s, u"secret"_s});
    }
    void whatWasMissedIsHistoryToo()
    {
        QFETCH(QString, roles);
        QFETCH(QStringList, subscriptions);
        QFETCH(QStringList, got);
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}, .history = Members})});
        f.say(u"message"_s);
        f.say(u"secret"_s);
        const SocketId back = f.connectWith(u"ann"_s, roles);
        const QJsonObject since{{u"epoch"_s, QString::fromLatin1(f.rooms.find(u"news"_s)->epoch())},
                                {u"offset"_s, 0}};
        f.askIn(back, names::join,
                {{u"since"_s, since}, {u"subscriptions"_s, QJsonArray::fromStringList(subscriptions)}});
        QTEST(f.peek(back).constFirst().payload[u"recovered"_s].toBool(), "recovered");
        QCOMPARE(f.heard(back), got);
        // And what comes now, it has.
        f.say(u"message"_s);
        QCOMPARE(f.heard(back), QStringList{u"message"_s});
    }

    void whoMayNotReadHistoryHasMissedNothingWhereNothingWasSaid()
    {
        Fixture f({news({.history = Members})});
        f.say(u"message"_s);
        const SocketId back = f.connectWith(u"ann"_s, {});
        f.askIn(back, names::join,
                {{u"since"_s,
                  QJsonObject{{u"epoch"_s, QString::fromLatin1(f.rooms.find(u"news"_s)->epoch())},
                              {u"offset"_s, 1}}}});
        QVERIFY(f.peek(back).constFirst().payload[u"recovered"_s].toBool());
    }

    void deletingIsForThoseWhomTheRoomLets()
    {
        RoomConfig room = news({.deleteRoom = Editors});
        room.createdById = u"ann"_s;
        Fixture f({room});
        const QJsonObject refused = f.askIn(f.connectWith(u"ann"_s, {}), names::deleteRoom, {});
        QCOMPARE(refusalOf(refused), Denied);
        QCOMPARE(messageOf(refused), u"You may not delete room 'news'"_s);
        QVERIFY(f.asks(f.connectWith(u"eve"_s, u"editor"_s), names::deleteRoom));
        QVERIFY(!f.rooms.find(u"news"_s));
        QCOMPARE(f.ruleCounters.deletions, 1);
    }

    void isListedToWhoMaySeeIt()
    {
        RoomConfig closed = news({.join = Members});
        RoomConfig shown = news({.see = Who{Permission::Anyone}, .join = Members});
        shown.id = u"shown"_s;
        RoomConfig hidden = news({.see = Editors});
        hidden.id = u"hidden"_s;
        RoomConfig open = news({});
        open.id = u"open"_s;
        Fixture f({closed, shown, hidden, open});
        QCOMPARE(f.listed(f.connectWith(u"bob"_s, {})), QStringList({u"open"_s, u"shown"_s}));
        QCOMPARE(f.listed(f.connectWith(u"ann"_s, u"member"_s)),
                 QStringList({u"news"_s, u"open"_s, u"shown"_s}));
        QCOMPARE(f.listed(f.connectWith(u"eve"_s, u"editor"_s)),
                 QStringList({u"hidden"_s, u"open"_s, u"shown"_s}));
    }

    void pagesOfTheListDoNotNameWhatIsHidden()
    {
        QList<RoomConfig> rooms;
        for (int i = 0; i < 6; ++i) {
            RoomConfig room = news(i % 2 ? RoomRules{} : RoomRules{.join = Members});
            room.id = u"r%1"_s.arg(i);
            rooms.append(room);
        }
        Fixture f(rooms);
        const SocketId bob = f.connectWith(u"bob"_s, {});
        const QJsonObject page = f.ask(bob, names::listRooms, QJsonValue(QJsonObject{{u"limit"_s, 2}}));
        QCOMPARE(page[u"rooms"_s].toArray().size(), 2);
        QCOMPARE(page[u"next"_s].toString(), u"r3"_s);
        const QJsonObject last
            = f.ask(bob, names::listRooms, QJsonValue(QJsonObject{{u"limit"_s, 2}, {u"after"_s, u"r3"_s}}));
        QCOMPARE(last[u"rooms"_s].toArray().size(), 1);
        QVERIFY(!last.contains(u"next"_s));
    }

    void itsBeginningAndEndAreToldToWhoMaySeeIt()
    {
        Fixture f({});
        const SocketId ann = f.connectWith(u"ann"_s, u"member"_s);
        const SocketId bob = f.connectWith(u"bob"_s, {});
        QVERIFY(f.rooms.create(news({.join = Members})));
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:roomCreated"_s});
        QCOMPARE(f.takeNames(bob), QStringList());
        QVERIFY(f.rooms.remove(u"news"_s));
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:roomDeleted"_s});
        QCOMPARE(f.takeNames(bob), QStringList());
    }

    void whoIsInItHearsOfItsEndEvenIfItIsHidden()
    {
        Fixture f({news({.see = Who{}})});
        const SocketId ann = f.in(u"news"_s, u"ann"_s, {});
        const SocketId bob = f.connectWith(u"bob"_s, {});
        QVERIFY(f.rooms.remove(u"news"_s));
        QCOMPARE(f.takeNames(ann), QStringList{u"dialogue:roomDeleted"_s});
        QCOMPARE(f.takeNames(bob), QStringList());
    }

    void creatingIsForWhomTheServerLets()
    {
        Fixture f({}, {.create = Editors});
        const auto create = [&](SocketId socket) {
            return f.ask(socket, names::createRoom,
                         QJsonValue(QJsonObject{{u"id"_s, u"a"_s}, {u"name"_s, u"A"_s}}));
        };
        const QJsonObject refused = create(f.connectWith(u"ann"_s, u"member"_s));
        QCOMPARE(refusalOf(refused), Denied);
        QCOMPARE(messageOf(refused), u"You may not create rooms here"_s);
        QVERIFY(create(f.connectWith(u"eve"_s, u"editor"_s))[u"ok"_s].toBool());
        QCOMPARE(f.ruleCounters.creations, 1);
    }

    void whatClientsCreateCarriesWhatItsTemplateSays()
    {
        const RoomConfig board{.id = {},
                               .name = {},
                               .description = u"A board"_s,
                               .maxSize = 2,
                               .events = {defineEvent(u"move"_s)},
                               .rules = {.trigger = {.others = Who{.owner = true}}, .deleteRoom = Editors}};
        RoomConfig rest;
        rest.events = {defineEvent(u"message"_s)};
        Fixture f(
            {},
            {.create = {Permission::Anyone},
             .templates = {{.pattern = u"game-*"_s, .room = board}, {.pattern = u"*"_s, .room = rest}}});
        const SocketId ann = f.connectWith(u"ann"_s, {});
        const auto create = [&](const QString &id, QJsonObject more = {}) {
            more[u"id"_s] = id;
            more[u"name"_s] = u"Name"_s;
            return f.ask(ann, names::createRoom, QJsonValue(more));
        };
        QCOMPARE(refusalOf(create(u"game-0"_s, {{u"maxSize"_s, 3}})), u"LIMIT_REACHED"_s);
        QVERIFY(create(u"game-1"_s)[u"ok"_s].toBool());
        QVERIFY(create(u"game-2"_s, {{u"maxSize"_s, 1}, {u"description"_s, u"Mine"_s}})[u"ok"_s].toBool());
        QVERIFY(create(u"other"_s)[u"ok"_s].toBool());
        const RoomConfig made = f.rooms.find(u"game-1"_s)->config();
        QCOMPARE(made.name, u"Name"_s);
        QCOMPARE(made.description, u"A board"_s);
        QCOMPARE(made.maxSize, 2);
        QCOMPARE(made.createdById, u"ann"_s);
        QCOMPARE(made.events.constFirst().name, u"move"_s);
        QCOMPARE(f.rooms.find(u"game-2"_s)->config().maxSize, 1);
        QCOMPARE(f.rooms.find(u"game-2"_s)->config().description, u"Mine"_s);
        QCOMPARE(f.rooms.find(u"other"_s)->config().events.constFirst().name, u"message"_s);
        // And its rules hold, for its owner too.
        const SocketId bob = f.in(u"game-1"_s, u"bob"_s, {});
        QCOMPARE(refusalOf(f.askIn(bob, names::trigger, {{u"event"_s, u"move"_s}}, u"game-1"_s)), Denied);
        QVERIFY(f.asks(ann, names::join, u"game-1"_s));
        QVERIFY(f.askIn(ann, names::trigger, {{u"event"_s, u"move"_s}}, u"game-1"_s)[u"ok"_s].toBool());
        QCOMPARE(refusalOf(f.askIn(ann, names::deleteRoom, {}, u"game-1"_s)), Denied);
    }

    void whoIsAnotherByANewTokenLeavesWhereItMayNotBe()
    {
        Fixture f({news({.join = Members}), chatRoom()});
        const SocketId ann = f.in(u"news"_s, u"ann"_s, u"member"_s);
        QVERIFY(f.asks(ann, names::join, u"chat"_s));
        f.take(ann);
        QVERIFY(f.refresh(ann, u"guest"_s)[u"ok"_s].toBool());
        const QList<Received> told = f.take(ann);
        QCOMPARE(told.size(), 3);
        QCOMPARE(told[0].name, u"dialogue:error"_s);
        QCOMPARE(told[0].payload[u"code"_s].toString(), Denied);
        QCOMPARE(told[0].payload[u"roomId"_s].toString(), u"news"_s);
        QCOMPARE(told[0].payload[u"message"_s].toString(), u"You may no longer be in room 'news'"_s);
        QCOMPARE(told[1].name, u"dialogue:left"_s);
        QCOMPARE(told[2].name, u"ack"_s);
        QCOMPARE(f.client(ann)->rooms(), QStringList{u"chat"_s});
        f.say(u"message"_s);
        QCOMPARE(f.takeNames(ann), QStringList());
        QCOMPARE(f.ruleCounters.roomsLeft, 1);
    }

    void whoIsAnotherByANewTokenKeepsTheSubscriptionsItMayHave()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        QVERIFY(f.subscribe(eve, u"secret"_s)[u"ok"_s].toBool());
        QVERIFY(f.subscribe(eve, u"message"_s)[u"ok"_s].toBool());
        f.take(eve);
        QVERIFY(f.refresh(eve, u"guest"_s)[u"ok"_s].toBool());
        const QList<Received> told = f.take(eve);
        QCOMPARE(told.size(), 3);
        QCOMPARE(told[0].payload[u"message"_s].toString(),
                 u"You may no longer subscribe to 'secret' in room 'news'"_s);
        QCOMPARE(told[1].name, u"dialogue:unsubscribed"_s);
        QCOMPARE(told[1].payload[u"roomId"_s].toString(), u"news"_s);
        QCOMPARE(told[1].payload[u"eventName"_s].toString(), u"secret"_s);
        f.say(u"secret"_s);
        f.say(u"message"_s);
        QCOMPARE(f.heard(eve), QStringList{u"message"_s});
        QCOMPARE(f.ruleCounters.subscriptionsEnded, 1);
    }

    void everythingBecomesLessByANewTokenAndMoreByTheNext()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        QVERIFY(f.asks(eve, names::subscribeAll));
        const auto hears = [&] {
            f.take(eve);
            f.say(u"secret"_s);
            f.say(u"message"_s);
            return f.heard(eve);
        };
        QCOMPARE(hears(), QStringList({u"secret"_s, u"message"_s}));
        f.refresh(eve, u"guest"_s);
        QCOMPARE(hears(), QStringList{u"message"_s});
        f.refresh(eve, u"editor"_s);
        QCOMPARE(hears(), QStringList({u"secret"_s, u"message"_s}));
    }

    void whatHadToWaitIsAskedAboutAgain()
    {
        Hooks hooks = tokens();
        QPromise<Result<EventMessage>> event;
        QPromise<Result<void>> history;
        event.start();
        history.start();
        hooks.beforeEachLater = [&](const EventMessage &, const QString &, const ClientSnapshot &,
                                    const std::stop_token &) { return event.future(); };
        hooks.beforeHistoryLater = [&](const ClientSnapshot &, const QString &, const QString &,
                                       const std::stop_token &) { return history.future(); };
        RoomConfig other = news({.history = Members});
        other.id = u"other"_s;
        Fixture f({.rooms = {news({.trigger = {.others = Members}}), other}}, hooks);
        const SocketId ann = f.in(u"news"_s, u"ann"_s, u"member"_s);
        QVERIFY(f.asks(ann, names::join, u"other"_s));
        f.take(ann);
        f.askIn(ann, names::trigger, {{u"event"_s, u"message"_s}, {u"data"_s, 1}});
        f.askIn(ann, names::getHistory, {}, u"other"_s);
        QCOMPARE(f.takeNames(ann), QStringList());
        QVERIFY(f.refresh(ann, u"guest"_s)[u"ok"_s].toBool());
        f.take(ann);
        EventMessage passed;
        passed.data = 2;
        event.addResult(passed);
        event.finish();
        history.addResult(Result<void>());
        history.finish();
        QTRY_COMPARE(f.peek(ann).size(), 4); // Each as an error, and as an ack.
        for (const Received &told : f.take(ann)) {
            const QJsonValue error = told.name == u"ack" ? told.payload[u"error"_s] : told.payload;
            QCOMPARE(error[u"code"_s].toString(), Denied);
        }
        QCOMPARE(f.rooms.find(u"news"_s)->offset(), 0U);
    }

    void otherRulesHoldForWhoIsThere()
    {
        Fixture f({news({})});
        const SocketId ann = f.in(u"news"_s, u"ann"_s, u"member"_s);
        const SocketId bob = f.in(u"news"_s, u"bob"_s, {});
        QVERIFY(f.asks(ann, names::subscribeAll));
        f.take(ann);
        QVERIFY(f.rooms.update(news({.join = Members, .subscribe = {.byEvent = {{u"secret"_s, Editors}}}})));
        QCoreApplication::processEvents();
        QCOMPARE(f.takeNames(bob), QStringList({u"dialogue:error"_s, u"dialogue:left"_s}));
        QCOMPARE(f.takeNames(ann), QStringList());
        f.say(u"secret"_s);
        f.say(u"message"_s);
        QCOMPARE(f.heard(ann), QStringList{u"message"_s});
        // And when there are none any more, she has all again.
        QVERIFY(f.rooms.update(news({})));
        QCoreApplication::processEvents();
        f.say(u"secret"_s);
        f.say(u"message"_s);
        QCOMPARE(f.heard(ann), QStringList({u"secret"_s, u"message"_s}));
        QCOMPARE(f.rooms.find(u"news"_s)->config().rules, RoomRules());
    }

    void givesBackTheMemoryOfEverything()
    {
        Fixture f({news({.subscribe = {.byEvent = {{u"secret"_s, Editors}}}})});
        const SocketId eve = f.in(u"news"_s, u"eve"_s, u"editor"_s);
        const qint64 before = ConnectedClientPrivate::of(*f.client(eve)).kept.bytes();
        QVERIFY(f.asks(eve, names::subscribeAll));
        f.refresh(eve, u"guest"_s);
        f.refresh(eve, u"editor"_s);
        QVERIFY(ConnectedClientPrivate::of(*f.client(eve)).kept.bytes() > before);
        QVERIFY(f.askIn(eve, names::unsubscribe, {{u"eventName"_s, u"*"_s}})[u"ok"_s].toBool());
        QCOMPARE(ConnectedClientPrivate::of(*f.client(eve)).kept.bytes(), before);
        QVERIFY(f.asks(eve, names::subscribeAll));
        QVERIFY(f.asks(eve, names::leave));
        QVERIFY(ConnectedClientPrivate::of(*f.client(eve)).kept.bytes() <= before);
    }

    void withoutAnAuthenticatorNobodyHasARole()
    {
        RoomsFixture f({.rooms = {news({.join = Members}), chatRoom()}});
        const SocketId ann = f.connectAs(u"ann"_s);
        const QJsonObject refused
            = f.ask(ann, names::join, QJsonValue(QJsonObject{{u"roomId"_s, u"news"_s}}));
        QCOMPARE(refusalOf(refused), Denied);
    }
};

DIALOGUE_TEST(TestRoomRules, QCoreApplication)
#include "tst_roomrules.moc"
