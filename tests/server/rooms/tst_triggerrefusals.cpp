#include "roomsfixture.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace Qt::StringLiterals;
namespace names = dialogue::protocol::names;

/** Triggers, and requests like them, that are refused, and the words for it. */
class TestTriggerRefusals : public QObject
{
    Q_OBJECT

    static QJsonObject error(const QJsonObject &ack) { return ack[u"error"_s].toObject(); }

private Q_SLOTS:
    void refusesBadTextWithTheSameWordsAsAValue()
    {
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const char *payload :
             {R"({"roomId":"chat","event":"message","data":{"text":""}})",
              R"({"roomId":1,"event":"message"})", R"({"roomId":"chat"})", R"(["chat"])",
              R"({"roomId":"chat","event":"dance","data":{}})",
              R"({"roomId":"chat","event":"message","data":{"_placeholder":true,"num":0}})",
              R"({"roomId":"chat","event":"typing","meta":{"x":{"_placeholder":true,"num":0}}})"}) {
            const QJsonObject fromText = error(f.ask(ann, names::trigger, QByteArray(payload)));
            const QJsonObject fromValue
                = error(f.ask(ann, names::trigger, JsonData::fromText(payload).value()));
            QVERIFY2(!fromText[u"code"_s].toString().isEmpty(), payload);
            QCOMPARE(fromText, fromValue);
        }
    }

    void theNameOfAnEventIsAsLongAsTheLimitAtMost()
    {
        RoomsFixture f({.rooms = {{.id = u"open"_s, .name = u"Open"_s}}, .limits = {.eventNameLength = 10}});
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        QVERIFY(f.ask(ann, names::trigger, trigger(QString(10, u'x'), 1, u"open"_s))[u"ok"_s].toBool());
        const QJsonObject refused
            = error(f.ask(ann, names::trigger, trigger(QString(11, u'x'), 1, u"open"_s)));
        QCOMPARE(refused[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(refused[u"path"_s].toString(), u"event"_s);
    }

    void refusesMetaThatTheEventDoesNotTake()
    {
        EventDefinition silent = defineEvent(u"silent"_s);
        silent.takesMeta = false;
        EventDefinition strict = defineEvent(u"strict"_s);
        strict.meta = Schema::object({{"place", Schema::string().max(3)}});
        RoomsFixture f(
            {.rooms
             = {{.id = u"chat"_s, .name = u"Chat"_s, .events = {defineEvent(u"free"_s), silent, strict}}}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const auto say = [&](const QString &event, const QJsonObject &meta) {
            QJsonObject request = trigger(event, 1);
            request[u"meta"_s] = meta;
            const QJsonObject refused = error(f.ask(ann, names::trigger, QJsonValue(request)));
            return refused[u"code"_s].toString() + u' ' + refused[u"path"_s].toString();
        };
        const QJsonObject here{{u"place"_s, u"abc"_s}};
        QCOMPARE(say(u"free"_s, here), u" "_s);
        QCOMPARE(say(u"silent"_s, here), u"VALIDATION_FAILED meta"_s);
        QCOMPARE(say(u"silent"_s, {}), u" "_s);
        QCOMPARE(say(u"strict"_s, here), u" "_s);
        QCOMPARE(say(u"strict"_s, {{u"place"_s, u"too far"_s}}), u"VALIDATION_FAILED meta.place"_s);
        QCOMPARE(say(u"strict"_s, {}), u" "_s); // Who says nothing says nothing wrong.
        // The application's own is its own.
        QVERIFY(f.rooms.find(u"chat"_s)->trigger(u"silent"_s, 1, {.meta = here}).result());
    }

    void refusesWhatMayNotPass_data()
    {
        QTest::addColumn<QJsonObject>("payload");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("path");
        QTest::newRow("no such room")
            << trigger(u"message"_s, textData(u"hi"_s), u"nowhere"_s) << u"ROOM_NOT_FOUND"_s << QString();
        QTest::newRow("not in the room")
            << trigger(u"message"_s, textData(u"hi"_s), u"other"_s) << u"NOT_IN_ROOM"_s << QString();
        QTest::newRow("not carried") << trigger(u"dance"_s, textData(u"hi"_s)) << u"EVENT_NOT_ALLOWED"_s
                                     << QString();
        QTest::newRow("too short") << trigger(u"message"_s, textData({})) << u"VALIDATION_FAILED"_s
                                   << u"data.text"_s;
        QTest::newRow("too long") << trigger(u"message"_s, textData(u"more than ten"_s))
                                  << u"VALIDATION_FAILED"_s << u"data.text"_s;
        QTest::newRow("missing") << trigger(u"message"_s, QJsonObject{}) << u"VALIDATION_FAILED"_s
                                 << u"data.text"_s;
        QTest::newRow("no event") << QJsonObject{{u"roomId"_s, u"chat"_s}} << u"INVALID_REQUEST"_s
                                  << u"event"_s;
        QTest::newRow("no room") << QJsonObject{{u"event"_s, u"message"_s}} << u"INVALID_REQUEST"_s
                                 << u"roomId"_s;
        QTest::newRow("wrong type") << QJsonObject{{u"roomId"_s, 3}, {u"event"_s, u"message"_s}}
                                    << u"INVALID_REQUEST"_s << u"roomId"_s;
    }
    void refusesWhatMayNotPass()
    {
        QFETCH(QJsonObject, payload);
        QFETCH(QString, path);
        RoomConfig other = chatRoom();
        other.id = u"other"_s;
        RoomsFixture f({.rooms = {chatRoom(), other}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        const QJsonObject ack = f.ask(ann, names::trigger, payload);
        QVERIFY(!ack[u"ok"_s].toBool());
        QTEST(error(ack)[u"code"_s].toString(), "code");
        QCOMPARE(error(ack)[u"path"_s].toString(), path);
        QVERIFY(error(ack)[u"message"_s].toString().startsWith(path.isEmpty() ? QString() : path + u": "_s));
        QVERIFY(error(ack)[u"message"_s].toString().size() > 10);
        QCOMPARE(f.takeNames(ann), (QStringList{u"dialogue:error"_s, u"ack"_s}));
        QCOMPARE(f.rooms.find(u"chat"_s)->offset(), 0);
    }

    void toleratesAnyPayload_data()
    {
        QTest::addColumn<QString>("name");
        for (const auto name :
             {names::join, names::leave, names::subscribe, names::unsubscribe, names::subscribeAll,
              names::trigger, names::getHistory, names::createRoom, names::deleteRoom})
            QTest::newRow(name.data()) << QString(name);
        QTest::newRow("unknown") << u"dialogue:nothing"_s;
    }
    void toleratesAnyPayload()
    {
        QFETCH(QString, name);
        RoomsFixture f({.rooms = {chatRoom()}});
        const SocketId ann = f.joined(u"ann"_s, u"chat"_s);
        for (const QJsonValue &payload :
             {QJsonValue(), QJsonValue(QJsonValue::Undefined), QJsonValue(1), QJsonValue(u"x"_s),
              QJsonValue(QJsonArray{1, 2}), QJsonValue(QJsonObject{{u"roomId"_s, QJsonArray{}}})}) {
            const QJsonObject ack = f.ask(ann, QLatin1String(name.toLatin1()), payload);
            QCOMPARE(error(ack)[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        }
    }

    void refusesAnEventTooLargeToDeliver()
    {
        ServerConfig config{.rooms
                            = {{.id = u"open"_s, .name = u"Open"_s, .defaultSubscriptions = {u"*"_s}}}};
        config.engine.maxPayload = 1000;
        RoomsFixture f(config);
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const SocketId bob = f.joined(u"bob"_s, u"open"_s);
        // Each message is within the limit, but not all that stands in one event.
        const QJsonObject ack = f.ask(ann, names::trigger, trigger(u"image"_s, QJsonValue::Null, u"open"_s),
                                      {QByteArray(600, 'x'), QByteArray(600, 'x')});
        QCOMPARE(error(ack)[u"code"_s].toString(), u"PAYLOAD_TOO_LARGE"_s);
        QVERIFY(f.take(bob).isEmpty());
        QCOMPARE(f.rooms.find(u"open"_s)->offset(), 0);
        QVERIFY(f.ask(ann, names::trigger, trigger(u"image"_s, QJsonValue::Null, u"open"_s),
                      {QByteArray(600, 'x')})[u"ok"_s]
                    .toBool());
    }

    void refusesAPlaceholderWithoutItsAttachment()
    {
        RoomsFixture f({.rooms = {{.id = u"open"_s, .name = u"Open"_s}}});
        const SocketId ann = f.joined(u"ann"_s, u"open"_s);
        const QJsonObject ack = f.ask(ann, names::trigger,
                                      trigger(u"image"_s, QJsonArray{socketio::placeholder(0)}, u"open"_s));
        QCOMPARE(error(ack)[u"code"_s].toString(), u"INVALID_REQUEST"_s);
        QCOMPARE(error(ack)[u"path"_s].toString(), u"data"_s);
    }
};

DIALOGUE_TEST(TestTriggerRefusals, QCoreApplication)
#include "tst_triggerrefusals.moc"
