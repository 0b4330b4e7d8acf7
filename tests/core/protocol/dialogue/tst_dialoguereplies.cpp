#include "core/protocol/dialogue/replies.h"
#include "protocoltest.h"
#include "testclasses.h"

#include <QTest>

#include <functional>

using namespace dialogue;
using namespace dialogue::protocol;

namespace {

using Reading = std::function<Result<QJsonValue>(const QJsonValue &)>;

/** Reads a reply and writes it again, so that one table serves all of them. */
template <class T>
Reading reading()
{
    return [](const QJsonValue &json) {
        return T::fromJson(json).transform([](const T &reply) {
            if constexpr (requires { reply.toText(); })
                return JsonData::fromText(reply.toText()).value();
            else
                return JsonData::fromText(reply.write().take()).value();
        });
    };
}

const QHash<QByteArray, Reading> readings{
    {"connected", reading<Connected>()},
    {"refreshed", reading<Refreshed>()},
    {"joined", reading<Joined>()},
    {"left", reading<Left>()},
    {"rooms", reading<Rooms>()},
    {"roomsPage", reading<RoomsPage>()},
    {"roomCreated",
     [](const QJsonValue &json) {
         return RoomInfo::fromJson(json).transform(
             [](const RoomInfo &info) { return JsonData::fromText(info.write().take()).value(); });
     }},
    {"roomDeleted", reading<RoomDeleted>()},
    {"gap", reading<Gap>()},
    {"history", reading<History>()},
    {"historyResponse", reading<HistoryResponse>()},
};

constexpr auto envelope = R"({"event":"m","roomId":"a","data":1,"from":"u","timestamp":5,"offset":2})";

} // namespace

class TestDialogueReplies : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data();
    void reads();
    void refuses_data();
    void refuses();
    void readsWhatServersWithoutPositionsSend();
    void aReasonThatIsNotKnownIsALossAllTheSame();
    void anAnswerByOffsetsHasNoOtherRange();
};

void TestDialogueReplies::reads_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("json");

    const auto row = [](const char *reply, const QByteArray &json) {
        QTest::addRow("%s %s", reply, json.left(60).constData()) << QByteArray(reply) << json;
    };
    row("connected", R"({"clientId":"c","userId":"u"})");
    row("joined", R"({"roomId":"a","roomName":"A","epoch":"e","offset":0})");
    row("joined", R"({"roomId":"a","roomName":"","epoch":"e","offset":7,"recovered":false})");
    row("joined", R"({"roomId":"a","roomName":"A","epoch":"e","offset":7,"recovered":true})");
    row("joined", R"({"roomId":"a","roomName":"A"})");
    row("left", R"({"roomId":"a"})");
    row("rooms", "[]");
    row("roomsPage", R"({"rooms":[]})");
    row("roomsPage", R"({"rooms":[{"id":"a","name":"A","size":0}],"next":"a"})");
    row("rooms", R"([{"id":"a","name":"A","size":0},{"id":"b","name":"B","size":3,"maxSize":5}])");
    row("roomCreated", R"({"id":"a","name":"A","description":"d","size":1,"maxSize":50,"createdById":"u"})");
    row("roomDeleted", R"({"roomId":"a"})");
    row("gap", R"({"roomId":"a","from":1,"to":1,"reason":"dropped"})");
    row("gap", R"({"roomId":"a","from":7,"to":9007199254740991,"reason":"replaced"})");
    row("history", R"({"roomId":"a","events":[]})");
    row("history", QByteArray(R"({"roomId":"a","events":[)") + envelope + ',' + envelope + "]}");
    row("historyResponse",
        QByteArray(R"({"roomId":"a","eventName":"m","events":[)") + envelope + R"(],"start":0,"end":50})");
    row("historyResponse", R"({"roomId":"a","eventName":null,"events":[],"start":5,"end":6})");
    row("historyResponse", R"({"roomId":"a","eventName":null,"events":[],"from":5,"to":6})");
    row("historyResponse",
        QByteArray(R"({"roomId":"a","eventName":"m","events":[)") + envelope
            + R"(],"from":1,"to":9007199254740991,"more":true})");
}

void TestDialogueReplies::reads()
{
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, json);

    const Result<QJsonValue> read = readings.value(reply)(parse(json));
    QVERIFY2(read, read ? "" : qPrintable(read.error().text()));
    QCOMPARE(*read, parse(json));
}

void TestDialogueReplies::refuses_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");

    const auto row = [](const QByteArray &reply, const QByteArray &json, const char *path) {
        QTest::addRow("%s %s", reply.constData(), json.left(60).constData())
            << reply << json << QString::fromLatin1(path);
    };
    for (auto it = readings.begin(); it != readings.end(); ++it) {
        for (const char *json : {"null", "1", R"("a")", ""})
            row(it.key(), json, "");
        row(it.key(), it.key() == "rooms" ? "{}" : "[]", "");
    }
    row("connected", R"({"userId":"u"})", "clientId");
    row("connected", R"({"clientId":"c","userId":1})", "userId");
    row("joined", R"({"roomName":"A"})", "roomId");
    row("joined", R"({"roomId":"a"})", "roomName");
    row("joined", R"({"roomId":"a","roomName":"A","epoch":1})", "epoch");
    row("joined", R"({"roomId":"a","roomName":"A","epoch":"e"})", "offset");
    row("joined", R"({"roomId":"a","roomName":"A","epoch":"e","offset":-1})", "offset");
    row("joined", R"({"roomId":"a","roomName":"A","recovered":"yes"})", "recovered");
    row("left", "{}", "roomId");
    row("rooms", R"([{"id":"a","name":"A","size":0},7])", "[1]");
    row("rooms", R"([{"id":"a","name":"A"}])", "[0].size");
    row("roomsPage", "{}", "rooms");
    row("roomsPage", R"({"rooms":[{"id":"a","name":"A","size":0},{"id":7}]})", "rooms[1].id");
    row("roomsPage", R"({"rooms":[],"next":7})", "next");
    row("roomCreated", R"({"id":"a","name":"A","size":-1})", "size");
    row("roomCreated", R"({"id":"a","name":"A","size":1,"maxSize":"5"})", "maxSize");
    row("roomDeleted", R"({"roomId":null})", "roomId");
    for (const QByteArray &type : {QByteArray("gap"), QByteArray("historyResponse")}) {
        const auto ranged = [&](const QByteArray &range, const char *path) {
            row(type, R"({"roomId":"a","events":[],"reason":"dropped",)" + range + '}', path);
        };
        ranged(R"("to":5)", "from");
        ranged(R"("from":5)", "to");
        ranged(R"("from":0,"to":5)", "from");
        ranged(R"("from":1.5,"to":5)", "from");
        ranged(R"("from":"1","to":5)", "from");
        ranged(R"("from":1,"to":9007199254740992)", "to");
        ranged(R"("from":6,"to":5)", "to");
    }
    row("gap", R"({"from":1,"to":1,"reason":"dropped"})", "roomId");
    row("gap", R"({"roomId":"a","from":1,"to":1})", "reason");
    row("gap", R"({"roomId":"a","from":1,"to":1,"reason":5})", "reason");
    row("historyResponse", R"({"roomId":"a","events":[],"from":1,"to":1,"more":"yes"})", "more");
    row("history", R"({"roomId":"a"})", "events");
    row("history", R"({"roomId":"a","events":[1]})", "events[0]");
    row("history", QByteArray(R"({"roomId":"a","events":[)") + envelope + R"(,{"event":"m"}]})",
        "events[1].roomId");
    row("historyResponse", R"({"roomId":"a","events":[],"end":1})", "start");
    row("historyResponse", R"({"roomId":"a","events":[],"start":0})", "end");
    row("historyResponse", R"({"roomId":"a","eventName":1,"events":[],"start":0,"end":1})", "eventName");
}

void TestDialogueReplies::refuses()
{
    QFETCH(QByteArray, reply);
    QFETCH(QByteArray, json);
    QFETCH(QString, path);

    const Result<QJsonValue> read = readings.value(reply)(parse(json));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(read.error().path, path);
}

void TestDialogueReplies::readsWhatServersWithoutPositionsSend()
{
    const auto joined = Joined::fromJson(parse(R"({"roomId":"a","roomName":"A","extra":{}})"));
    QVERIFY(joined);
    QVERIFY(joined->position.epoch.isEmpty());
    QCOMPARE(joined->position.offset, quint64(0));
    QVERIFY(!joined->recovered);
    const auto info
        = RoomInfo::fromJson(parse(R"({"id":"a","name":"A","size":1,"maxSize":null,"description":null})"));
    QVERIFY(info);
    QVERIFY(!info->maxSize);
}

void TestDialogueReplies::aReasonThatIsNotKnownIsALossAllTheSame()
{
    const auto gap = Gap::fromJson(parse(R"({"roomId":"a","from":3,"to":4,"reason":"eaten"})"));
    QVERIFY(gap);
    QCOMPARE(gap->reason, GapReason::Dropped);
}

void TestDialogueReplies::anAnswerByOffsetsHasNoOtherRange()
{
    const auto page
        = HistoryResponse::fromJson(parse(R"({"roomId":"a","events":[],"from":3,"to":4,"start":"x"})"));
    QVERIFY(page);
    QCOMPARE(page->offsets, (OffsetRange{.from = 3, .to = 4}));
    QVERIFY(!page->more);
    const auto plain = HistoryResponse::fromJson(parse(R"({"roomId":"a","events":[],"start":0,"end":1})"));
    QVERIFY(plain);
    QVERIFY(!plain->offsets);
}

DIALOGUE_TEST(TestDialogueReplies, NoApplication)
#include "tst_dialoguereplies.moc"
