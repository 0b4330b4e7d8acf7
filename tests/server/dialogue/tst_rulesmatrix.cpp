#include "dialoguetest.h"

#include "server/config/configfile.h"
#include "server/rules/explain.h"
#include "testclasses.h"

#include <QDateTime>
#include <QFile>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QSet>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace dialogue;
using namespace dialogue::test;

namespace {

const QByteArray MatrixSecret = "0123456789abcdef0123456789abcdef";

constexpr auto Config = R"(
auth: {jwt: {keys: [{algorithm: HS256, secretFile: secret}], issuer: i, audience: a}}
history: {requestsPerMinute: 1000000}
roomCreation: {create: {roles: [editor, host]}, maxPerUser: 1000}
rateLimit:
  requests:
    failed: {maxEvents: 1000000, window: 1s}
    createRoom: {maxEvents: 1000000, window: 1s}
    deleteRoom: {maxEvents: 1000000, window: 1s}
    listRooms: {maxEvents: 1000000, window: 1s}
rooms:
  open:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
  members:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
    syncHistoryOnJoin: all
    rules: {join: {roles: [member, editor]}, delete: {roles: [editor]}}
  shown:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
    rules: {see: anyone, join: authenticated, trigger: {roles: [editor]}, history: {roles: [member]}}
  byEvent:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
    defaultSubscriptions: ["*"]
    syncHistoryOnJoin: all
    rules:
      subscribe: {secret: {roles: [editor]}}
      trigger: {message: {roles: [member]}, "*": {roles: [editor]}}
  alone:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
    defaultSubscriptions: [message, secret]
    rules:
      see: nobody
      subscribe: {secret: {claims: {level: [3, 4]}}, "*": {users: [ann]}}
      trigger: nobody
      history: {roles: [editor], users: [ann]}
  hidden:
    events: [{name: message, history: {limit: 1000}}, {name: secret, history: {limit: 1000}}]
    rules: {see: {roles: [host]}, join: nobody, delete: authenticated}
  anything:
    rules: {trigger: {wave: anyone, "*": {roles: [member]}}, subscribe: {secret: {roles: [member]}}}
)";

const QStringList Events{u"message"_s, u"secret"_s, u"wave"_s};

/** Who comes; of each what its token says. */
const QMap<QString, QJsonObject> People{
    {u"a guest"_s, {{u"sub"_s, u"gus"_s}}},
    {u"a member"_s, {{u"sub"_s, u"mia"_s}, {u"roles"_s, u"member"_s}}},
    {u"an editor"_s, {{u"sub"_s, u"eve"_s}, {u"roles"_s, QJsonArray{u"editor"_s}}}},
    {u"an editor who is a member"_s,
     {{u"sub"_s, u"max"_s}, {u"roles"_s, QJsonArray{u"member"_s, u"editor"_s}}}},
    {u"a host of level 3"_s, {{u"sub"_s, u"hal"_s}, {u"roles"_s, QJsonArray{u"host"_s}}, {u"level"_s, 3}}},
    {u"ann"_s, {{u"sub"_s, u"ann"_s}}}};

QString tokenOf(QJsonObject claims)
{
    constexpr auto url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    claims[u"exp"_s] = QDateTime::currentSecsSinceEpoch() + 3600;
    claims[u"iss"_s] = u"i"_s;
    claims[u"aud"_s] = u"a"_s;
    const QByteArray input = QByteArray(R"({"alg":"HS256"})").toBase64(url) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(url);
    const QByteArray signature
        = QMessageAuthenticationCode::hash(input, MatrixSecret, QCryptographicHash::Sha256).toBase64(url);
    return QString::fromLatin1(input + '.' + signature);
}

QJsonObject tokenIn(const QJsonObject &claims) { return {{u"token"_s, tokenOf(claims)}}; }

QJsonObject in(const QString &room, QJsonObject more)
{
    more[u"roomId"_s] = room;
    return more;
}

bool isOk(const QJsonObject &ack) { return ack[u"ok"_s].toBool(); }
QString errorCodeOf(const QJsonObject &ack) { return ack[u"error"_s][u"code"_s].toString(); }

} // namespace

/** What the rules of a configuration say that somebody may do is what he can do, over the wire, and nothing
 * else. */
class TestRulesMatrix : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;
    ServerConfig m_config;
    std::unique_ptr<Dialogue> m_server;
    int m_last = 0; ///< What was said last.

    /** "trigger message" and so on, as far as it is allowed. */
    QSet<QString> table(const QJsonObject &claims, const QString &roomId) const
    {
        const RoomConfig room = m_server->room(roomId)->config();
        Identity identity{.userId = claims[u"sub"_s].toString(), .claims = claims};
        const QJsonValue roles = claims[u"roles"_s];
        identity.roles = roles.isString() ? QStringList{roles.toString()} : roles.toVariant().toStringList();
        QSet<QString> allowed;
        for (const RuleVerdict &verdict : explainRules(room, m_config.roomCreation.create, identity)) {
            if (!verdict.isAllowed)
                continue;
            if (verdict.event != u"*") {
                allowed.insert((verdict.action + u' ' + verdict.event).trimmed());
                continue;
            }
            for (const QString &event : Events) { // Those that have no row.
                if (!room.rules.subscribe.byEvent.contains(event)
                    && !room.rules.trigger.byEvent.contains(event))
                    allowed.insert(verdict.action + u' ' + event);
            }
        }
        return allowed;
    }
    QStringList eventsOf(const QString &roomId) const
    {
        const RoomConfig room = m_server->room(roomId)->config();
        QStringList events = Events;
        events.removeIf([&room](const QString &event) { return !room.allows(event); });
        return events;
    }
    /** The server says each event of the room. */
    void sayAll(const QString &roomId)
    {
        ++m_last;
        for (const QString &event : eventsOf(roomId))
            QVERIFY(m_server->room(roomId)->trigger(event, m_last).result());
    }
    /** Which of what was said last \a client has heard by now. */
    QStringList heard(TestClient &client) const
    {
        client.ask(u"dialogue:listRooms"_s); // What was sent before its ack is there.
        QStringList events;
        for (const TestClient::Event &each : client.received()) {
            if (each.name == u"dialogue:event" && each.payload[u"data"_s] == m_last)
                events.append(each.payload[u"event"_s].toString());
        }
        return events;
    }
    /** Events of the payload of that name which came, without those said twice. */
    static QStringList namesIn(const TestClient &client, const QString &name)
    {
        QStringList events;
        for (const TestClient::Event &each : client.received()) {
            if (each.name != name)
                continue;
            const QJsonArray list = each.payload[u"events"_s].toArray();
            for (const QJsonValue &event : list)
                events.append(event[u"event"_s].toString());
        }
        events.removeDuplicates();
        events.sort();
        return events;
    }
    /** Those events of the room that may be done with. */
    QStringList allowedEvents(const QSet<QString> &may, const QString &action, const QString &roomId) const
    {
        QStringList events = eventsOf(roomId);
        events.removeIf([&](const QString &event) { return !may.contains(action + u' ' + event); });
        events.sort();
        return events;
    }
    QJsonObject sinceNow(const QString &roomId) const
    {
        const Room *const room = m_server->room(roomId);
        return {{u"epoch"_s, QString::fromLatin1(room->epoch())},
                {u"offset"_s, static_cast<qint64>(room->offset())}};
    }

    static void people()
    {
        QTest::addColumn<QJsonObject>("claims");
        QTest::addColumn<QString>("room");
        for (auto who = People.cbegin(); who != People.cend(); ++who) {
            for (const QString &room : {u"open"_s, u"members"_s, u"shown"_s, u"byEvent"_s, u"alone"_s,
                                        u"hidden"_s, u"anything"_s}) {
                QTest::addRow("%s in %s", qPrintable(who.key()), qPrintable(room)) << who.value() << room;
            }
        }
    }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(m_folder.filePath(u"secret"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(MatrixSecret) == MatrixSecret.size());
        file.close();
        const ConfigReport report = parseConfig(Config, m_folder.filePath(u"c.yaml"_s));
        QVERIFY2(report.config, report.config ? "" : qPrintable(report.issues.constFirst().text()));
        m_config = *report.config;
        m_config.port = 0;
        m_config.workers = 1;
        m_server = std::make_unique<Dialogue>(m_config);
        QVERIFY(m_server->start());
        for (const RoomConfig &room : std::as_const(m_config.rooms))
            sayAll(room.id);
    }
    void cleanupTestCase() { m_server.reset(); }

    void seeing_data() { people(); }
    void seeing()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const bool sees = table(claims, room).contains(u"see"_s);
        TestClient client(m_server->port(), tokenIn(claims));
        QStringList ids;
        const QJsonArray list = client.ask(u"dialogue:listRooms"_s)[u"rooms"_s].toArray();
        for (const QJsonValue &each : list)
            ids.append(each[u"id"_s].toString());
        QCOMPARE(ids.contains(room), sees);

        const RoomConfig config = m_server->room(room)->config();
        QVERIFY(m_server->deleteRoom(room));
        QVERIFY(m_server->createRoom(config));
        client.ask(u"dialogue:listRooms"_s);
        QStringList told;
        for (const TestClient::Event &each : client.received()) {
            if (each.name == u"dialogue:roomDeleted" || each.name == u"dialogue:roomCreated")
                told.append(each.name);
        }
        QCOMPARE(told,
                 sees ? QStringList({u"dialogue:roomDeleted"_s, u"dialogue:roomCreated"_s}) : QStringList());
        sayAll(room);
    }

    void fromOutsideNothingIsPossible_data() { people(); }
    void fromOutsideNothingIsPossible()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        TestClient client(m_server->port(), tokenIn(claims));
        const quint64 offset = m_server->room(room)->offset();
        for (const QString &event : eventsOf(room)) {
            const QJsonObject named = in(room, {{u"eventName"_s, event}});
            QVERIFY(!isOk(client.ask(u"dialogue:subscribe"_s, named)));
            QVERIFY(!isOk(client.ask(u"dialogue:getHistory"_s, named)));
            QVERIFY(
                !isOk(client.ask(u"dialogue:trigger"_s, in(room, {{u"event"_s, event}, {u"data"_s, 1}}))));
        }
        QVERIFY(!isOk(client.ask(u"dialogue:subscribeAll"_s, in(room, {}))));
        QVERIFY(!isOk(client.ask(u"dialogue:getHistory"_s, in(room, {}))));
        QVERIFY(!isOk(client.ask(u"dialogue:participants"_s, in(room, {}))));
        QCOMPARE(m_server->room(room)->offset(), offset);
        sayAll(room);
        QCOMPARE(heard(client), QStringList());
    }

    void joining_data() { people(); }
    void joining()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        TestClient client(m_server->port(), tokenIn(claims));
        const QJsonObject ack = client.ask(u"dialogue:join"_s, in(room, {}));
        QCOMPARE(isOk(ack), may.contains(u"join"_s));
        if (!isOk(ack)) {
            QCOMPARE(errorCodeOf(ack), u"PERMISSION_DENIED"_s);
            QVERIFY(!m_server->isInRoom(claims[u"sub"_s].toString(), room));
        }
        const RoomConfig config = m_server->room(room)->config();
        const QStringList synced
            = config.syncHistoryOnJoin != 0 ? allowedEvents(may, u"history"_s, room) : QStringList();
        QCOMPARE(namesIn(client, u"dialogue:history"_s), synced);
        QStringList defaults = config.defaultSubscriptions.isEmpty()
            ? QStringList()
            : allowedEvents(may, u"subscribe"_s, room);
        sayAll(room);
        QStringList got = heard(client);
        got.sort();
        QCOMPARE(got, defaults);
    }

    void subscribing_data() { people(); }
    void subscribing()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        const QStringList events = eventsOf(room);
        const QStringList mine = allowedEvents(may, u"subscribe"_s, room);
        for (const QString &event : events) {
            TestClient client(m_server->port(), tokenIn(claims));
            client.ask(u"dialogue:join"_s, in(room, {{u"subscriptions"_s, QJsonArray()}}));
            const QJsonObject ack = client.ask(u"dialogue:subscribe"_s, in(room, {{u"eventName"_s, event}}));
            QCOMPARE(isOk(ack), mine.contains(event));
            sayAll(room);
            QCOMPARE(heard(client), mine.contains(event) ? QStringList{event} : QStringList());

            TestClient another(m_server->port(), tokenIn(claims));
            const QJsonObject joined
                = another.ask(u"dialogue:join"_s, in(room, {{u"subscriptions"_s, QJsonArray{event}}}));
            QCOMPARE(isOk(joined), mine.contains(event));
        }
        TestClient client(m_server->port(), tokenIn(claims));
        client.ask(u"dialogue:join"_s, in(room, {{u"subscriptions"_s, QJsonArray()}}));
        QCOMPARE(isOk(client.ask(u"dialogue:subscribeAll"_s, in(room, {}))), !mine.isEmpty());
        sayAll(room);
        QStringList got = heard(client);
        got.sort();
        QCOMPARE(got, mine);
    }

    void triggering_data() { people(); }
    void triggering()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        TestClient client(m_server->port(), tokenIn(claims));
        client.ask(u"dialogue:join"_s, in(room, {}));
        for (const QString &event : eventsOf(room)) {
            const quint64 offset = m_server->room(room)->offset();
            const QJsonObject ack
                = client.ask(u"dialogue:trigger"_s, in(room, {{u"event"_s, event}, {u"data"_s, 0}}));
            const bool allowed = may.contains(u"trigger "_s + event);
            QCOMPARE(isOk(ack), allowed);
            QCOMPARE(m_server->room(room)->offset(), offset + (allowed ? 1 : 0));
        }
    }

    void readingHistory_data() { people(); }
    void readingHistory()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        const QStringList mine = allowedEvents(may, u"history"_s, room);
        const qint64 newest = static_cast<qint64>(m_server->room(room)->offset());
        for (const QJsonObject &range : {QJsonObject{{u"start"_s, 0}, {u"end"_s, 100'000}},
                                         QJsonObject{{u"from"_s, 1}, {u"to"_s, newest}}}) {
            TestClient client(m_server->port(), tokenIn(claims));
            client.ask(u"dialogue:join"_s, in(room, {}));
            client.ask(u"dialogue:getHistory"_s, in(room, range));
            // An open room declares no history: what it keeps for those who come back is found by offsets.
            const bool isKept = range.contains(u"from"_s) || !m_server->room(room)->config().events.isEmpty();
            QCOMPARE(namesIn(client, u"dialogue:historyResponse"_s), isKept ? mine : QStringList());
            for (const QString &event : eventsOf(room)) {
                TestClient one(m_server->port(), tokenIn(claims));
                one.ask(u"dialogue:join"_s, in(room, {}));
                QJsonObject request = range;
                request[u"eventName"_s] = event;
                QCOMPARE(isOk(one.ask(u"dialogue:getHistory"_s, in(room, request))), mine.contains(event));
                QCOMPARE(namesIn(one, u"dialogue:historyResponse"_s),
                         isKept && mine.contains(event) ? QStringList{event} : QStringList());
            }
        }
    }

    void comingBack_data() { people(); }
    void comingBack()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        const QJsonObject since = sinceNow(room);
        sayAll(room);
        TestClient client(m_server->port(), tokenIn(claims));
        client.ask(u"dialogue:join"_s,
                   in(room, {{u"since"_s, since}, {u"subscriptions"_s, QJsonArray{u"*"_s}}}));
        QStringList got = heard(client);
        got.sort();
        QCOMPARE(got, allowedEvents(may, u"history"_s, room));
    }

    void becomingAnother_data() { people(); }
    void becomingAnother()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        // First it may do whatever anybody may.
        const QJsonObject mighty{{u"sub"_s, claims[u"sub"_s]},
                                 {u"roles"_s, QJsonArray{u"member"_s, u"editor"_s, u"host"_s}},
                                 {u"level"_s, 3}};
        TestClient client(m_server->port(), tokenIn(mighty));
        const bool wasIn = isOk(client.ask(u"dialogue:join"_s, in(room, {})));
        client.ask(u"dialogue:subscribeAll"_s, in(room, {}));
        for (const QString &event : eventsOf(room))
            client.ask(u"dialogue:subscribe"_s, in(room, {{u"eventName"_s, event}}));
        QVERIFY(isOk(client.ask(u"dialogue:refresh"_s, tokenIn(claims))));
        QCOMPARE(m_server->isInRoom(claims[u"sub"_s].toString(), room), wasIn && may.contains(u"join"_s));
        sayAll(room);
        QStringList got = heard(client);
        got.sort();
        QCOMPARE(got, wasIn ? allowedEvents(may, u"subscribe"_s, room) : QStringList());
        for (const QString &event : eventsOf(room)) {
            QCOMPARE(isOk(client.ask(u"dialogue:trigger"_s, in(room, {{u"event"_s, event}, {u"data"_s, 0}}))),
                     may.contains(u"trigger "_s + event));
            QCOMPARE(isOk(client.ask(u"dialogue:getHistory"_s, in(room, {{u"eventName"_s, event}}))),
                     may.contains(u"history "_s + event));
        }
    }

    void deletingAndCreating_data() { people(); }
    void deletingAndCreating()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, room);
        const QSet<QString> may = table(claims, room);
        TestClient client(m_server->port(), tokenIn(claims));
        const RoomConfig config = m_server->room(room)->config();
        QCOMPARE(isOk(client.ask(u"dialogue:deleteRoom"_s, in(room, {}))), may.contains(u"delete"_s));
        QCOMPARE(m_server->room(room) == nullptr, may.contains(u"delete"_s));
        if (!m_server->room(room)) {
            QVERIFY(m_server->createRoom(config));
            sayAll(room);
        }
        const QString made = room + u" of "_s + claims[u"sub"_s].toString();
        QCOMPARE(isOk(client.ask(u"dialogue:createRoom"_s, QJsonObject{{u"id"_s, made}, {u"name"_s, made}})),
                 may.contains(u"create"_s));
        QCOMPARE(m_server->room(made) != nullptr, may.contains(u"create"_s));
    }

    void theTableIsWhatTheConfigurationMeans_data()
    {
        QTest::addColumn<QString>("who");
        QTest::addColumn<QString>("room");
        QTest::addColumn<QString>("allowed");
        const auto row = [](const char *who, const char *room, const char *allowed) {
            QTest::addRow("%s in %s", who, room)
                << QString::fromLatin1(who) << QString::fromLatin1(room) << QString::fromLatin1(allowed);
        };
        row("a guest", "members", "");
        row("a guest", "shown", "join, see, subscribe message, subscribe secret");
        row("a guest", "byEvent", "history message, join, see, subscribe message");
        row("a guest", "alone", "join");
        row("a guest", "hidden", "delete");
        row("a member", "members",
            "history message, history secret, join, see, subscribe message, subscribe secret, trigger "
            "message, "
            "trigger secret");
        row("a member", "byEvent", "history message, join, see, subscribe message, trigger message");
        row("an editor", "byEvent",
            "create, history message, history secret, join, see, subscribe message, subscribe secret, "
            "trigger "
            "secret");
        row("a host of level 3", "alone", "create, join, subscribe secret");
        row("ann", "alone", "history message, join, subscribe message");
        row("a host of level 3", "hidden", "create, delete, see");
        row("an editor", "members",
            "create, delete, history message, history secret, join, see, subscribe message, subscribe "
            "secret, "
            "trigger message, trigger secret");
    }
    void theTableIsWhatTheConfigurationMeans()
    {
        QFETCH(QString, who);
        QFETCH(QString, room);
        QStringList allowed = table(People[who], room).values();
        allowed.sort();
        QTEST(allowed.join(u", "_s), "allowed");
    }
};

DIALOGUE_TEST(TestRulesMatrix, QCoreApplication)
#include "tst_rulesmatrix.moc"
