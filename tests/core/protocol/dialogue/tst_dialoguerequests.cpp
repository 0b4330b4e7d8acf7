#include "core/protocol/dialogue/requests.h"
#include "protocoltest.h"
#include "testclasses.h"

#include <QJsonArray>
#include <QTest>

#include <functional>

using namespace dialogue;
using namespace dialogue::protocol;

namespace {

using RequestReading = std::function<Result<QJsonObject>(const QJsonValue &)>;

/** Reads a request and writes it again, so that one table serves all of them. */
template <class T>
RequestReading requestReading()
{
    return [](const QJsonValue &json) {
        return T::fromJson(json).transform([](const T &r) { return r.toJson(); });
    };
}

const QHash<QByteArray, RequestReading> requestReadings{
    {"join", requestReading<Join>()},
    {"leave", requestReading<Leave>()},
    {"subscribe", requestReading<Subscribe>()},
    {"unsubscribe", requestReading<Unsubscribe>()},
    {"subscribeAll", requestReading<SubscribeAll>()},
    {"trigger", requestReading<Trigger>()},
    {"getHistory", requestReading<GetHistory>()},
    {"listRooms", requestReading<ListRooms>()},
    {"createRoom", requestReading<CreateRoom>()},
    {"deleteRoom", requestReading<DeleteRoom>()},
    {"refresh", requestReading<Refresh>()},
};

} // namespace

class TestDialogueRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsWhatItWrites();
    void fillsInDefaults();
};

void TestDialogueRequests::reads_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("written");

    const auto row = [](const char *request, const QByteArray &json, const QByteArray &written) {
        QTest::addRow("%s %s", request, json.left(60).constData()) << QByteArray(request) << json << written;
    };
    for (const char *request : {"join", "leave", "subscribeAll", "deleteRoom"}) {
        row(request, R"({"roomId":"chat"})", R"({"roomId":"chat"})");
        row(request, R"({"roomId":"chat","more":[1]})", R"({"roomId":"chat"})");
        row(request, R"({"roomId":)" + longText(MaxNameLength) + '}',
            R"({"roomId":)" + longText(MaxNameLength) + '}');
    }
    for (const char *request : {"subscribe", "unsubscribe"})
        row(request, R"({"roomId":"chat","eventName":"*","more":1})", R"({"roomId":"chat","eventName":"*"})");

    row("refresh", R"({"token":"a.b.c","more":1})", R"({"token":"a.b.c"})");

    row("join", R"({"roomId":"a","since":{"epoch":"e","offset":0}})",
        R"({"roomId":"a","since":{"epoch":"e","offset":0}})");
    row("join", R"({"roomId":"a","since":{"epoch":"e","offset":9007199254740991}})",
        R"({"roomId":"a","since":{"epoch":"e","offset":9007199254740991}})");
    row("join", R"({"roomId":"a","since":null})", R"({"roomId":"a"})");

    row("trigger", R"({"roomId":"a","event":"m","data":{"text":"x"}})",
        R"({"roomId":"a","event":"m","data":{"text":"x"}})");
    row("trigger", R"({"roomId":"a","event":"m","data":"x"})", R"({"roomId":"a","event":"m","data":"x"})");
    row("trigger", R"({"roomId":"a","event":"m","data":false})",
        R"({"roomId":"a","event":"m","data":false})");
    row("trigger", R"({"roomId":"a","event":"m"})", R"({"roomId":"a","event":"m","data":null})");
    row("trigger", R"({"roomId":"a","event":"m","data":[],"meta":{"k":1},"id":"u-1"})",
        R"({"roomId":"a","event":"m","data":[],"meta":{"k":1},"id":"u-1"})");
    row("trigger", R"({"roomId":"a","event":"m","data":1,"meta":null,"id":null})",
        R"({"roomId":"a","event":"m","data":1})");
    row("trigger", R"({"roomId":"a","event":"m","data":1,"meta":{},"id":""})",
        R"({"roomId":"a","event":"m","data":1})");

    row("getHistory", R"({"roomId":"a"})", R"({"roomId":"a","start":0,"end":50})");
    row("getHistory", R"({"roomId":"a","eventName":"m","start":10,"end":11})",
        R"({"roomId":"a","eventName":"m","start":10,"end":11})");
    row("getHistory", R"({"roomId":"a","eventName":null,"start":null,"end":null})",
        R"({"roomId":"a","start":0,"end":50})");
    row("getHistory", R"({"roomId":"a","end":2147483647})", R"({"roomId":"a","start":0,"end":2147483647})");

    row("getHistory", R"({"roomId":"a","from":3,"to":3})", R"({"roomId":"a","from":3,"to":3})");
    row("getHistory", R"({"roomId":"a","eventName":"m","from":1,"to":9007199254740991,"start":null})",
        R"({"roomId":"a","eventName":"m","from":1,"to":9007199254740991})");
    row("getHistory", R"({"roomId":"a","from":3,"to":9,"fromTime":0,"toTime":1764374400000})",
        R"({"roomId":"a","from":3,"to":9,"toTime":1764374400000})");
    row("getHistory", R"({"roomId":"a","fromTime":5})", R"({"roomId":"a","fromTime":5})");
    row("getHistory", R"({"roomId":"a","from":null,"to":null,"end":5})",
        R"({"roomId":"a","start":0,"end":5})");

    row("listRooms", "{}", "{}");
    row("listRooms", "null", "{}");
    row("listRooms", "", "{}");
    row("listRooms", R"({"after":"chat","limit":10,"more":1})", R"({"after":"chat","limit":10})");
    row("listRooms", R"({"after":null,"limit":null})", "{}");
    row("listRooms", R"({"after":""})", "{}");

    row("createRoom", R"({"id":"a","name":"A"})", R"({"id":"a","name":"A"})");
    row("createRoom", R"({"id":"a","name":"A","description":"d","maxSize":1})",
        R"({"id":"a","name":"A","description":"d","maxSize":1})");
    row("createRoom", R"({"id":"a","name":"A","description":null,"maxSize":null,"createdById":"me"})",
        R"({"id":"a","name":"A"})");
}

void TestDialogueRequests::reads()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, json);
    QFETCH(QByteArray, written);

    const Result<QJsonObject> read = requestReadings.value(request)(parse(json));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(*read, parse(written).toObject());
}

void TestDialogueRequests::refuses_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("expected");

    const auto row
        = [](const QByteArray &request, const QByteArray &json, const char *path, const char *expected) {
              QTest::addRow("%s %s", request.constData(), json.left(60).constData())
                  << request << json << QString::fromLatin1(path) << QString::fromLatin1(expected);
          };
    for (auto it = requestReadings.begin(); it != requestReadings.end(); ++it) {
        if (it.key() == "listRooms") // It needs nothing.
            continue;
        const bool isId = it.key() != "refresh"; // A token is seen by nobody.
        const char *first = !isId ? "token" : it.key() == "createRoom" ? "id" : "roomId";
        for (const char *json : {"null", "1", "[]", R"("chat")", "true", ""})
            row(it.key(), json, "", "must be an object");
        row(it.key(), "{}", first, "must be a string, is missing");
        for (const char *value : {"null", "1", "[]", "{}", "true"})
            row(it.key(), QByteArray("{\"") + first + "\":" + value + '}', first, "must be a string");
        row(it.key(), QByteArray("{\"") + first + "\":\"\"}", first, "must not be empty");
        if (!isId)
            continue;
        row(it.key(), QByteArray("{\"") + first + "\":\"a\\u202eb\"}", first, "U+202E (character 2)");
        row(it.key(), QByteArray("{\"") + first + "\":" + longText(MaxNameLength + 1) + '}', first,
            "must have at most 1024 characters, has 1025");
    }
    for (const char *request : {"subscribe", "unsubscribe"}) {
        row(request, R"({"roomId":"a"})", "eventName", "must be a string, is missing");
        row(request, R"({"roomId":"a","eventName":""})", "eventName", "must not be empty");
        row(request, R"({"roomId":"a","eventName":"\u200b"})", "eventName", "U+200B");
        row(request, R"({"roomId":"a","eventName":["m"]})", "eventName", "must be a string, is an array");
        row(request, R"({"roomId":"a","eventName":)" + longText(MaxNameLength + 1) + '}', "eventName",
            "at most");
    }

    row("join", R"({"roomId":"a","since":1})", "since", "must be an object, is a number");
    row("join", R"({"roomId":"a","since":[]})", "since", "must be an object");
    row("join", R"({"roomId":"a","since":{}})", "since.epoch", "must be a string");
    row("join", R"({"roomId":"a","since":{"epoch":"","offset":1}})", "since.epoch", "must not be empty");
    row("join", R"({"roomId":"a","since":{"epoch":)" + longText(129) + R"(,"offset":1}})", "since.epoch",
        "at most");
    row("join", R"({"roomId":"a","since":{"epoch":"e"}})", "since.offset", "must be a whole number");
    for (const char *offset : {"-1", "1.5", "1e300", "-1e300", "9007199254740992", R"("1")", "null"})
        row("join", QByteArray(R"({"roomId":"a","since":{"epoch":"e","offset":)") + offset + "}}",
            "since.offset", "must be a whole number from 0 to 9007199254740991");

    row("trigger", R"({"roomId":"a","data":1})", "event", "must be a string, is missing");
    row("trigger", R"({"roomId":"a","event":"","data":1})", "event", "must not be empty");
    row("trigger", R"({"roomId":"a","event":"m\u0000","data":1})", "event", "U+0000");
    row("trigger", R"({"roomId":"a","event":"m","id":"\u2066"})", "id", "U+2066");
    row("join", R"({"roomId":"a","subscriptions":["m","n\u009b"]})", "subscriptions", "U+009B");
    row("getHistory", R"({"roomId":"a","eventName":"\ufeff"})", "eventName", "U+FEFF");
    row("listRooms", R"({"after":"\u2028"})", "after", "U+2028");
    row("trigger", R"({"roomId":"a","event":7,"data":1})", "event", "must be a string, is a number");
    row("trigger", R"({"roomId":"a","event":)" + longText(MaxNameLength + 1) + '}', "event", "at most");
    row("trigger", R"({"roomId":"a","event":"m","meta":[]})", "meta", "must be an object, is an array");
    row("trigger", R"({"roomId":"a","event":"m","meta":"x"})", "meta", "must be an object, is a string");
    row("trigger", R"({"roomId":"a","event":"m","id":1})", "id", "must be a string, is a number");
    row("trigger", R"({"roomId":"a","event":"m","id":)" + longText(MaxNameLength + 1) + '}', "id", "at most");

    row("getHistory", R"({"roomId":"a","eventName":1})", "eventName", "must be a string");
    row("getHistory", R"({"roomId":"a","start":-1})", "start", "must be a whole number from 0");
    row("getHistory", R"({"roomId":"a","start":"0"})", "start", "must be a whole number from 0");
    row("getHistory", R"({"roomId":"a","start":0.5})", "start", "is 0.5");
    row("getHistory", R"({"roomId":"a","start":2147483648})", "start", "to 2147483647");
    row("getHistory", R"({"roomId":"a","start":50})", "end", "must be greater than start, which is 50");
    row("getHistory", R"({"roomId":"a","start":5,"end":5})", "end", "must be greater than start");
    row("getHistory", R"({"roomId":"a","start":5,"end":4})", "end", "must be greater than start");
    row("getHistory", R"({"roomId":"a","end":0})", "end", "must be greater than start");
    row("getHistory", R"({"roomId":"a","end":true})", "end", "must be a whole number");
    row("getHistory", R"({"roomId":"a","end":1e12})", "end", "must be a whole number");

    for (const char *json : {"1", "[]", R"("chat")", "true"})
        row("listRooms", json, "", "must be an object");
    row("listRooms", R"({"after":7})", "after", "must be a string, is a number");
    row("listRooms", R"({"after":)" + longText(MaxNameLength + 1) + '}', "after", "at most");
    for (const char *limit : {"0", "-1", "1.5", R"("9")", "[]"})
        row("listRooms", QByteArray(R"({"limit":)") + limit + '}', "limit", "must be a whole number from 1");

    row("getHistory", R"({"roomId":"a","from":1})", "to", "must be a whole number from 1");
    row("getHistory", R"({"roomId":"a","to":1})", "from", "must be a whole number from 1");
    row("getHistory", R"({"roomId":"a","from":0,"to":1})", "from", "must be a whole number from 1");
    row("getHistory", R"({"roomId":"a","from":1,"to":1.5})", "to", "is 1.5");
    row("getHistory", R"({"roomId":"a","from":5,"to":4})", "to", "must not be less than from, which is 5");
    row("getHistory", R"({"roomId":"a","from":4,"to":5,"start":0})", "start", "must be left out");
    row("getHistory", R"({"roomId":"a","from":4,"to":5,"end":50})", "end", "must be left out");
    row("getHistory", R"({"roomId":"a","toTime":5,"end":50})", "end", "must be left out");
    row("getHistory", R"({"roomId":"a","fromTime":-1})", "fromTime", "must be a whole number from 0");
    row("getHistory", R"({"roomId":"a","fromTime":6,"toTime":5})", "toTime",
        "must not be less than fromTime, which is 6");

    row("createRoom", R"({"id":"a"})", "name", "must be a string, is missing");
    row("createRoom", R"({"id":"a","name":""})", "name", "must not be empty");
    row("createRoom", R"({"id":"a","name":"A","description":1})", "description", "must be a string");
    row("createRoom", R"({"id":"a","name":"A","description":)" + longText(MaxDescriptionLength + 1) + '}',
        "description", "must have at most 4096");
    for (const char *size : {"0", "-1", "1.5", "1e300", R"("5")", "2147483648", "{}"})
        row("createRoom", QByteArray(R"({"id":"a","name":"A","maxSize":)") + size + '}', "maxSize",
            "must be a whole number from 1 to 2147483647");
}

void TestDialogueRequests::refuses()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    QFETCH(QString, expected);

    const Result<QJsonObject> read = requestReadings.value(request)(parse(json));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(read.error().path, path);
    QVERIFY2(read.error().message.contains(expected), qPrintable(read.error().message));
}

void TestDialogueRequests::readsWhatItWrites()
{
    const Join join{.roomId = QStringLiteral("a"), .since = LogPosition{.epoch = "e", .offset = 12}};
    QCOMPARE(*Join::fromJson(join.toJson()), join);
    const Trigger trigger{.roomId = QStringLiteral("a"),
                          .event = QStringLiteral("m"),
                          .data = QJsonArray{1},
                          .meta = {{QStringLiteral("k"), true}},
                          .id = QStringLiteral("i"),
                          .echo = false};
    QCOMPARE(*Trigger::fromJson(trigger.toJson()), trigger);
    const GetHistory history{
        .roomId = QStringLiteral("a"), .eventName = QStringLiteral("m"), .start = 3, .end = 4};
    QCOMPARE(*GetHistory::fromJson(history.toJson()), history);
    const GetHistory gap{.roomId = QStringLiteral("a"), .offsets = OffsetRange{.from = 7, .to = 9}};
    QCOMPARE(*GetHistory::fromJson(gap.toJson()), gap);
    const CreateRoom create{.id = QStringLiteral("a"),
                            .name = QStringLiteral("A"),
                            .description = QStringLiteral("d"),
                            .maxSize = 5};
    QCOMPARE(*CreateRoom::fromJson(create.toJson()), create);
}

void TestDialogueRequests::fillsInDefaults()
{
    const auto history = GetHistory::fromJson(parse(R"({"roomId":"a"})"));
    QVERIFY(history);
    QCOMPARE(history->start, 0);
    QCOMPARE(history->end, 50);
    QVERIFY(history->eventName.isEmpty());
    QVERIFY(Trigger::fromJson(parse(R"({"roomId":"a","event":"m"})"))->data.isNull());
    QVERIFY(Trigger::fromJson(parse(R"({"roomId":"a","event":"m"})"))->echo);
    QVERIFY(Trigger::fromJson(parse(R"({"roomId":"a","event":"m","echo":null})"))->echo);
    QCOMPARE(Trigger::fromJson(parse(R"({"roomId":"a","event":"m","echo":0})")).error().path,
             QStringLiteral("echo"));
}

DIALOGUE_TEST(TestDialogueRequests, NoApplication)
#include "tst_dialoguerequests.moc"
