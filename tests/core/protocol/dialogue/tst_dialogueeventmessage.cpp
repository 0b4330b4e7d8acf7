#include "core/protocol/dialogue/eventmessage.h"
#include "protocoltest.h"
#include "testclasses.h"

#include <QJsonDocument>
#include <QTest>

using namespace dialogue;
using namespace dialogue::protocol;

namespace {

QJsonValue written(const EventMessage &message) { return parse(encodeEventMessage(message)); }

EventMessage message(const QJsonValue &data = 1)
{
    return {.event = QStringLiteral("message"),
            .roomId = QStringLiteral("chat"),
            .data = data,
            .from = QStringLiteral("ann"),
            .timestamp = 1700000000123};
}

} // namespace

class TestDialogueEventMessage : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void writesItsKeysInOrder();
    void leavesOutWhatIsEmpty();
    void writesJsonWhateverTheTexts_data();
    void writesJsonWhateverTheTexts();
    void decodesHoweverDeepItIsNested();
    void reads();
    void readsWhatServersWithoutOffsetsSend();
    void refuses_data();
    void refuses();
    void readsAListWithTheAttachmentsOfItsPacket();
    void namesTheElementThatIsWrong();
};

void TestDialogueEventMessage::writesItsKeysInOrder()
{
    EventMessage full = message(QJsonObject{{QStringLiteral("text"), QStringLiteral("hi")}});
    full.meta = {{QStringLiteral("k"), 1}};
    full.id = QStringLiteral("u-1");
    full.offset = 7;
    QCOMPARE(encodeEventMessage(full),
             QByteArray(R"({"event":"message","roomId":"chat","data":{"text":"hi"},"from":"ann",)"
                        R"("timestamp":1700000000123,"meta":{"k":1},"id":"u-1","offset":7})"));
}

void TestDialogueEventMessage::leavesOutWhatIsEmpty()
{
    QCOMPARE(
        encodeEventMessage(message()),
        QByteArray(R"({"event":"message","roomId":"chat","data":1,"from":"ann","timestamp":1700000000123})"));
    QCOMPARE(
        encodeEventMessage(message(QJsonValue::Undefined)),
        QByteArray(
            R"({"event":"message","roomId":"chat","data":null,"from":"ann","timestamp":1700000000123})"));
}

void TestDialogueEventMessage::writesJsonWhateverTheTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QJsonValue>("data");

    const QJsonArray mixed{QJsonValue(), true, -1.5, QStringLiteral("x"), QJsonObject()};
    QTest::newRow("plain") << QStringLiteral("a") << QJsonValue(mixed);
    QTest::newRow("quotes") << QStringLiteral("a\"b\\c/d") << QJsonValue(QStringLiteral("\"\\\n"));
    QTest::newRow("controls") << QStringLiteral("\n\t") + QChar(0) + QChar(1)
                              << QJsonValue(QString(QChar(0x1f)));
    QTest::newRow("non-ASCII") << QStringLiteral("\u00e9\u20ac") + QString::fromUcs4(U"\U0001f600")
                               << QJsonValue(false);
    QTest::newRow("lone surrogate") << QString(QChar(0xd800)) << QJsonValue(QString(QChar(0xdc00)));
    QTest::newRow("injection") << QStringLiteral(R"(","from":"system)")
                               << QJsonValue(QStringLiteral(R"(}],"x)"));
    QTest::newRow("large number") << QStringLiteral("a") << QJsonValue(qint64(9007199254740993));
    QTest::newRow("null") << QStringLiteral("a") << QJsonValue(QJsonValue::Null);
    QTest::newRow("undefined") << QStringLiteral("a") << QJsonValue(QJsonValue::Undefined);
}

void TestDialogueEventMessage::writesJsonWhateverTheTexts()
{
    QFETCH(QString, text);
    QFETCH(QJsonValue, data);

    const EventMessage envelope{.event = text,
                                .roomId = text,
                                .data = data,
                                .from = text,
                                .timestamp = -5,
                                .meta = {{text, text}},
                                .id = text,
                                .offset = 9007199254740991};
    const QByteArray encoded = encodeEventMessage(envelope);
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(encoded, &error);
    QCOMPARE(error.error, QJsonParseError::NoError);
    const QJsonObject expected{{QStringLiteral("event"), text},
                               {QStringLiteral("roomId"), text},
                               {QStringLiteral("data"), data.isUndefined() ? QJsonValue() : data},
                               {QStringLiteral("from"), text},
                               {QStringLiteral("timestamp"), -5},
                               {QStringLiteral("meta"), QJsonObject{{text, text}}},
                               {QStringLiteral("id"), text},
                               {QStringLiteral("offset"), qint64(9007199254740991)}};
    QCOMPARE(document.object(), expected);

    const EventMessage decoded = decodeEventMessage(encoded);
    QCOMPARE(encodeEventMessage(decoded), encoded);
    QCOMPARE(decoded.event, text);
    QCOMPARE(decoded.meta, envelope.meta);
    QCOMPARE(decoded.offset, envelope.offset);
}

void TestDialogueEventMessage::decodesHoweverDeepItIsNested()
{
    constexpr int deeperThanFromTheWire = 5000;
    const QByteArray nested = QByteArray(deeperThanFromTheWire, '[') + QByteArray(deeperThanFromTheWire, ']');
    EventMessage deep = message();
    deep.data = JsonData::fromText(nested);
    QCOMPARE(decodeEventMessage(encodeEventMessage(deep)).data.ownText(), nested);
    QCOMPARE(decodeEventMessage("[]").event, QString());
}

void TestDialogueEventMessage::reads()
{
    EventMessage full = message(QJsonArray{1, 2});
    full.meta = {{QStringLiteral("k"), 1}};
    full.id = QStringLiteral("u-1");
    full.offset = 7;
    const auto read = eventMessageFromJson(written(full));
    QVERIFY(read);
    QCOMPARE(read->event, full.event);
    QCOMPARE(read->roomId, full.roomId);
    QCOMPARE(read->data, full.data);
    QCOMPARE(read->from, full.from);
    QCOMPARE(read->timestamp, full.timestamp);
    QCOMPARE(read->meta, full.meta);
    QCOMPARE(read->id, full.id);
    QCOMPARE(read->offset, full.offset);
}

void TestDialogueEventMessage::readsWhatServersWithoutOffsetsSend()
{
    const auto read
        = eventMessageFromJson(parse(R"({"event":"m","roomId":"a","from":"u","timestamp":1,"x":2})"));
    QVERIFY(read);
    QVERIFY(read->data.isNull());
    QCOMPARE(read->offset, quint64(0));
    QVERIFY(read->meta.isEmpty());
}

void TestDialogueEventMessage::refuses_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("path");

    const auto row = [](const QByteArray &json, const char *path) {
        QTest::newRow(json.isEmpty() ? "nothing" : json.constData()) << json << QString::fromLatin1(path);
    };
    row("", "");
    row("[]", "");
    row(R"({"roomId":"a","from":"u","timestamp":1})", "event");
    row(R"({"event":"","roomId":"a","from":"u","timestamp":1})", "event");
    row(R"({"event":"m","from":"u","timestamp":1})", "roomId");
    row(R"({"event":"m","roomId":"a","timestamp":1})", "from");
    row(R"({"event":"m","roomId":"a","from":"u"})", "timestamp");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":"1"})", "timestamp");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":1.5})", "timestamp");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":1e300})", "timestamp");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":1,"meta":[]})", "meta");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":1,"id":1})", "id");
    row(R"({"event":"m","roomId":"a","from":"u","timestamp":1,"offset":-1})", "offset");
}

void TestDialogueEventMessage::refuses()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, path);
    const auto read = eventMessageFromJson(parse(json));
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidRequest);
    QCOMPARE(read.error().path, path);
}

void TestDialogueEventMessage::readsAListWithTheAttachmentsOfItsPacket()
{
    const QList<QByteArray> attachments{"x", "y"};
    const auto read = eventMessagesFromJson({written(message(1)), written(message(2))}, attachments);
    QVERIFY(read);
    QCOMPARE(read->size(), 2);
    QCOMPARE(read->at(1).data, QJsonValue(2));
    QCOMPARE(read->at(1).attachments, attachments);
}

void TestDialogueEventMessage::namesTheElementThatIsWrong()
{
    const auto read = eventMessagesFromJson({written(message()), QJsonObject()});
    QVERIFY(!read);
    QCOMPARE(read.error().path, QStringLiteral("events[1].event"));
}

DIALOGUE_TEST(TestDialogueEventMessage, NoApplication)
#include "tst_dialogueeventmessage.moc"
