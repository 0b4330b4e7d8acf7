#include "core/protocol/dialogue/errors.h"
#include "protocoltest.h"
#include "testclasses.h"

#include <QTest>

using namespace dialogue;
using namespace dialogue::protocol;
using namespace std::chrono_literals;

namespace {

const Error validation{.code = ErrorCode::ValidationFailed,
                       .message = QStringLiteral("must have at least 1 character"),
                       .path = QStringLiteral("data.text")};

} // namespace

class TestDialogueErrors : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesAnError();
    void leavesOutWhatIsNotThere();
    void readsWhatItWrites();
    void readsTheFaultsItWrites();
    void takesAFewFaultsOfWhatItUnderstands();
    void keepsACodeItDoesNotKnow();
    void refusesErrors_data();
    void refusesErrors();
    void writesAcks();
    void readsAcks();
    void refusesAcks_data();
    void refusesAcks();
};

void TestDialogueErrors::writesAnError()
{
    Error error = validation;
    error.retryAfter = 1500ms;
    QCOMPARE(
        parse(ErrorPayload::of(error, QStringLiteral("chat")).write().take()),
        parse(
            R"({"code":"VALIDATION_FAILED","message":"data.text: must have at least 1 character","path":"data.text",)"
            R"("retryAfter":1500,"roomId":"chat"})"));
}

void TestDialogueErrors::leavesOutWhatIsNotThere()
{
    const Error error{.code = ErrorCode::RoomFull, .message = QStringLiteral("full")};
    QCOMPARE(parse(ErrorPayload::of(error).write().take()),
             parse(R"({"code":"ROOM_FULL","message":"full"})"));
}

void TestDialogueErrors::readsWhatItWrites()
{
    ErrorPayload payload = ErrorPayload::of(validation, QStringLiteral("chat"));
    payload.retryAfter = 0ms;
    const auto read = ErrorPayload::fromJson(parse(payload.write().take()));
    QVERIFY(read);
    QCOMPARE(*read, payload);
    const Error error = read->toError();
    QCOMPARE(error.code, validation.code);
    QCOMPARE(error.message, validation.message);
    QCOMPARE(error.path, validation.path);
    QCOMPARE(error.retryAfter, std::optional(0ms));
}

void TestDialogueErrors::readsTheFaultsItWrites()
{
    Error error = validation;
    const auto empty = QStringLiteral("");
    error.faults = {{.path = error.path,
                     .pointer = QStringLiteral("/text"),
                     .rule = QStringLiteral("minLength"),
                     .message = error.message},
                    {.path = QStringLiteral("data"), .pointer = empty, .message = QStringLiteral("is wrong")},
                    {.path = QStringLiteral("data.x"), .message = QStringLiteral("is far")}};
    const QJsonValue json = parse(ErrorPayload::of(error).write().take());
    QCOMPARE(
        json[QStringLiteral("faults")],
        parse(
            R"([{"path":"data.text","pointer":"/text","rule":"minLength","message":"must have at least 1 character"},)"
            R"({"path":"data","pointer":"","message":"is wrong"},{"path":"data.x","message":"is far"}])"));
    const auto read = ErrorPayload::fromJson(json);
    QVERIFY(read);
    const QList<SchemaFault> faults = read->toError().faults;
    QCOMPARE(faults, error.faults);
    QVERIFY(!faults[1].pointer.isNull());
    QVERIFY(faults[2].pointer.isNull());
    QCOMPARE(parse(errorAck(error))[QStringLiteral("error")], json);
}

void TestDialogueErrors::takesAFewFaultsOfWhatItUnderstands()
{
    QByteArray list = R"(1,null,[],{},{"message":1},{"path":5,"pointer":6,"rule":7,"message":"x"})";
    for (int i = 0; i < 1000; ++i)
        list += R"(,{"message":"y"})";
    const auto read = ErrorPayload::fromJson(parse(R"({"code":"A","message":"m","faults":[)" + list + "]}"));
    QVERIFY(read);
    QCOMPARE(read->faults.size(), 20);
    QCOMPARE(read->faults[0], (SchemaFault{.message = QStringLiteral("x")}));
    const auto other = ErrorPayload::fromJson(parse(R"({"code":"A","message":"m","faults":"none"})"));
    QVERIFY(other && other->faults.isEmpty());
}

void TestDialogueErrors::keepsACodeItDoesNotKnow()
{
    const auto read = ErrorPayload::fromJson(parse(R"({"code":"NEW_ONE","message":"x"})"));
    QVERIFY(read);
    QCOMPARE(read->code, QByteArray("NEW_ONE"));
    QCOMPARE(read->toError().code, ErrorCode::InvalidRequest);
    QCOMPARE(read->toError().message, QStringLiteral("NEW_ONE: x"));
}

void TestDialogueErrors::refusesErrors_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");

    QTest::newRow("no object") << QByteArray("[]") << QString();
    QTest::newRow("no code") << QByteArray(R"({"message":"x"})") << QStringLiteral("code");
    QTest::newRow("no message") << QByteArray(R"({"code":"ROOM_FULL"})") << QStringLiteral("message");
    QTest::newRow("path a number") << QByteArray(R"({"code":"A","message":"x","path":1})")
                                   << QStringLiteral("path");
    QTest::newRow("retryAfter negative")
        << QByteArray(R"({"code":"A","message":"x","retryAfter":-1})") << QStringLiteral("retryAfter");
    QTest::newRow("retryAfter a string")
        << QByteArray(R"({"code":"A","message":"x","retryAfter":"1"})") << QStringLiteral("retryAfter");
}

void TestDialogueErrors::refusesErrors()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto read = ErrorPayload::fromJson(parse(json));
    QVERIFY(!read);
    QCOMPARE(read.error().path, path);
}

void TestDialogueErrors::writesAcks()
{
    QCOMPARE(okAck(), QByteArray(R"({"ok":true})"));
    json::ObjectWriter reply;
    reply.string(QLatin1String("roomId"), u"a");
    QCOMPARE(okAck(std::move(reply)), QByteArray(R"({"roomId":"a","ok":true})"));
    QCOMPARE(
        parse(errorAck(validation)),
        parse(
            R"({"ok":false,"error":{"code":"VALIDATION_FAILED","message":"data.text: must have at least 1 character",)"
            R"("path":"data.text"}})"));
}

void TestDialogueErrors::readsAcks()
{
    const QJsonObject reply{{QStringLiteral("roomId"), QStringLiteral("a")}};
    json::ObjectWriter members;
    members.members(reply);
    const auto ok = readAck(parse(okAck(std::move(members))));
    QVERIFY(ok);
    QCOMPARE(*ok, reply);
    const auto failed = readAck(parse(errorAck(validation)));
    QVERIFY(!failed);
    QCOMPARE(failed.error().code, ErrorCode::ValidationFailed);
    QCOMPARE(failed.error().path, validation.path);
}

void TestDialogueErrors::refusesAcks_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const char *json : {"null", "true", "[]", "{}", R"({"ok":1})", R"({"ok":null})", R"({"ok":false})",
                             R"({"ok":false,"error":"x"})", R"({"ok":false,"error":{}})"})
        QTest::newRow(json) << QByteArray(json);
}

void TestDialogueErrors::refusesAcks()
{
    QFETCH(QByteArray, json);
    const auto read = readAck(parse(json));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::ParseError);
}

DIALOGUE_TEST(TestDialogueErrors, NoApplication)
#include "tst_dialogueerrors.moc"
